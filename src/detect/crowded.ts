import { type Matcher, slice, type Text } from "./matcher.ts";

/** So many times the keyword stands in this many bytes before: a row of them, and no text. */
const MANY = 12;
const BEFORE = 256;
/** The next one stands as near behind. */
const AFTER = 64;

/**
 * Whether a keyword stands in the middle of a row of itself (`&sig=&sig=&sig=…`), whose every place would cost a window.
 * The first of a row are looked at, and the last, which is the one that a value follows.
 */
export function crowded(text: Text, matcher: Matcher, anchor: number): boolean {
  const ahead = slice(text, anchor, anchor + AFTER).toLowerCase();
  const keyword = matcher.keywords.find((word) => ahead.startsWith(word.toLowerCase()))?.toLowerCase();
  if (keyword === undefined || !ahead.includes(keyword, 1)) return false;
  const before = slice(text, anchor - BEFORE, anchor).toLowerCase();
  let count = 0;
  for (let at = before.indexOf(keyword); at >= 0 && count < MANY; at = before.indexOf(keyword, at + 1)) count++;
  return count >= MANY;
}
