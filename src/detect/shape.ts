import { wordLikeness } from "./letters.ts";

/** Shannon entropy of a text in bits a character (Shannon 1948). */
export function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const c of text) counts.set(c, (counts.get(c) ?? 0) + 1);
  let bits = 0;
  for (const n of counts.values()) bits -= (n / text.length) * Math.log2(n / text.length);
  return bits;
}

/** How much of a text stands in words people read, from 0 to 1: `my-secret-token-name` is 1, a random token near 0. */
export function wordiness(text: string): number {
  const letters = text.replace(/[^A-Za-z]/g, "").length;
  if (letters === 0) return 0;
  let inWords = 0;
  for (const part of words(text)) if (part.length >= 3 && pronounceable(part)) inWords += part.length;
  return inWords / Math.max(letters, text.length * 0.7);
}

/** The words of an identifier: split at non-letters and at changes of case. */
export function words(text: string): string[] {
  return (text.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g) ?? []).map((word) => word.toLowerCase());
}

const RARE_PAIRS =
  /[bcdfghjkmnpqtvwxz]{4}|[^aeiouyr]{5}|[jqz][^aeiouy]|[bcdfghjklmpqvwxz]q|q[^u]|v[bcdfghjklmnpqstvwxz]|[bcdfgkmpqtvwxz]j|[jkqvwxz]{2}|[bcdfghjklmpqrstvwxz]x|[fhjmqvwxz]k|[bdfghjkmpqtvwxz]{3}/;

/** Whether a word has vowels where readers need them and no pairs that no word has. */
function pronounceable(word: string): boolean {
  if (COMMON.has(word)) return true;
  return (
    /[aeiouy]/.test(word) &&
    !RARE_PAIRS.test(word) &&
    wordLikeness(word) >= -2 &&
    !/[aeiou]{4}/.test(word) &&
    (word.length >= 4 || /^[^aeiou]?[aeiou][^aeiou]$/.test(word))
  );
}

const COMMON = new Set(
  "api app aws cfg cmd cpu css csv db dev env git html http https id img io ip js json jwt key lib log md nfs npm num obj pkg pwd src sql ssh ssl std str svc sys tcp tls tmp txt udp uri url utf var vm web xml yml".split(
    " ",
  ),
);

/** Which kinds of characters a text has. */
export function classes(text: string): {
  upper: boolean;
  lower: boolean;
  digit: boolean;
  other: boolean;
  count: number;
} {
  const found = {
    upper: /[A-Z]/.test(text),
    lower: /[a-z]/.test(text),
    digit: /\d/.test(text),
    other: /[^A-Za-z0-9]/.test(text),
  };
  return { ...found, count: Number(found.upper) + Number(found.lower) + Number(found.digit) + Number(found.other) };
}

export const isHex = (text: string): boolean => /^(?:[0-9a-f]+|[0-9A-F]+)$/.test(text);
export const isUuid = (text: string): boolean => /^[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$/.test(text);

/** How often letters, digits and cases change from one character to the next, from 0 to 1: random text changes often. */
export function restlessness(text: string): number {
  let changes = 0;
  for (let i = 1; i < text.length; i++) if (kind(text[i]!) !== kind(text[i - 1]!)) changes++;
  return text.length > 1 ? changes / (text.length - 1) : 0;
}

function kind(c: string): number {
  if (c >= "0" && c <= "9") return 0;
  if (c >= "a" && c <= "z") return 1;
  return c >= "A" && c <= "Z" ? 2 : 3;
}
