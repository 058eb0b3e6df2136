import { createHmac, type ScryptOptions, scrypt } from "node:crypto";
import { promisify } from "node:util";

/** The fixed salt: the same secret has the same fingerprint in every repository, unless the settings name a salt of their own. */
const SALT = "leakreach fingerprint v1";

/** Secrets shorter than this, or chosen by a person, could be guessed from a plain hash. */
const STRONG = 20;

const stretch = promisify(scrypt) as (
  password: string,
  salt: string,
  length: number,
  options: ScryptOptions,
) => Promise<Buffer>;

/** About 8 ms a value: dear to whoever guesses, bearable for a thousand passwords in one scan. */
const COST: ScryptOptions = { N: 1 << 12, r: 8, p: 1 };

/** How a secret came to be: `made` by a machine, `chosen` by a person, `public` because everybody knows it. */
export type Origin = "made" | "chosen" | "public";

/** `lr1:` and 32 hex digits of HMAC-SHA-256 over rule and secret; what people could guess goes through scrypt first (RFC 7914). */
export async function fingerprint(rule: string, secret: string, origin: Origin, salt: string = SALT): Promise<string> {
  const guessable = origin === "chosen" || (origin === "made" && secret.length < STRONG);
  const body = guessable ? await stretch(secret, `${salt}:${rule}`, 32, COST) : Buffer.from(secret);
  return `lr1:${createHmac("sha256", salt).update(rule).update("\0").update(body).digest("hex").slice(0, 32)}`;
}
