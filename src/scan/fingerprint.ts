import type { ScryptOptions } from "node:crypto";
import { hmacSha256 } from "../checksum/sha256.ts";

/** The fixed salt: the same secret has the same fingerprint in every repository, unless the settings name a salt of their own. */
const SALT = "leakreach fingerprint v1";

/** Secrets shorter than this, or chosen by a person, could be guessed from a plain hash. */
const STRONG = 20;

/** About 8 ms a value: dear to whoever guesses, bearable for a thousand passwords in one scan. */
const COST: ScryptOptions = { N: 1 << 12, r: 8, p: 1 };

/** How a secret came to be: `made` by a machine, `chosen` by a person, `public` because everybody knows it. */
export type Origin = "made" | "chosen" | "public";

/** `lr1:` and 32 hex digits of HMAC-SHA-256 over rule and secret; what people could guess goes through scrypt first (RFC 7914). */
export async function fingerprint(rule: string, secret: string, origin: Origin, salt: string = SALT): Promise<string> {
  const guessable = origin === "chosen" || (origin === "made" && secret.length < STRONG);
  const body = guessable ? await stretched(secret, `${salt}:${rule}`) : Buffer.from(secret);
  const message = Buffer.concat([Buffer.from(`${rule}\0`), body]);
  return `lr1:${hmacSha256(Buffer.from(salt), message).toString("hex", 0, 16)}`;
}

function stretched(secret: string, salt: string): Promise<Buffer> {
  // Loaded when first needed, for a start's sake.
  const { scrypt } = process.getBuiltinModule("node:crypto");
  return new Promise((resolve, reject) => {
    scrypt(secret, salt, 32, COST, (error, key) => (error ? reject(error) : resolve(key)));
  });
}
