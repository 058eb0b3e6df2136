// zlib streams (RFC 1950, RFC 1951) of objects that nobody vouches for. Written from the RFCs; the slow twin is node:zlib.
import { adler32 } from "./adler";
import { count, keep, held, next, position } from "./bits";
import { inflateBlock } from "./block";
import { readCodes } from "./dynamic";
import {
  BAD_BLOCK, BAD_CHECKSUM, BAD_HEADER, DISTANCE_TABLE, FIXED_DISTANCES, FIXED_LITERALS, LITERAL_TABLE, TOO_LARGE, TRUNCATED,
} from "./history-layout";

/** Bytes of input that the last stream took, its checksum included; 0 after a fault. */
export let consumed: u32 = 0;

/**
 * Inflates the stream at `src` to `dst`, at most `cap` bytes; returns how many, or a fault. What follows the stream before `srcEnd` is left alone.
 * INPUT_SLACK bytes are readable behind `srcEnd` and OUTPUT_SLACK writable behind `dst + cap`. A fault that comes of the end of the input is TRUNCATED.
 */
export function inflate(src: usize, srcEnd: usize, dst: usize, cap: u32): i32 {
  consumed = 0;
  if (srcEnd < src + 6) return TRUNCATED;
  const method = <u32>load<u8>(src), flags = <u32>load<u8>(src, 1);
  // Deflate, a window of 32 KiB at most, no preset dictionary.
  if ((method & 15) != 8 || method >> 4 > 7 || ((method << 8) | flags) % 31 != 0 || (flags & 0x20) != 0) return BAD_HEADER;
  keep(src + 2, 0, 0);
  const size = inflateBlocks(dst, dst + cap, srcEnd);
  // A code that is cut short has at most two of its bytes behind the end.
  if (size < 0) return position() + 2 > srcEnd ? TRUNCATED : size;
  const end = position();
  if (end + 4 > srcEnd) return TRUNCATED;
  if (adler32(dst, dst + size) != bswap<u32>(load<u32>(end))) return BAD_CHECKSUM;
  consumed = <u32>(end + 4 - src);
  clear(dst + size);
  return size;
}

function inflateBlocks(dst: usize, opEnd: usize, srcEnd: usize): i32 {
  let size: i32 = 0;
  while (true) {
    if (next > srcEnd + 8) return TRUNCATED;
    const bits = held | (load<u64>(next) << <u64>count);
    keep(next + ((63 - count) >> 3), bits >> 3, (count | 56) - 3);
    const kind = (<u32>bits >> 1) & 3;
    if (kind == 3) return BAD_BLOCK;
    if (kind == 2) {
      const fault = readCodes(srcEnd);
      if (fault != 0) return fault;
    }
    const op = dst + size;
    if (kind == 0) size = copyStored(dst, op, opEnd, srcEnd);
    else if (kind == 1) size = inflateBlock(FIXED_LITERALS, FIXED_DISTANCES, dst, op, opEnd, srcEnd);
    else size = inflateBlock(LITERAL_TABLE, DISTANCE_TABLE, dst, op, opEnd, srcEnd);
    if (size < 0 || (<u32>bits & 1) != 0) return size;
  }
}

/** RFC 1951 3.2.4. */
function copyStored(dst: usize, op: usize, opEnd: usize, srcEnd: usize): i32 {
  const at = position();
  keep(at, 0, 0);
  if (at + 4 > srcEnd) return TRUNCATED;
  const length = <u32>load<u16>(at);
  if ((length ^ <u32>load<u16>(at, 2)) != 0xffff) return BAD_BLOCK;
  keep(at + 4 + length, 0, 0);
  if (at + 4 + length > srcEnd) return TRUNCATED;
  if (op + length > opEnd) return TOO_LARGE;
  memory.copy(op, at + 4, length);
  return <i32>(op + length - dst);
}

/** 64 zeros, which the gate wants behind a text. */
export function clear(p: usize): void {
  const zero = i8x16.splat(0);
  v128.store(p, zero);
  v128.store(p, zero, 16);
  v128.store(p, zero, 32);
  v128.store(p, zero, 48);
}
