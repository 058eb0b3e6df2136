// Decode tables of canonical Huffman codes, RFC 1951 3.2.2. A table is indexed by the next bits of the stream; codes longer than that have subtables behind it.
//
// An entry of a decode table, lowest bits first: 8 bits how many bits of the stream are taken in all, 4 bits how many of them are the code, then
// from bit 13 END, SUBTABLE and OTHER, and from bit 16 the base value, the literal or the place of the subtable; bit 31 says that it is a literal.
import {
  BAD_CODE, COUNTS, DISTANCE_BITS, DISTANCE_SYMBOLS, FIXED_DISTANCES, FIXED_LITERALS, LENGTHS, LENGTH_SYMBOLS, LITERAL_BITS, LITERAL_SYMBOLS, SORTED,
  STARTS,
} from "./history-layout";

export const LITERAL: u32 = 0x80000000;
/** Neither a literal nor a length or distance: END, SUBTABLE, or else a code that nothing may use. */
export const OTHER: u32 = 0x8000;
export const SUBTABLE: u32 = 0x4000;
export const END: u32 = 0x2000;

fillSymbols();
fillFixed();

/** RFC 1951 3.2.5: bases and extra bits follow a rule, but for the last length. */
function fillSymbols(): void {
  for (let i: usize = 0; i < 256; i++) store<u32>(LITERAL_SYMBOLS + (i << 2), LITERAL | (<u32>i << 16));
  store<u32>(LITERAL_SYMBOLS + 1024, OTHER | END);
  let base: u32 = 3;
  for (let i: u32 = 0; i < 31; i++) {
    const extra = i < 8 ? 0 : (i >> 2) - 1;
    store<u32>(LITERAL_SYMBOLS + 1028 + (i << 2), i < 28 ? (base << 16) | extra : i == 28 ? 258 << 16 : OTHER);
    base += 1 << extra;
  }
  base = 1;
  for (let i: u32 = 0; i < 32; i++) {
    const extra = i < 4 ? 0 : (i >> 1) - 1;
    store<u32>(DISTANCE_SYMBOLS + (i << 2), i < 30 ? (base << 16) | extra : OTHER);
    base += 1 << extra;
  }
  for (let i: u32 = 0; i < 19; i++) store<u32>(LENGTH_SYMBOLS + (i << 2), i << 16);
}

/** RFC 1951 3.2.6. */
function fillFixed(): void {
  for (let i: usize = 0; i < 288; i++) store<u8>(LENGTHS + i, i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8);
  fillTable(FIXED_LITERALS, LITERAL_BITS, LENGTHS, 288, LITERAL_SYMBOLS);
  for (let i: usize = 0; i < 32; i++) store<u8>(LENGTHS + i, 5);
  fillTable(FIXED_DISTANCES, DISTANCE_BITS, LENGTHS, 32, DISTANCE_SYMBOLS);
}

/** Fills `table` for the code whose `n` code lengths stand at `lengths`; 0, or BAD_CODE when they are no code. */
export function fillTable(table: usize, bits: u32, lengths: usize, n: u32, symbols: usize): i32 {
  const longest = sortSymbols(lengths, n);
  if (longest < 0) return BAD_CODE;
  if (longest < 2) return fillShort(table, bits, symbols);
  let symbol = SORTED + (load<u32>(COUNTS) << 1);
  // The code of the next symbol, first bit lowest.
  let code: u32 = 0;
  let length: u32 = 1;
  let left = load<u32>(COUNTS + 4);
  let filled: u32 = 2;
  while (left == 0) { length++; filled <<= 1; left = load<u32>(COUNTS + (length << 2)); }
  while (length <= bits) {
    do {
      store<u32>(table + (code << 2), meaning(symbols, symbol) + length * 0x101);
      symbol += 2;
      code = after(code, filled - 1);
    } while (--left != 0);
    if (code == 0) {
      for (; filled < 1 << bits; filled <<= 1) copyTable(table, filled);
      return 0;
    }
    do {
      if (++length <= bits) { copyTable(table, filled); filled <<= 1; }
      left = load<u32>(COUNTS + (length << 2));
    } while (left == 0);
  }
  fillSubtables(table, bits, symbols, symbol, code, length, left, <u32>longest);
  return 0;
}

/** The codes that are longer than the table's bits; `left` of the current length are still to be placed. */
function fillSubtables(table: usize, bits: u32, symbols: usize, symbol: usize, code: u32, length: u32, left: u32, longest: u32): void {
  const mask: u32 = (1 << bits) - 1;
  let start: u32 = 0, free: u32 = 1 << bits, size: u32 = 0, prefix: u32 = 0xffffffff;
  while (true) {
    if ((code & mask) != prefix) {
      prefix = code & mask;
      start = free;
      // As many bits as its longest code needs: codes of one length fill it, or it is doubled for the next length.
      let more = length - bits, used = left;
      while (used < 1 << more && bits + more < longest) { more++; used = (used << 1) + load<u32>(COUNTS + ((bits + more) << 2)); }
      size = 1 << more;
      free += size;
      store<u32>(table + (prefix << 2), OTHER | SUBTABLE | (start << 16) | (more << 8) | bits);
    }
    const entry = meaning(symbols, symbol) + (length - bits) * 0x101;
    symbol += 2;
    const step: u32 = 1 << (length - bits);
    for (let k = code >> bits; k < size; k += step) store<u32>(table + ((start + k) << 2), entry);
    code = after(code, (1 << length) - 1);
    if (code == 0) return;
    left--;
    while (left == 0) left = load<u32>(COUNTS + (++length << 2));
  }
}

/** A code of no symbol, or of one with one bit: what is not used must not be met. zlib allows these two and no other incomplete code. */
function fillShort(table: usize, bits: u32, symbols: usize): i32 {
  const one = load<u32>(COUNTS + 4);
  const zero = one == 0 ? OTHER : meaning(symbols, SORTED + (load<u32>(COUNTS) << 1)) + 0x101;
  const other = one == 2 ? meaning(symbols, SORTED + (load<u32>(COUNTS) << 1) + 2) + 0x101 : OTHER;
  for (let k: u32 = 0; k < 1 << bits; k += 2) {
    store<u32>(table + (k << 2), zero);
    store<u32>(table + (k << 2), other, 4);
  }
  return 0;
}

/** Sorts symbols by code length (unused ones first) and counts them. Returns the longest length, or -1 if the lengths are no code. */
function sortSymbols(lengths: usize, n: u32): i32 {
  const zero = i8x16.splat(0);
  v128.store(COUNTS, zero, 0);
  v128.store(COUNTS, zero, 16);
  v128.store(COUNTS, zero, 32);
  v128.store(COUNTS, zero, 48);
  for (let i: u32 = 0; i < n; i++) {
    const at = COUNTS + (<usize>load<u8>(lengths + i) << 2);
    store<u32>(at, load<u32>(at) + 1);
  }
  let start = load<u32>(COUNTS);
  store<u32>(STARTS, 0);
  // How much of all bit patterns the codes use, in units of the longest possible code.
  let used: u32 = 0;
  let longest: i32 = 0;
  for (let length: u32 = 1; length < 16; length++) {
    const here = load<u32>(COUNTS + (length << 2));
    store<u32>(STARTS + (length << 2), start);
    start += here;
    used += here << (15 - length);
    if (here != 0) longest = length;
  }
  if (used != 1 << 15 && !(longest == 0 || (longest == 1 && used == 1 << 14))) return -1;
  for (let i: u32 = 0; i < n; i++) {
    const at = STARTS + (<usize>load<u8>(lengths + i) << 2);
    const place = load<u32>(at);
    store<u16>(SORTED + (place << 1), <u16>i);
    store<u32>(at, place + 1);
  }
  return longest;
}

// @ts-ignore: decorator
@inline
function meaning(symbols: usize, symbol: usize): u32 {
  return load<u32>(symbols + (<usize>load<u16>(symbol) << 2));
}

/** The next code of the same length, whose bits `ones` has all set, or 0 behind the last one. */
// @ts-ignore: decorator
@inline
function after(code: u32, ones: u32): u32 {
  if (code == ones) return 0;
  const bit: u32 = 1 << (31 - clz<u32>(code ^ ones));
  return (code & (bit - 1)) | bit;
}

/** Repeats the first `n` entries behind them; a power of two. */
function copyTable(table: usize, n: u32): void {
  const to = table + (n << 2);
  if (n < 4) {
    for (let k: u32 = 0; k < n; k++) store<u32>(to + (k << 2), load<u32>(table + (k << 2)));
    return;
  }
  for (let k: u32 = 0; k < n << 2; k += 16) v128.store(to + k, v128.load(table + k));
}
