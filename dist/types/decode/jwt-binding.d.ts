import type { Authority, Hint } from "../model/index.ts";
import type { Jose } from "./jose.ts";
/** The key a token is bound to, as `jkt:…`, `x5t#S256:…` or `kid:…` (RFC 7800, 3.1; RFC 8705, 3.1; RFC 9449, 6.1). */
export declare function boundTo({ claims }: Jose): string | undefined;
/** Whoever finds a bound token lacks the key to use it. */
export declare function bindingHints(token: Jose, { dictionary }: Authority): readonly Hint[];
