import type { Rule, Secret, Weakness } from "../model/index.ts";
/**
 * What a key found in the scan is to a token found in the scan: it signs it, the token is bound to it (RFC 7800), or its
 * public half was taken for an HMAC key (RFC 8725, 2.1). A weakness is the key's own, or the token's when it confuses.
 */
export interface Fit {
    readonly as: "signs" | "binds" | "confuses";
    readonly weakness?: Weakness;
}
/** What of a credential tells whether it is the key of a token. */
export interface Signer {
    readonly rule: Pick<Rule, "decoder">;
    readonly matches: readonly [{
        readonly secret: Secret;
    }, ...unknown[]];
}
/** Tries one key on one token; undefined when they have nothing to do with each other. */
export declare function tryKey(secret: Secret, signer: Signer): Promise<Fit | undefined>;
