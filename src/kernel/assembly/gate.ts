// The run-first gate: src/kernel/README.md says why. Written from design; the slow twin is src/kernel/reference.ts.
import {
  CLASSES, CLASS_DIGIT, CLASS_JOIN, CLASS_LETTER, FLAG_ENCODED, FLAG_ESCAPED, FLAG_ESCAPES, FLAG_SPOKEN, HEADS, KIND_PREFIX, KIND_RUN, PREFIXES,
} from "./layout";
import { encoded } from "./encoded";
import { afterEscape, beforeColour, coloured, escapes } from "./escapes";
import { below, byNibbles } from "./vectors";
import { forget, spoken } from "./spoken";

/** Fewest bytes of a run. The SIMD loop relies on it: a run of 16 touches a block's edge. */
const MIN_RUN: usize = 16;
/** Fewest bytes of encoded text that can hide a token. */
const MIN_ENCODED: usize = 20;
/** Fewest bytes of a stretch that mixes digits and letters. */
const MIN_STRETCH: u32 = 8;

/** Where to go on when `out` was full; equal to the end otherwise. */
export let resumeAt: usize = 0;

let o: usize = 0;
let oStart: usize = 0;
let oEnd: usize = 0;
/** Where to go on after `judge` found the list full. */
let goOn: usize = 0;
let textStart: usize = 0;

/** One bit for each of 16 bytes: whether it is no token character. */
// @ts-ignore: decorator
@inline
function others(p: usize, lo: v128, hi: v128): u64 {
  return <u64>(<u32>i8x16.bitmask(i8x16.eq(byNibbles(v128.load(p), lo, hi), i8x16.splat(0))));
}

/**
 * Finds runs of token characters in [p, end) and writes 12-byte candidates (start, end, kind | id) to `out`.
 * `begin` is the first readable byte of the text; 64 bytes after `end` are readable. Returns the number of candidates.
 */
export function gate(begin: usize, p: usize, end: usize, out: usize, outEnd: usize): u32 {
  const lo = i8x16(2 | 8 | 16, 2 | 4 | 8 | 16, 2 | 4 | 8 | 16, 2 | 4 | 8 | 16, 2 | 4 | 8 | 16, 2 | 4 | 8 | 16, 2 | 4 | 8 | 16, 2 | 4 | 8 | 16,
    2 | 4 | 8 | 16, 2 | 4 | 8 | 16, 4 | 8 | 16, 1 | 4, 4, 1 | 2 | 4, 1 | 4, 1 | 4 | 8);
  const hi = i8x16(0, 0, 1, 2, 4, 8, 4, 16, 0, 0, 0, 0, 0, 0, 0, 0);
  o = out;
  oStart = out;
  oEnd = outEnd;
  textStart = begin;
  forget();
  resumeAt = end;
  // Where the run that reaches the current block starts; the block itself when none does.
  let start = p;
  while (p < end) {
    let gaps = others(p, lo, hi) | (others(p + 16, lo, hi) << 16) | (others(p + 32, lo, hi) << 32) | (others(p + 48, lo, hi) << 48);
    // Bytes past the end are no token characters.
    if (p + 64 > end) gaps |= ~(<u64>0) << (<u64>(end - p));
    if (gaps == 0) { p += 64; continue; }
    const first = p + <usize>ctz(gaps);
    if (first - start >= MIN_RUN && !judge(start, first)) { resumeAt = goOn; return <u32>((o - out) / 12); }
    // A run inside the block: sixteen ones in a row, folded onto the bit of the first.
    let ones = ~gaps & ~(gaps - 1);
    ones &= ones >> 1;
    ones &= ones >> 2;
    ones &= ones >> 4;
    ones &= ones >> 8;
    while (ones != 0) {
      const s = <u64>ctz(ones);
      const n = <u64>ctz(gaps >> s);
      if (s + n >= 64 || gaps >> s == 0) break;
      if (!judge(p + <usize>s, p + <usize>(s + n))) { resumeAt = goOn; return <u32>((o - out) / 12); }
      ones &= ~(<u64>0) << (s + n);
    }
    start = p + 64 - <usize>clz(gaps);
    p += 64;
  }
  if (end > start && end - start >= MIN_RUN && !judge(start, end)) resumeAt = goOn;
  return <u32>((o - out) / 12);
}

/**
 * Tests every place in a run where a token may start for a prefix, and the run for a mix. False when `out` is full: the run is
 * then judged anew, or, if it alone fills the list, from where it did.
 */
function judge(s: usize, e: usize): bool {
  const mark = o;
  const run = s;
  let escaped = afterEscape(textStart, s, e);
  // `ESC[32mvalue`: the run is what is coloured, and what stands before the colour stands before it.
  let front = s;
  let colour: usize = 0;
  if (escaped != 0 && coloured(s)) { front = beforeColour(textStart, s); s = escaped; colour = s; escaped = 0; }
  let sign = false;
  let piece = s;
  let flags: u32 = 0;
  let before: u64 = 0;
  // Of the first 64 bytes: digits, letters, and what is none of `_ - . =`.
  let digits: u64 = 0, letters: u64 = 0, joined: u64 = 0;
  let hasDigits: u64 = 0;
  for (let q = s; q < e; q += 64) {
    const inside: u64 = e - q < 64 ? (<u64>1 << <u64>(e - q)) - 1 : ~<u64>0;
    let digit: u64 = 0, letter: u64 = 0, join: u64 = 0, equal: u64 = 0, dot: u64 = 0;
    for (let k: usize = 0; k < 64; k += 16) {
      const v = v128.load(q + k);
      digit |= bits(below(i8x16.sub(v, i8x16.splat(0x30)), 10), k);
      letter |= bits(below(i8x16.sub(v128.or(v, i8x16.splat(0x20)), i8x16.splat(0x61)), 26), k);
      join |= bits(v128.or(i8x16.eq(v, i8x16.splat(0x2b)), i8x16.eq(v, i8x16.splat(0x2f))), k);
      equal |= bits(i8x16.eq(v, i8x16.splat(0x3d)), k);
      dot |= bits(i8x16.eq(v, i8x16.splat(0x2e)), k);
    }
    digit &= inside; letter &= inside; equal &= inside;
    const alnum = digit | letter;
    hasDigits |= digit;
    if (q == s) { digits = digit; letters = letter; joined = alnum | (join & inside); }
    // A token may start where letters and digits do, and behind an escape.
    const edges = alnum & ~((alnum << 1) | before);
    before = alnum >> 63;
    let starts = edges;
    if (escaped - q < 64) starts |= alnum & (<u64>1 << <u64>(escaped - q));
    if (mayBePrefixed(q, starts)) {
      for (; starts != 0; starts &= starts - 1) {
        const at = q + <usize>ctz(starts);
        const flag = (at == escaped && !((edges >> <u64>(at - q)) & 1)) || at == colour ? FLAG_ESCAPED : 0;
        if (!prefixes(at, e, flag)) {
          if (mark == oStart) { goOn = at; return false; }
          goOn = run;
          o = mark;
          return false;
        }
      }
    }
    if (equal != 0) sign = true;
    for (let ends = equal | (dot & inside); ends != 0; ends &= ends - 1) {
      const at = q + <usize>ctz(ends);
      if (at - piece >= MIN_ENCODED && encoded(piece)) flags = FLAG_ENCODED;
      piece = at + 1;
    }
  }
  if (e > piece && e - piece >= MIN_ENCODED && encoded(piece)) flags = FLAG_ENCODED;
  if (hasDigits != 0 && (e - s > 64 ? mixed(s, e) : mixes(digits, letters, joined))) {
    if ((sign || signed(front)) && spoken(textStart, front, s, e)) flags |= FLAG_SPOKEN;
    if (escapes(textStart, s, e)) flags |= FLAG_ESCAPES;
  }
  if (flags != 0 && !emit(s, e, KIND_RUN | flags)) { goOn = run; o = mark; return false; }
  return true;
}

/** A bit for each of 16 bytes that are all ones, from bit `k` on. */
// @ts-ignore: decorator
@inline
function bits(v: v128, k: usize): u64 {
  return <u64>(<u32>i8x16.bitmask(v)) << <u64>k;
}

/** Whether at one of the places `starts`, counted from `q`, three bytes stand that may begin a prefix. Four are always tried: few runs have more. */
function mayBePrefixed(q: usize, starts: u64): bool {
  let any = firstOf(q + <usize>(ctz(starts) & 63));
  starts &= starts - 1;
  any |= firstOf(q + <usize>(ctz(starts) & 63));
  starts &= starts - 1;
  any |= firstOf(q + <usize>(ctz(starts) & 63));
  starts &= starts - 1;
  any |= firstOf(q + <usize>(ctz(starts) & 63));
  for (starts &= starts - 1; starts != 0; starts &= starts - 1) any |= firstOf(q + <usize>(ctz(starts) & 63));
  return any != 0;
}

/** The first prefix whose three bytes have the hash of those at `q`, plus one. */
// @ts-ignore: decorator
@inline
function firstOf(q: usize): u32 {
  return <u32>load<u16>(HEADS + (((((load<u32>(q) & 0xffffff) * 0x9e3779b1) >>> 19) & 8191) << 1));
}

/** The same for a run of at most 64 bytes, from a bit for each: whether it is a digit, a letter, or none of `_ - . =`. */
function mixes(digits: u64, letters: u64, joined: u64): bool {
  let rows = joined & (joined >> 1);
  rows &= rows >> 2;
  rows &= rows >> 4;
  while (rows != 0) {
    const at = ctz(rows);
    const stretch = (joined >> at == ~(<u64>0) ? ~(<u64>0) : ((<u64>1) << ctz(~(joined >> at))) - 1) << at;
    if ((digits & stretch) != 0 && (letters & stretch) != 0 && 64 - clz((digits | letters) & stretch) - at >= MIN_STRETCH) return true;
    rows &= ~stretch;
  }
  return false;
}

/** Whether a stretch of the run that has no `_ - . =` in it mixes digits and letters and is long enough. */
function mixed(s: usize, e: usize): bool {
  let digits = false, letters = false;
  let length: u32 = 0;
  for (let q = s; q < e; q++) {
    const c = <u32>load<u8>(CLASSES + load<u8>(q));
    if (c == CLASS_DIGIT) digits = true;
    else if (c == CLASS_LETTER) letters = true;
    else if (c != CLASS_JOIN) {
      digits = false; letters = false; length = 0;
      continue;
    }
    if (++length >= MIN_STRETCH && c != CLASS_JOIN && digits && letters) return true;
  }
  return false;
}

/** Whether something that assigns, opens or separates stands right before the run, or a blank after a word. */
function signed(s: usize): bool {
  let q = s;
  const stop = max(textStart, s > 48 ? s - 48 : 0);
  while (q > stop && (load<u8>(q - 1) == 0x20 || load<u8>(q - 1) == 0x09)) q--;
  if (q == textStart) return true;
  const c = <u32>load<u8>(q - 1);
  // = : ( , > [ { |  quotes, a backslash, the end of a line
  if (c == 0x3d || c == 0x3a || c == 0x28 || c == 0x2c || c == 0x3e || c == 0x5b || c == 0x7b || c == 0x7c) return true;
  if (c == 0x22 || c == 0x27 || c == 0x60 || c == 0x5c || c == 0x0a || c == 0x0d) return true;
  return q < s && ((c | 32) - 97 < 26 || c - 48 < 10 || c == 0x2d || c == 0x5f);
}

/** Emits every prefix that stands at `q`. */
function prefixes(q: usize, e: usize, flag: u32): bool {
  const three = load<u32>(q) & 0xffffff;
  let i = firstOf(q);
  while (i != 0) {
    const entry = PREFIXES + ((i - 1) << 4);
    const head = load<u32>(entry);
    // The highest byte says how long the rest of the run must be.
    if ((head & 0xffffff) == three && q + <usize>(head >>> 24) <= e) {
      const n = <usize>load<u16>(entry, 8);
      if (same(q, load<u32>(entry, 4), n)) {
        // The run itself must always find room behind its prefixes.
        if (o + 24 > oEnd) return false;
        emit(q, e, KIND_PREFIX | flag | load<u32>(entry, 12));
      }
    }
    i = load<u16>(entry, 10);
  }
  return true;
}

function same(a: usize, b: usize, n: usize): bool {
  for (let k: usize = 3; k < n; k++) if (load<u8>(a + k) != load<u8>(b + k)) return false;
  return true;
}

function emit(s: usize, e: usize, kind: u32): bool {
  if (o + 12 > oEnd) return false;
  store<u32>(o, <u32>s);
  store<u32>(o + 4, <u32>e);
  store<u32>(o + 8, kind);
  o += 12;
  return true;
}
