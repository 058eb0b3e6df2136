import { FAULTS, type Fault } from "./faults.ts";

// The slow twin of assembly/delta.ts: says in plain TypeScript what applying a delta must give.

/** What a delta makes, and what it copies: place in the result, place in the base, length. */
export interface Applied {
  readonly result: Uint8Array;
  readonly copies: readonly (readonly [target: number, source: number, length: number])[];
}

/** Applies a delta (gitformat-pack(5), "Deltified representation") of at most `cap` bytes, or gives the fault as a number. */
export function referenceDelta(delta: Uint8Array, base: Uint8Array, cap: number): Applied | number {
  try {
    return apply(delta, base, cap);
  } catch (error) {
    if (error instanceof Broken) return FAULTS[error.fault][0];
    throw error;
  }
}

class Broken extends Error {
  readonly fault: Fault;

  constructor(fault: Fault) {
    super(fault);
    this.fault = fault;
  }
}

function apply(delta: Uint8Array, base: Uint8Array, cap: number): Applied {
  let at = 0;
  const byte = (): number => {
    const value = delta[at++];
    if (value === undefined) throw new Broken("DELTA_TRUNCATED");
    return value;
  };
  const baseSize = readSize(byte);
  const size = readSize(byte);
  if (baseSize !== BigInt(base.length)) throw new Broken("DELTA_BASE");
  if (size > BigInt(cap)) throw new Broken("DELTA_TOO_LARGE");
  const result = new Uint8Array(Number(size));
  const copies: [number, number, number][] = [];
  let to = 0;
  const put = (bytes: Uint8Array): void => {
    if (to + bytes.length > result.length) throw new Broken("DELTA_RESULT");
    result.set(bytes, to);
    to += bytes.length;
  };
  while (at < delta.length) {
    const code = byte();
    if (code === 0) throw new Broken("DELTA_OPCODE");
    if (code < 128) {
      if (at + code > delta.length) throw new Broken("DELTA_TRUNCATED");
      put(delta.subarray(at, at + code));
      at += code;
      continue;
    }
    const { offset, length } = readCopy(code, byte);
    if (offset + length > base.length) throw new Broken("DELTA_COPY");
    put(base.subarray(offset, offset + length));
    const last = copies.at(-1);
    const start = to - length;
    if (last && last[0] + last[2] === start && last[1] + last[2] === offset) last[2] += length;
    else copies.push([start, offset, length]);
  }
  if (to !== result.length) throw new Broken("DELTA_RESULT");
  return { result, copies };
}

/** Seven bits a byte, the lowest first. */
function readSize(byte: () => number): bigint {
  let size = 0n;
  for (let shift = 0n; ; shift += 7n) {
    const value = byte();
    if (shift > 49n) throw new Broken("DELTA_SIZE");
    size |= BigInt(value & 127) << shift;
    if (value < 128) break;
  }
  if (size >= 1n << 53n) throw new Broken("DELTA_SIZE");
  return size;
}

/** Each of the low seven bits says that a byte of the offset (four) or of the length (three) follows. */
function readCopy(code: number, byte: () => number): { offset: number; length: number } {
  let offset = 0;
  let length = 0;
  for (let i = 0; i < 4; i++) if (code & (1 << i)) offset += byte() * 2 ** (8 * i);
  for (let i = 0; i < 3; i++) if (code & (16 << i)) length += byte() * 2 ** (8 * i);
  return { offset, length: length || 0x10000 };
}
