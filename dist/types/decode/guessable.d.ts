import type { Jose } from "./jose.ts";
/**
 * Says by which text of its own a token is signed: nothing at all (what a key file `/dev/null` holds), its key id, issuer,
 * subject, audience or client (RFC 8725, 3.5: keys need entropy). Undefined when none fits, or it is not signed by HMAC.
 */
export declare function guessedKey(token: string, { header, claims }: Jose): string | undefined;
