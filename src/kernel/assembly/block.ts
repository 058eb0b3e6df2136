// The symbols of one block: where inflating spends its time.
import { count, held, keep, next } from "./bits";
import { BAD_CODE, BAD_DISTANCE, DISTANCE_BITS, LITERAL_BITS, TOO_LARGE, TRUNCATED } from "./history-layout";
import { END, OTHER, SUBTABLE } from "./huffman";

const LITERAL_MASK: u32 = (1 << LITERAL_BITS) - 1;
const DISTANCE_MASK: u32 = (1 << DISTANCE_BITS) - 1;

/**
 * Decodes a block by its two tables to `op`, of an output that begins at `dst`. Returns the bytes that stand from `dst` on, or a fault.
 * Each turn takes at least one bit; it reads at most 23 bytes behind `srcEnd`, and writes at most 64 behind `opEnd`.
 */
export function inflateBlock(literals: usize, distances: usize, dst: usize, op: usize, opEnd: usize, srcEnd: usize): i32 {
  // Only the lowest six bits of `n` count: shifts look at no others, and an entry is subtracted whole.
  let ip = next, bits = held, n = count;
  let fault: i32 = 0;
  while (true) {
    if (ip > srcEnd + 8) { fault = TRUNCATED; break; }
    if (op > opEnd) { fault = TOO_LARGE; break; }
    bits |= load<u64>(ip) << <u64>n;
    ip += ((63 - n) >> 3) & 7;
    n |= 56;
    let entry = load<u32>(literals + ((<u32>bits & LITERAL_MASK) << 2));
    // Up to three literals, then a length: 3 * 10 + 15 + 5 bits of the 56.
    if (<i32>entry < 0) {
      bits >>= <u64>entry;
      n -= entry;
      store<u8>(op++, <u8>(entry >> 16));
      entry = load<u32>(literals + ((<u32>bits & LITERAL_MASK) << 2));
      if (<i32>entry < 0) {
        bits >>= <u64>entry;
        n -= entry;
        store<u8>(op++, <u8>(entry >> 16));
        entry = load<u32>(literals + ((<u32>bits & LITERAL_MASK) << 2));
        if (<i32>entry < 0) {
          bits >>= <u64>entry;
          n -= entry;
          store<u8>(op++, <u8>(entry >> 16));
          continue;
        }
      }
    }
    if (entry & OTHER) {
      if (entry & SUBTABLE) {
        bits >>= <u64>LITERAL_BITS;
        n -= LITERAL_BITS;
        entry = load<u32>(literals + (((entry >> 16) + (<u32>bits & ((1 << ((entry >> 8) & 15)) - 1))) << 2));
        if (<i32>entry < 0) {
          bits >>= <u64>entry;
          n -= entry;
          store<u8>(op++, <u8>(entry >> 16));
          continue;
        }
      }
      if (entry & OTHER) {
        if ((entry & END) == 0) { fault = BAD_CODE; break; }
        bits >>= <u64>entry;
        n -= entry;
        if (op > opEnd) fault = TOO_LARGE;
        break;
      }
    }
    let taken = <u32>bits;
    bits >>= <u64>entry;
    n -= entry;
    const length = (entry >> 16) + ((taken & ((1 << entry) - 1)) >> (entry >> 8));
    if ((n & 63) < 28) {
      bits |= load<u64>(ip) << <u64>n;
      ip += ((63 - n) >> 3) & 7;
      n |= 56;
    }
    entry = load<u32>(distances + ((<u32>bits & DISTANCE_MASK) << 2));
    if (entry & OTHER) {
      if (entry & SUBTABLE) {
        bits >>= <u64>DISTANCE_BITS;
        n -= DISTANCE_BITS;
        entry = load<u32>(distances + ((((entry >> 16)) + (<u32>bits & ((1 << ((entry >> 8) & 15)) - 1))) << 2));
      }
      if (entry & OTHER) { fault = BAD_CODE; break; }
    }
    taken = <u32>bits;
    bits >>= <u64>entry;
    n -= entry;
    let distance = <usize>((entry >> 16) + ((taken & ((1 << entry) - 1)) >> (entry >> 8)));
    if (distance > op - dst) { fault = BAD_DISTANCE; break; }
    if (op + length > opEnd) { fault = TOO_LARGE; break; }
    const end = op + length;
    // What repeats within 16 bytes is written once for each doubling, until 16 bytes can be copied at a time.
    const from = op - distance;
    while (distance < 16) { v128.store(op, v128.load(from)); op += distance; distance <<= 1; }
    do { v128.store(op, v128.load(op - distance)); op += 16; } while (op < end);
    op = end;
  }
  keep(ip, bits, n & 63);
  return fault != 0 ? fault : <i32>(op - dst);
}
