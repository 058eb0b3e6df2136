import type { Secret, Weakness } from "../model/index.ts";
import type { Credential } from "./group.ts";
/**
 * What a key found in the scan is to a token found in the scan: it signs it, the token is bound to it (RFC 7800), or its
 * public half was taken for an HMAC key (RFC 8725, 2.1). A weakness is the key's own, or the token's when it confuses.
 */
export interface Fit {
    readonly as: "signs" | "binds" | "confuses";
    readonly weakness?: Weakness;
}
/** Tries one key on one token; undefined when they have nothing to do with each other. */
export declare function tryKey(secret: Secret, signer: Credential): Promise<Fit | undefined>;
