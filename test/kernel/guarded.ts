import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import { constants, inflateRawSync, inflateSync, type ZlibOptions } from "node:zlib";
import fc from "fast-check";
import { referenceDelta } from "../../src/kernel/delta-reference.ts";
import { FAULTS, type Fault } from "../../src/kernel/faults.ts";
import { SLACK, type Stretch, Unpacker } from "../../src/kernel/history.ts";
import { Kernel } from "../../src/kernel/kernel.ts";

/** Comparisons of the kernel with its twins, between guard bytes that nothing may touch. */

export const unpacker = new Unpacker(new Kernel([]), { memory: 64 << 20, input: 1 << 20 });

const GUARD = 4096;
const GUARD_BYTE = 0xa5;

/** A buffer between two guards; `content` fills it, else guard bytes do. */
function guarded(size: number, content?: Uint8Array): { buffer: Stretch; check: (what: string) => void } {
  const front = unpacker.push(GUARD)!;
  const buffer = unpacker.push(size)!;
  const back = unpacker.push(GUARD)!;
  const all = unpacker.bytes({ at: front.at, size: back.at + GUARD - front.at });
  all.fill(GUARD_BYTE);
  if (content) all.set(content, buffer.at - front.at);
  const before = Buffer.alloc(buffer.at - front.at, GUARD_BYTE);
  const after = Buffer.alloc(GUARD, GUARD_BYTE);
  return {
    buffer,
    check(what) {
      assert.ok(all.subarray(0, before.length).equals(before), `${what}: written before its buffer`);
      // The slack behind a buffer may be written: 64 bytes from its very end on.
      const behind = all.subarray(buffer.at - front.at + size + SLACK);
      const rest = behind.subarray(0, behind.length - GUARD);
      assert.ok(rest.every((byte) => byte === GUARD_BYTE) && behind.subarray(-GUARD).equals(after), `${what}: behind`);
      if (content) assert.ok(unpacker.bytes(buffer).equals(content), `${what}: its input changed`);
    },
  };
}

function zeroBehind(buffer: Stretch, size: number): void {
  assert.ok(unpacker.bytes({ at: buffer.at + size, size: SLACK }).every((byte) => byte === 0));
}

/** Compares inflating with node:zlib: the same bytes and the same input taken, or a fault where zlib throws. Gives the kernel's answer. */
export function compareInflate(packed: Uint8Array, cap: number): number {
  const expected = nodeInflate(packed, cap);
  const mark = unpacker.push(0)!;
  const input = guarded(packed.length, packed);
  const output = guarded(cap);
  const size = unpacker.inflate(input.buffer, output.buffer);
  input.check("inflate, input");
  output.check("inflate, output");
  if ("bytes" in expected) {
    assert.equal(size, expected.bytes.length, "the size");
    assert.ok(unpacker.bytes({ at: output.buffer.at, size }).equals(expected.bytes), "the bytes");
    assert.equal(unpacker.consumed, expected.consumed, "the input taken");
    zeroBehind(output.buffer, size);
  } else if (expected.fault === "BAD_DISTANCE" && packed[0]! >> 4 < 7) {
    // A header may name a window smaller than 32 KiB (RFC 1950, CINFO). zlib keeps no more than that, the kernel all it has made: it may go on, and find another flaw or none.
  } else {
    assert.ok(size < 0, `zlib throws, the kernel answers ${size}: ${expected.message}`);
    // The kernel sees a full buffer or the end of its input before zlib sees what else is wrong, and a code of no symbols before zlib wants more input.
    const name = faultName(size);
    const first =
      name === "TOO_LARGE" || name === "TRUNCATED" || (name === "BAD_CODE" && expected.fault === "TRUNCATED");
    if (!first) assert.equal(name, expected.fault, expected.message);
    if (name === "BAD_CHECKSUM") {
      const raw = inflateRawSync(packed.subarray(2));
      assert.ok(unpacker.bytes({ at: output.buffer.at, size: raw.length }).equals(raw), "the bytes whose sum is wrong");
    }
    assert.equal(unpacker.consumed, 0);
  }
  unpacker.pop(mark);
  return size;
}

/** zlib's words for what the kernel calls a fault. */
const ZLIB_WORDS: readonly (readonly [words: RegExp, fault: Fault])[] = [
  [/header check|compression method|window size|Missing dictionary/, "BAD_HEADER"],
  [/block type|stored block lengths|too many length or distance symbols/, "BAD_BLOCK"],
  [/distance too far back/, "BAD_DISTANCE"],
  [/code|set$|bit length repeat/, "BAD_CODE"],
  [/data check/, "BAD_CHECKSUM"],
  [/unexpected end/, "TRUNCATED"],
  [/larger than/, "TOO_LARGE"],
];

type Inflated = { bytes: Buffer; consumed: number } | { fault: Fault | undefined; message: string };

function nodeInflate(packed: Uint8Array, cap: number): Inflated {
  try {
    // With `info` there is the engine, which the types leave out.
    const options = { info: true, maxOutputLength: cap + 1 } as ZlibOptions;
    const { buffer, engine } = inflateSync(packed, options) as unknown as {
      buffer: Buffer;
      engine: { bytesWritten: number };
    };
    if (buffer.length > cap) return { fault: "TOO_LARGE", message: "one byte more" };
    return { bytes: buffer, consumed: engine.bytesWritten };
  } catch (error) {
    const { message } = error as Error;
    return { fault: ZLIB_WORDS.find(([words]) => words.test(message))?.[1], message };
  }
}

/** Compares applying a delta with its twin: the same bytes and copies, or the same fault. Gives the kernel's answer. */
export function compareDelta(delta: Uint8Array, base: Uint8Array, cap: number): number {
  const expected = referenceDelta(delta, base, cap);
  const mark = unpacker.push(0)!;
  const buffers = [guarded(delta.length, delta), guarded(base.length, base), guarded(cap)] as const;
  const [from, source, output] = buffers;
  const size = unpacker.applyDelta(from.buffer, source.buffer, output.buffer);
  for (const [i, buffer] of buffers.entries()) buffer.check(`delta, ${["delta", "base", "output"][i]}`);
  if (typeof expected === "number") assert.equal(size, expected, "the fault");
  else {
    assert.equal(size, expected.result.length, "the size");
    assert.ok(unpacker.bytes({ at: output.buffer.at, size }).equals(expected.result), "the bytes");
    assert.deepEqual([...unpacker.copies], expected.copies.flat(), "the copies");
    zeroBehind(output.buffer, size);
  }
  unpacker.pop(mark);
  return size;
}

/** How zlib may have packed something. */
export const STRATEGIES = [
  constants.Z_DEFAULT_STRATEGY,
  constants.Z_FILTERED,
  constants.Z_HUFFMAN_ONLY,
  constants.Z_RLE,
  constants.Z_FIXED,
];

/** The fault's name, for tables. */
export function faultName(code: number): string | undefined {
  return Object.entries(FAULTS).find(([, [each]]) => each === code)?.[0];
}

/** How many cases a comparison with mutated bytes runs: few in the suite, more with LEAKREACH_FUZZ. */
const FUZZ = Number(process.env.LEAKREACH_FUZZ ?? 300);

/** Runs `FUZZ` cases and says what they came to: how often the kernel accepted, and each fault. */
export function fuzz<T>(t: TestContext, cases: fc.Arbitrary<T>, answer: (each: T) => number): void {
  const tally: Record<string, number> = {};
  const count = (each: T): void => {
    const name = faultName(answer(each)) ?? "accepted";
    tally[name] = (tally[name] ?? 0) + 1;
  };
  fc.assert(fc.property(cases, count), { numRuns: FUZZ });
  t.diagnostic(`${FUZZ} cases: ${JSON.stringify(tally)}`);
  assert.ok(Object.keys(tally).length > 4, "several faults are among them");
}

/** Changes to bytes: each overwrites, removes or inserts one byte at a place from 0 to 1. */
export interface Edit {
  readonly place: number;
  readonly kind: "set" | "flip" | "cut" | "insert" | "end";
  readonly value: number;
}

export function mutated(bytes: Uint8Array, edits: readonly Edit[]): Uint8Array {
  const list = [...bytes];
  for (const { place, kind, value } of edits) {
    const at = Math.min(Math.floor(place * list.length), Math.max(0, list.length - 1));
    if (kind === "set") list[at] = value;
    else if (kind === "flip") list[at] = (list[at] ?? 0) ^ (1 << (value & 7));
    else if (kind === "cut") list.splice(at, 1);
    else if (kind === "insert") list.splice(at, 0, value);
    else list.length = at;
  }
  return Uint8Array.from(list);
}
