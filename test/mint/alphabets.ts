import { Buffer } from "node:buffer";

/** A source of numbers from 0 up to 1. */
export type Random = () => number;

const DIGITS = "0123456789";
const LOWER = "abcdefghijklmnopqrstuvwxyz";
const UPPER = LOWER.toUpperCase();

export const ALPHABETS: Readonly<Record<string, string>> = {
  alnum: DIGITS + UPPER + LOWER,
  hex: "0123456789abcdef",
  HEX: "0123456789ABCDEF",
  digits: DIGITS,
  lower: LOWER,
  upper: UPPER,
  letters: UPPER + LOWER,
  lowalnum: DIGITS + LOWER,
  upalnum: DIGITS + UPPER,
  base32: `${UPPER}234567`,
  base64: `${UPPER + LOWER + DIGITS}+/`,
  base64url: `${UPPER + LOWER + DIGITS}-_`,
};

/** A repeatable stream of numbers (mulberry32). */
export function seededRandom(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number from `low` to `high`, both included. */
export function between(low: number, high: number, random: Random): number {
  return low + Math.floor(random() * (high - low + 1));
}

/** One of the entries. */
export function pick<T>(entries: readonly T[], random: Random): T {
  return entries[Math.floor(random() * entries.length)]!;
}

/** Random characters of a named alphabet. */
export function characters(alphabet: string, length: number, random: Random): string {
  return Array.from({ length }, () => pick([...ALPHABETS[alphabet]!], random)).join("");
}

/** Random bytes. */
export function bytes(length: number, random: Random): Buffer {
  return Buffer.from(Array.from({ length }, () => Math.floor(random() * 256)));
}

/** A random version 4 UUID (RFC 9562, section 5.4). */
export function uuid(random: Random): string {
  const hex = characters("hex", 32, random);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${pick([..."89ab"], random)}${hex.slice(17, 20)}-${hex.slice(20)}`;
}
