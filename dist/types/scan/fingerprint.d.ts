/** `lr1:` and 32 hex digits of HMAC-SHA-256 over rule and secret; what people could guess goes through scrypt first. */
export declare function fingerprint(rule: string, secret: string, chosen: boolean, salt?: string): string;
