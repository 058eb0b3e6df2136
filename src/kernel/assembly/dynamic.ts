// The head of a block with codes of its own, RFC 1951 3.2.7.
import { count, held, keep, next } from "./bits";
import {
  BAD_BLOCK, BAD_CODE, COUNTS, DISTANCE_BITS, DISTANCE_SYMBOLS, DISTANCE_TABLE, LENGTHS, LENGTH_BITS, LENGTH_SYMBOLS, LENGTH_TABLE, LITERAL_BITS,
  LITERAL_SYMBOLS, LITERAL_TABLE, TRUNCATED,
} from "./history-layout";
import { fillTable } from "./huffman";

/** In which order the lengths of the code length code stand. */
const ORDER = memory.data<u8>([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]);

/** Reads the codes and fills both decode tables; 0 or a fault. */
export function readCodes(srcEnd: usize): i32 {
  let ip = next, bits = held, n = count;
  bits |= load<u64>(ip) << <u64>n;
  ip += (63 - n) >> 3;
  n |= 56;
  const literals = (<u32>bits & 31) + 257, distances = ((<u32>bits >> 5) & 31) + 1, codes = ((<u32>bits >> 10) & 15) + 4;
  bits >>= 14;
  n -= 14;
  keep(ip, bits, n);
  if (literals > 286 || distances > 30) return BAD_BLOCK;
  for (let i: u32 = 0; i < codes; i++) {
    if (n < 3) {
      bits |= load<u64>(ip) << <u64>n;
      ip += (63 - n) >> 3;
      n |= 56;
    }
    store<u8>(LENGTHS + load<u8>(ORDER + i), <u8>(bits & 7));
    bits >>= 3;
    n -= 3;
  }
  for (let i = codes; i < 19; i++) store<u8>(LENGTHS + load<u8>(ORDER + i), 0);
  keep(ip, bits, n);
  // Fewer than two lengths are no code here: zlib says so too.
  if (fillTable(LENGTH_TABLE, LENGTH_BITS, LENGTHS, 19, LENGTH_SYMBOLS) != 0 || load<u32>(COUNTS) > 17) return BAD_CODE;
  const stop = LENGTHS + literals + distances;
  let at = LENGTHS;
  while (at < stop) {
    if (n < 14) {
      if (ip > srcEnd + 8) return TRUNCATED;
      bits |= load<u64>(ip) << <u64>n;
      ip += (63 - n) >> 3;
      n |= 56;
    }
    const entry = load<u32>(LENGTH_TABLE + ((<usize>bits & 127) << 2));
    bits >>= <u64>entry;
    n -= entry & 63;
    const symbol = (entry >> 16) & 31;
    if (symbol < 16) { store<u8>(at++, <u8>symbol); continue; }
    // Repeats the last length, or zero; a repeat of up to 138 is written in steps of 16.
    const width: u32 = symbol == 16 ? 2 : symbol == 17 ? 3 : 7;
    const times = <usize>(<u32>bits & ((1 << width) - 1)) + (symbol == 18 ? 11 : 3);
    bits >>= <u64>width;
    n -= width;
    if (symbol == 16 && at == LENGTHS) { keep(ip, bits, n); return BAD_CODE; }
    const value = i8x16.splat(symbol == 16 ? <i8>load<u8>(at - 1) : 0);
    for (let k: usize = 0; k < times; k += 16) v128.store(at + k, value);
    at += times;
  }
  keep(ip, bits, n);
  // A repeat may not run over, and a block must be able to end.
  if (at != stop || load<u8>(LENGTHS + 256) == 0) return BAD_CODE;
  if (fillTable(DISTANCE_TABLE, DISTANCE_BITS, LENGTHS + literals, distances, DISTANCE_SYMBOLS) != 0) return BAD_CODE;
  return fillTable(LITERAL_TABLE, LITERAL_BITS, LENGTHS, literals, LITERAL_SYMBOLS);
}
