/** What a key proves about a token. A failure with a key of the token's own `kid` means that the token was changed. */
export type Verification = {
    readonly verified: true;
    readonly algorithm: string;
    readonly keyId?: string;
} | {
    readonly verified: false;
    readonly keyIdMatched: boolean;
};
/** Tries every key of a JWK set (RFC 7517, 5), or a single key, each only with algorithms that the key itself allows. */
export declare function verifyWithJwks(token: string, jwks: unknown): Promise<Verification>;
/**
 * Says whether these bytes are the HMAC key of a token (RFC 7518, 3.2). An empty key is tried like any other. Give it
 * only what is meant to be secret: that a public key fits proves a forgery (RFC 8725, 2.1), not a leak.
 */
export declare function verifyWithSecret(token: string, secret: Uint8Array): boolean;
/** The same for many secrets; undefined for a token that no HMAC signs. */
export declare function hmacOf(token: string): ((secret: Uint8Array) => boolean) | undefined;
