/** How a secret came to be: `made` by a machine, `chosen` by a person, `public` because everybody knows it. */
export type Origin = "made" | "chosen" | "public";
/** `lr1:` and 32 hex digits of HMAC-SHA-256 over rule and secret; what people could guess goes through scrypt first (RFC 7914). */
export declare function fingerprint(rule: string, secret: string, origin: Origin, salt?: string): Promise<string>;
