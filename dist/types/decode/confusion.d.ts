import type { Weakness } from "../model/index.ts";
/**
 * What is wrong with an HMAC token next to a public key (RFC 8725, 2.1): that the published key itself is its HMAC key, so
 * somebody made it to confuse a verifier; or that it names a key (`kid`) that makes no HMAC. `keys` is a JWK or a set.
 */
export declare function confusionWith(token: string, keys: unknown): Weakness | undefined;
