import type { AuthorityKind, Hint } from "../model/index.ts";
import type { Jose } from "./jose.ts";
/** What kind of object a token is, and what to call it. */
export interface Kind {
    readonly kind: AuthorityKind;
    readonly name: string;
    /** Said by an explicit type, which no profile overrules. */
    readonly explicit: boolean;
}
/** Decides between ID, access and refresh tokens and all that is none of them (OpenID Connect Core 2; RFC 9068, 2.1). */
export declare function kindOf(token: Jose): Kind;
/** What a kind means where no profile knows better. */
export declare function kindHints(token: Jose, { kind, name }: Kind): readonly Hint[];
/** Proofs and notices open nothing, so nothing else about them counts. */
export declare function harmlessHints({ kind, name }: Kind): readonly Hint[];
