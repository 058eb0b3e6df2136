import type { Weakness } from "../model/index.ts";
import { hint } from "./anatomy.ts";

/** A key that only its passphrase opens. */
export const LOCKED = hint("possession", "partial", "encrypted: useless without its passphrase");

/** Keys that are too small to be kept (NIST SP 800-131A, 3: 2048 bits for RSA and DSA). */
export function weakSize(family: string, bits: number | undefined): readonly Weakness[] {
  if (bits === undefined || bits >= 2048 || !/^(?:RSA|DSA)$/.test(family)) return [];
  const text = `is ${family === "RSA" ? "an" : "a"} ${family} key of ${bits} bits: today's keys have 2048 and more`;
  return [{ id: "E13", text, cwe: [326], references: ["NIST SP 800-131A"] }];
}

/** A passphrase that a single round of MD5 guards (OpenSSL's PEM encryption: RFC 1421 headers). */
export const MD5_GUARDED: Weakness = {
  id: "E13",
  text: "its passphrase is guarded by one round of MD5 (the old PEM encryption): it is quickly guessed",
  cwe: [916, 328],
  references: ["NIST SP 800-132"],
};
