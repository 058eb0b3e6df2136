import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { COPIES, COPIES_END } from "../../src/kernel/layout.ts";
import { copyOf, delta, edits, sizeOf } from "./arbitrary.ts";
import { compareDelta, faultName, fuzz, mutated, unpacker } from "./guarded.ts";

test("a delta gives the bytes and the copies that its slow twin gives", () => {
  fc.assert(
    fc.property(delta, fc.nat({ max: 40 }), (each, more) => {
      assert.equal(compareDelta(each.delta, each.base, each.size + more), each.size);
    }),
    { numRuns: 300 },
  );
});

test("a mutated delta gives what its slow twin gives, the fault too", (t) => {
  fuzz(t, fc.tuple(delta, edits), ([each, list]) =>
    compareDelta(mutated(each.delta, list), each.base, each.size + 200),
  );
});

const base = Buffer.from("0123456789abcdef".repeat(5000));
const head = (result: number): number[] => [...sizeOf(base.length), ...sizeOf(result)];
const add = (text: string): number[] => [text.length, ...Buffer.from(text)];

const cases: [name: string, delta: number[], copies: number[][]][] = [
  ["nothing", head(0), []],
  ["only new bytes", [...head(3), ...add("xyz")], []],
  ["two copies that go on in both are one", [...head(24), ...copyOf(8, 16), ...copyOf(24, 8)], [[0, 8, 24]]],
  [
    "two copies that go on in the result alone are two",
    [...head(24), ...copyOf(8, 16), ...copyOf(0, 8)],
    [
      [0, 8, 16],
      [16, 0, 8],
    ],
  ],
  [
    "two copies with something between them are two",
    [...head(9), ...copyOf(0, 4), ...add("x"), ...copyOf(4, 4)],
    [
      [0, 0, 4],
      [5, 4, 4],
    ],
  ],
  ["a copy without a length is 65,536 bytes", [...head(65536), 128], [[0, 0, 65536]]],
  ["a copy of more than a call costs", [...head(70000), ...copyOf(5, 70000)], [[0, 5, 70000]]],
];
for (const [name, bytes, copies] of cases) {
  test(`a delta: ${name}`, () => {
    const size = compareDelta(Uint8Array.from(bytes), base, 100_000);
    assert.ok(size >= 0, faultName(size));
    assert.deepEqual([...unpacker.copies], copies.flat());
  });
}

const broken: [name: string, delta: number[], fault: string][] = [
  ["nothing at all", [], "DELTA_TRUNCATED"],
  ["half a head", [...sizeOf(base.length), 0x80], "DELTA_TRUNCATED"],
  ["a size of 2^53", [...sizeOf(2 ** 53), 0], "DELTA_SIZE"],
  ["a size without end", Array(40).fill(0x80), "DELTA_SIZE"],
  ["a base of another size", [...sizeOf(base.length + 1), 0], "DELTA_BASE"],
  ["a result of 2^40 bytes", head(2 ** 40), "DELTA_TOO_LARGE"],
  ["the reserved instruction", [...head(1), 0], "DELTA_OPCODE"],
  ["new bytes that are not there", [...head(9), 9, 1, 2], "DELTA_TRUNCATED"],
  ["half a copy", [...head(9), 0xff, 0, 0], "DELTA_TRUNCATED"],
  ["a copy that starts behind the base", [...head(1), ...copyOf(base.length + 1, 1)], "DELTA_COPY"],
  ["a copy that ends behind the base", [...head(2), ...copyOf(base.length - 1, 2)], "DELTA_COPY"],
  ["a copy from 2^32 - 1", [...head(1), ...copyOf(2 ** 32 - 1, 1)], "DELTA_COPY"],
  ["a copy into more than the result", [...head(3), ...copyOf(0, 4)], "DELTA_RESULT"],
  ["new bytes for more than the result", [...head(1), ...add("xy")], "DELTA_RESULT"],
  ["less than the result", [...head(3), ...add("xy")], "DELTA_RESULT"],
];
for (const [name, bytes, fault] of broken) {
  test(`a delta is refused for ${name}`, () => {
    assert.equal(faultName(compareDelta(Uint8Array.from(bytes), base, 100_000)), fault);
  });
}

test("a delta of more copies than the list holds says so, and its result is whole", () => {
  const room = (COPIES_END - COPIES) / 12;
  for (const [count, listed] of [
    [Math.floor(room), true],
    [Math.floor(room) + 1, false],
  ] as const) {
    const many = Uint8Array.from([...head(count), ...Array.from({ length: count }, () => copyOf(3, 1)).flat()]);
    const [from, of, into] = [unpacker.push(many.length)!, unpacker.push(base.length)!, unpacker.push(count)!];
    unpacker.bytes(from).set(many);
    unpacker.bytes(of).set(base);
    assert.equal(unpacker.applyDelta(from, of, into), count);
    assert.equal(unpacker.copyCount, listed ? count : undefined);
    assert.ok(unpacker.bytes(into).every((byte) => byte === base[3]));
    unpacker.pop(from);
  }
});

test("the head of a delta alone tells both sizes", () => {
  const bytes = Uint8Array.from([...sizeOf(2 ** 53 - 1), ...sizeOf(7)]);
  const at = unpacker.push(bytes.length)!;
  unpacker.bytes(at).set(bytes);
  assert.deepEqual(unpacker.deltaSizes(at), { base: 2 ** 53 - 1, result: 7 });
  assert.equal(faultName(unpacker.deltaSizes({ at: at.at, size: 8 }) as number), "DELTA_TRUNCATED");
  unpacker.pop(at);
});
