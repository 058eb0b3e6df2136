// Words that speak for a run: `api_key`, `Api-Key` and `api key` are one word. Folded text is kept from run to run, for runs stand side by side.
import { FOLDED, FOLDED_MOST, PACKING, SPOKEN_PLACES, WORDS, WORD_HEADS } from "./layout";
import { below } from "./vectors";

/** Bytes before a run, and of the run itself, in which a word may speak for it. */
const WORD_BEFORE: usize = 80;
const WORD_INSIDE: usize = 60;

/** The part of the text that stands folded: without joints and in lower case. */
let from: usize = 0;
let to: usize = 0;
let count: usize = 0;
/** Where the last word begins that ends in that part; 0 if none does. */
let lastWord: usize = 0;

/** To be called for each new text. */
export function forget(): void {
  to = 0;
  if (load<u8>(PACKING + 0x81 * 8 + 1) == 0) fillPacking();
}

/** For each set of eight bytes, their places in order: what moves them together. */
function fillPacking(): void {
  for (let set: u32 = 0; set < 256; set++) {
    let at = PACKING + (set << 3);
    for (let bits = set; bits != 0; bits &= bits - 1) store<u8>(at++, <u8>ctz(bits));
  }
}

/** Whether one of the words stands in the bytes before `front` or at the beginning of the run [s, e), once both are folded. */
export function spoken(textStart: usize, front: usize, s: usize, e: usize): bool {
  const start = front > textStart + WORD_BEFORE ? front - WORD_BEFORE : textStart;
  const end = min(e, s + WORD_INSIDE);
  if (front != s) {
    // A colour stands between: it is passed over.
    begin(start);
    fold(front);
    to = s;
    fold(end);
    to = 0;
    return lastWord != 0;
  }
  if (start < from || start > to || end < to || count + (end - to) > FOLDED_MOST) begin(start);
  fold(end);
  return lastWord >= start && lastWord != 0;
}

function begin(at: usize): void {
  from = at;
  to = at;
  count = 0;
  lastWord = 0;
}

/** Folds on to `end`, and notes the last word that ends there: words are found by their last three bytes. */
function fold(end: usize): void {
  const had = count;
  append(end);
  let first: usize = 0;
  const places = lastThrees(had, count);
  for (let place = SPOKEN_PLACES; place < places; place += 8) {
    const after = <usize>load<u32>(place) + 1;
    for (let i = load<u32>(place, 4); i != 0; ) {
      const entry = WORDS + ((i - 1) << 3);
      const length = <usize>load<u16>(entry, 4);
      if (after >= length && after - length >= first && ends(after - length, <usize>load<u32>(entry), length)) first = after - length + 1;
      i = load<u16>(entry, 6);
    }
  }
  if (first != 0) lastWord = rawAt(end, count - first + 1);
  to = end;
}

/** Puts what stands between `to` and `end` behind the folded text: 16 bytes at a time in lower case, packed to those that are no joints. */
function append(end: usize): void {
  let n = FOLDED + count;
  for (let q = to; q < end; q += 16) {
    const v = v128.load(q);
    const upper = below(i8x16.sub(v, i8x16.splat(65)), 26);
    const lower = v128.or(v, v128.and(upper, i8x16.splat(0x20)));
    let joints = <u32>i8x16.bitmask(v128.or(
      v128.or(i8x16.eq(v, i8x16.splat(0x5f)), i8x16.eq(v, i8x16.splat(0x20))),
      v128.or(i8x16.eq(v, i8x16.splat(0x2d)), i8x16.eq(v, i8x16.splat(0x2e)))));
    if (end - q < 16) joints |= 0xffff << <u32>(end - q);
    const low = ~joints & 0xff, high = (~joints >>> 8) & 0xff;
    v128.store(n, i8x16.swizzle(lower, v128.load64_zero(PACKING + (low << 3))));
    n += popcnt(low);
    v128.store(n, i8x16.swizzle(lower, i8x16.add(v128.load64_zero(PACKING + (high << 3)), i8x16.splat(8))));
    n += popcnt(high);
  }
  count = n - FOLDED;
}

/** Lists the places in the folded text [from, to) that end three bytes which end a word, each with the first such word. */
function lastThrees(from: usize, to: usize): usize {
  let place = SPOKEN_PLACES;
  for (let k = from; k < to; k++) {
    const three = load<u32>(FOLDED - 2 + k) & 0xffffff;
    const i = <u32>load<u16>(WORD_HEADS + ((((three * 0x9e3779b1) >>> 20) & 4095) << 1));
    store<u32>(place, <u32>k);
    store<u32>(place, i, 4);
    place += <usize>(i != 0) << 3;
  }
  return place;
}

/** Where the text stands whose last `left` folded bytes end at `end`. */
function rawAt(end: usize, left: usize): usize {
  let q = end;
  while (left > 0) {
    q--;
    const c = <u32>load<u8>(q);
    if (c != 0x5f && c != 0x2d && c != 0x2e && c != 0x20) left--;
  }
  return q;
}

function ends(at: usize, text: usize, length: usize): bool {
  for (let k: usize = 0; k < length; k++) if (load<u8>(FOLDED + at + k) != load<u8>(text + k)) return false;
  return true;
}
