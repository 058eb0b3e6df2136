import { createHmac, scryptSync } from "node:crypto";

/** The fixed salt: the same secret has the same fingerprint in every repository, unless the settings name a salt of their own. */
const SALT = "leakreach fingerprint v1";

/** Secrets shorter than this, or chosen by a person, could be guessed from a plain hash. */
const STRONG = 20;

/** `lr1:` and 32 hex digits of HMAC-SHA-256 over rule and secret; what people could guess goes through scrypt first. */
export function fingerprint(rule: string, secret: string, chosen: boolean, salt: string = SALT): string {
  const strong = !chosen && secret.length >= STRONG;
  // About 40 ms: few findings are passwords, and each is stretched once.
  const body = strong ? Buffer.from(secret) : scryptSync(secret, `${salt}:${rule}`, 32, { N: 1 << 14, r: 8, p: 1 });
  return `lr1:${createHmac("sha256", salt).update(rule).update("\0").update(body).digest("hex").slice(0, 32)}`;
}
