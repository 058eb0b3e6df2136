import { type Claims } from "./claims.ts";
/** What a payload carries that a signature does not hide (RFC 7519, 12): kinds only, never a name or value of the token. */
export declare function carriedSecrets(claims: Claims): readonly string[];
