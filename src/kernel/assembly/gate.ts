// The run-first gate: src/kernel/README.md says why. Written from design; the slow twin is src/kernel/reference.ts.
import {
  CLASSES, CLASS_DIGIT, CLASS_JOIN, CLASS_LETTER, FLAG_ESCAPED, HEADS, KIND_PREFIX, KIND_RUN, PREFIXES,
} from "./layout";

/** Fewest bytes of a run. The SIMD loop relies on it: a run of 16 touches a block's edge. */
const MIN_RUN: usize = 16;
/** Fewest bytes of a stretch that mixes digits and letters. */
const MIN_STRETCH: u32 = 8;

/** Where to go on when `out` was full; equal to the end otherwise. */
export let resumeAt: usize = 0;

let o: usize = 0;
let oEnd: usize = 0;
let textStart: usize = 0;

/** One bit for each of 16 bytes: whether it is no token character. A byte is one when the tables of its nibbles share a bit. */
// @ts-ignore: decorator
@inline
function others(p: usize, lo: v128, hi: v128): u64 {
  const v = v128.load(p);
  const token = v128.and(i8x16.swizzle(lo, v128.and(v, i8x16.splat(15))), i8x16.swizzle(hi, i8x16.shr_u(v, 4)));
  return <u64>(<u32>i8x16.bitmask(i8x16.eq(token, i8x16.splat(0))));
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
  oEnd = outEnd;
  textStart = begin;
  resumeAt = end;
  // Where the run that reaches the current block starts; the block itself when none does.
  let start = p;
  while (p < end) {
    let gaps = others(p, lo, hi) | (others(p + 16, lo, hi) << 16) | (others(p + 32, lo, hi) << 32) | (others(p + 48, lo, hi) << 48);
    // Bytes past the end are no token characters.
    if (p + 64 > end) gaps |= ~(<u64>0) << (<u64>(end - p));
    if (gaps == 0) { p += 64; continue; }
    const first = p + <usize>ctz(gaps);
    if (first - start >= MIN_RUN && !judge(start, first)) { resumeAt = start; return <u32>((o - out) / 12); }
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
      if (!judge(p + <usize>s, p + <usize>(s + n))) { resumeAt = p + <usize>s; return <u32>((o - out) / 12); }
      ones &= ~(<u64>0) << (s + n);
    }
    start = p + 64 - <usize>clz(gaps);
    p += 64;
  }
  if (end > start && end - start >= MIN_RUN && !judge(start, end)) resumeAt = start;
  return <u32>((o - out) / 12);
}

/** Tests every place in a run where a token may start for a prefix, and the run for a mix. False when `out` is full. */
function judge(s: usize, e: usize): bool {
  const mark = o;
  const escaped = afterEscape(s, e);
  let digits: u32 = 0, letters: u32 = 0, length: u32 = 0;
  let mixed = false, edge = true;
  for (let q = s; q < e; q++) {
    const c = <u32>load<u8>(CLASSES + load<u8>(q));
    if (c <= CLASS_LETTER) {
      if (edge || q == escaped) {
        if (!prefixes(q, e, q == escaped && !edge ? FLAG_ESCAPED : 0)) { o = mark; return false; }
        edge = false;
      }
      if (!mixed) {
        if (c == CLASS_DIGIT) digits++; else letters++;
        if (++length >= MIN_STRETCH && digits != 0 && letters != 0) mixed = true;
      }
    } else {
      edge = true;
      if (c == CLASS_JOIN) length++; else { digits = 0; letters = 0; length = 0; }
    }
  }
  if (mixed && !emit(s, e, KIND_RUN)) { o = mark; return false; }
  return true;
}

/** Emits every prefix that stands at `q`. */
function prefixes(q: usize, e: usize, flag: u32): bool {
  const three = load<u32>(q) & 0xffffff;
  let i = <u32>load<u16>(HEADS + ((((three * 0x9e3779b1) >>> 19) & 8191) << 1));
  while (i != 0) {
    const entry = PREFIXES + ((i - 1) << 4);
    if (load<u32>(entry) == three) {
      const n = <usize>load<u16>(entry, 8);
      if (q + n <= e && same(q, load<u32>(entry, 4), n) && !emit(q, e, KIND_PREFIX | flag | load<u32>(entry, 12))) return false;
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

/** If the run begins inside an escape (`\n`, `\u003d`, `%3D`, `ESC[32m`), the place right after it; otherwise 0. */
function afterEscape(s: usize, e: usize): usize {
  if (s <= textStart) return 0;
  const before = load<u8>(s - 1);
  if (before == 0x5c) {
    const c = load<u8>(s);
    if (c == 0x75) return hexDigits(s + 1, e, 4) ? s + 5 : 0;
    if (c == 0x78) return hexDigits(s + 1, e, 2) ? s + 3 : 0;
    // b f n r t v 0
    return c == 0x6e || c == 0x72 || c == 0x74 || c == 0x62 || c == 0x66 || c == 0x76 || c == 0x30 ? s + 1 : 0;
  }
  if (before == 0x25) return hexDigits(s, e, 2) ? s + 2 : 0;
  if (before == 0x5b || before == 0x3b) {
    let q = s;
    while (q < e && q < s + 4 && load<u8>(q) - 48 < 10) q++;
    if (q < e && (load<u8>(q) == 0x6d || load<u8>(q) == 0x4b)) return q + 1;
  }
  return 0;
}

function hexDigits(q: usize, e: usize, n: usize): bool {
  if (q + n >= e) return false;
  for (let k: usize = 0; k < n; k++) {
    const c = <u32>load<u8>(q + k) | 32;
    if (!(c - 48 < 10 || c - 97 < 6)) return false;
  }
  return true;
}
