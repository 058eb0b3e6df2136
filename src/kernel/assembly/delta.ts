// Deltas of a pack: gitformat-pack(5), "Deltified representation". The slow twin is src/kernel/delta-reference.ts.
import {
  DELTA_BASE, DELTA_COPY, DELTA_OPCODE, DELTA_RESULT, DELTA_SIZE, DELTA_TOO_LARGE, DELTA_TRUNCATED,
} from "./history-layout";
import { clear } from "./inflate";

let baseLength: f64 = 0;
let resultLength: f64 = 0;
let copied: i32 = 0;

/** Sizes in the head of the last delta that was looked at. */
export function deltaBaseSize(): f64 { return baseLength; }
export function deltaResultSize(): f64 { return resultLength; }
/** Copies of the last delta that was applied, or -1 when there were more than the list holds. */
export function copyCount(): i32 { return copied; }

/** Up to this length a copy is a few wide stores; from there on a call costs less. */
const SHORT: u32 = 256;
/** 2^53: the first size that a caller's number does not hold exactly. */
const TOO_MUCH: u64 = 9007199254740992;

let at: usize = 0;
let size: u64 = 0;

/** Reads both sizes of a delta's head; returns how many bytes it has, or a fault. */
export function deltaSizes(delta: usize, deltaEnd: usize): i32 {
  at = delta;
  let fault = readSize(deltaEnd);
  if (fault != 0) return fault;
  baseLength = <f64>size;
  fault = readSize(deltaEnd);
  if (fault != 0) return fault;
  resultLength = <f64>size;
  return <i32>(at - delta);
}

/** Seven bits a byte, the lowest first. */
function readSize(end: usize): i32 {
  size = 0;
  for (let shift: u64 = 0; at < end; shift += 7) {
    const byte = <u64>load<u8>(at++);
    if (shift > 49) return DELTA_SIZE;
    size |= (byte & 127) << shift;
    if (byte < 128) return size < TOO_MUCH ? 0 : DELTA_SIZE;
  }
  return DELTA_TRUNCATED;
}

/**
 * Applies a delta to `base` and writes the result to `out`, at most `cap` bytes; returns how many, or a fault. The delta and the base have INPUT_SLACK
 * readable bytes behind them, the output has OUTPUT_SLACK writable ones behind `out + cap`, and none of them overlap.
 * Fills `copies` with what was copied, 12 bytes each: u32 place in the result, place in the base, length; copies that go on in both are one.
 */
export function applyDelta(delta: usize, deltaEnd: usize, base: usize, baseSize: u32, out: usize, cap: u32, copies: usize, copiesEnd: usize): i32 {
  copied = 0;
  const head = deltaSizes(delta, deltaEnd);
  if (head < 0) return head;
  if (baseLength != <f64>baseSize) return DELTA_BASE;
  if (resultLength > <f64>cap) return DELTA_TOO_LARGE;
  let d = delta + head;
  let op = out;
  const end = out + <usize>resultLength;
  // The last copy, as yet unwritten: where it starts in the result, and where it ends in both.
  let list = copies;
  let start = out, stop = out, source: u32 = 0;
  while (d < deltaEnd) {
    const code = <u32>load<u8>(d++);
    if (code < 128) {
      if (code == 0) return DELTA_OPCODE;
      if (code > <u32>(deltaEnd - d)) return DELTA_TRUNCATED;
      if (code > <u32>(end - op)) return DELTA_RESULT;
      copyShort(op, d, code);
      op += code;
      d += code;
      continue;
    }
    let offset: u32 = 0, length: u32 = 0;
    if (code & 1) offset = load<u8>(d++);
    if (code & 2) offset |= <u32>load<u8>(d++) << 8;
    if (code & 4) offset |= <u32>load<u8>(d++) << 16;
    if (code & 8) offset |= <u32>load<u8>(d++) << 24;
    if (code & 16) length = load<u8>(d++);
    if (code & 32) length |= <u32>load<u8>(d++) << 8;
    if (code & 64) length |= <u32>load<u8>(d++) << 16;
    if (length == 0) length = 0x10000;
    if (d > deltaEnd) return DELTA_TRUNCATED;
    if (offset > baseSize || length > baseSize - offset) return DELTA_COPY;
    if (length > <u32>(end - op)) return DELTA_RESULT;
    if (op != stop || offset != source) {
      if (stop != start) list = listCopy(list, copiesEnd, <u32>(start - out), source, <u32>(stop - start));
      start = op;
    }
    if (length <= SHORT) copyShort(op, base + offset, length);
    else memory.copy(op, base + offset, length);
    op += length;
    stop = op;
    source = offset + length;
  }
  if (op != end) return DELTA_RESULT;
  if (stop != start) list = listCopy(list, copiesEnd, <u32>(start - out), source, <u32>(stop - start));
  copied = list > copiesEnd ? -1 : <i32>((list - copies) / 12);
  clear(end);
  return <i32>(end - out);
}

/** Lists a copy and returns where the next one stands: behind the end of the list once it is full, and from then on. */
function listCopy(list: usize, listEnd: usize, target: u32, sourceEnd: u32, length: u32): usize {
  if (list + 12 > listEnd) return listEnd + 1;
  store<u32>(list, target);
  store<u32>(list, sourceEnd - length, 4);
  store<u32>(list, length, 8);
  return list + 12;
}

/** Writes up to 15 bytes more than it must. */
// @ts-ignore: decorator
@inline
function copyShort(to: usize, from: usize, length: u32): void {
  const end = to + length;
  do { v128.store(to, v128.load(from)); to += 16; from += 16; } while (to < end);
}
