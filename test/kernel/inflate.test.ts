import assert from "node:assert/strict";
import { test } from "node:test";
import { constants, deflateSync } from "node:zlib";
import fc from "fast-check";
import { edits, packed } from "./arbitrary.ts";
import { compareInflate, faultName, fuzz, mutated, STRATEGIES } from "./guarded.ts";

test("inflating gives what zlib gives, whatever level, strategy and window packed it", () => {
  fc.assert(
    fc.property(packed, fc.nat({ max: 40 }), ({ bytes, stream }, more) => {
      assert.equal(compareInflate(stream, bytes.length), bytes.length);
      // What stands behind the stream is left alone, and a larger buffer changes nothing.
      compareInflate(Buffer.concat([stream, Buffer.alloc(more, 0x5a)]), bytes.length + more);
    }),
    { numRuns: 300 },
  );
});

test("inflating mutated streams gives what zlib gives, or a fault where it throws", (t) => {
  fuzz(t, fc.tuple(packed, edits), ([{ bytes, stream }, list]) =>
    compareInflate(mutated(stream, list), bytes.length + 100),
  );
});

test("a stream cut anywhere is truncated, and a buffer one byte too small is too small", () => {
  const bytes = Buffer.concat(Array.from({ length: 90 }, (_, i) => Buffer.from(`line ${i * i}: ${i % 7} of them\n`)));
  for (const strategy of STRATEGIES) {
    for (const level of [0, 1, 9]) {
      const stream = deflateSync(bytes, { level, strategy });
      for (let length = 0; length < stream.length; length++) {
        assert.equal(faultName(compareInflate(stream.subarray(0, length), bytes.length)), "TRUNCATED", `at ${length}`);
      }
      assert.equal(faultName(compareInflate(stream, bytes.length - 1)), "TOO_LARGE");
      assert.equal(faultName(compareInflate(stream, 0)), "TOO_LARGE");
    }
  }
});

test("sums of Adler-32 do not overflow in a megabyte of its highest bytes", () => {
  for (const size of [5551, 5552, 5553, 11104, 1 << 20]) {
    assert.equal(compareInflate(deflateSync(Buffer.alloc(size, 255)), size), size);
  }
});

/** Writes bits as RFC 1951 packs them: numbers lowest bit first, codes as strings, first bit first. */
function bits(...fields: (string | readonly [value: number, width: number])[]): Buffer {
  const all = fields.flatMap((field) =>
    typeof field === "string"
      ? [...field].map(Number)
      : Array.from({ length: field[1] }, (_, i) => (field[0] >> i) & 1),
  );
  const bytes = Buffer.alloc(Math.ceil(all.length / 8));
  all.forEach((bit, i) => {
    bytes[i >> 3] = bytes[i >> 3]! | (bit << (i & 7));
  });
  return bytes;
}

const HEADER = Buffer.from([0x78, 0x9c]);
const TAIL = Buffer.alloc(24);
const raw = (...fields: Parameters<typeof bits>): Buffer => Buffer.concat([HEADER, bits(...fields), TAIL]);
/** A block of its own codes: the head, then for symbols 16, 17, 18, 0, 8, ... how long their codes are. */
const dynamic = (literals: number, distances: number, lengths: readonly number[]): [number, number][] => [
  [1, 1],
  [2, 2],
  [literals - 257, 5],
  [distances - 1, 5],
  [lengths.length - 4, 4],
  ...lengths.map((length): [number, number] => [length, 3]),
];
const good = deflateSync(Buffer.from("a text that is long enough to be worth packing, that is long enough"));
const edited = (change: (bytes: Buffer) => void): Buffer => {
  const copy = Buffer.from(good);
  change(copy);
  return copy;
};

const broken: [name: string, stream: Buffer, fault: string][] = [
  ["nothing", Buffer.alloc(0), "TRUNCATED"],
  ["another method than deflate", edited((b) => b.set([0x79, 0x9b])), "BAD_HEADER"],
  ["a window above 32 KiB", edited((b) => b.set([0x88, 0x1c])), "BAD_HEADER"],
  ["a header whose check fails", edited((b) => b.set([0x78, 0x9d])), "BAD_HEADER"],
  ["a preset dictionary", edited((b) => b.set([0x78, 0xbb])), "BAD_HEADER"],
  ["a block of the reserved kind", raw([1, 1], [3, 2]), "BAD_BLOCK"],
  ["a stored block whose lengths differ", raw([1, 1], [0, 2], [0, 5], [4, 16], [4, 16]), "BAD_BLOCK"],
  ["287 literal symbols", raw(...dynamic(287, 1, [1, 1, 0, 0])), "BAD_BLOCK"],
  ["31 distance symbols", raw(...dynamic(257, 31, [1, 1, 0, 0])), "BAD_BLOCK"],
  ["a code length code of one length", raw(...dynamic(257, 1, [1, 0, 0, 0])), "BAD_CODE"],
  ["a code length code of no length", raw(...dynamic(257, 1, [0, 0, 0, 0])), "BAD_CODE"],
  ["a code length code that is too full", raw(...dynamic(257, 1, [1, 1, 1, 0])), "BAD_CODE"],
  ["a code length code that is not full", raw(...dynamic(257, 1, [2, 2, 2, 0])), "BAD_CODE"],
  ["a repeat of nothing", raw(...dynamic(257, 1, [1, 1, 0, 0]), "0"), "BAD_CODE"],
  ["a repeat that runs over", raw(...dynamic(257, 1, [0, 0, 1, 1]), "1", [127, 7], "1", [127, 7]), "BAD_CODE"],
  ["a code without an end", raw(...dynamic(257, 1, [0, 0, 1, 1]), "1", [127, 7], "1", [109, 7]), "BAD_CODE"],
  // Fixed codes: 286 is 11000110, distance 30 is 11110, a length of 3 is 0000001, the literal 0 is 00110000.
  ["a length symbol that is not used", raw([1, 1], [1, 2], "00110000", "11000110"), "BAD_CODE"],
  ["a distance symbol that is not used", raw([1, 1], [1, 2], "00110000", "0000001", "11110"), "BAD_CODE"],
  ["a distance before the beginning", raw([1, 1], [1, 2], "00110000", "0000001", "00001"), "BAD_DISTANCE"],
  ["a checksum of something else", edited((b) => b.writeUInt8(b.at(-1)! ^ 1, b.length - 1)), "BAD_CHECKSUM"],
];
for (const [name, stream, fault] of broken) {
  test(`inflating refuses ${name}`, () => {
    assert.equal(faultName(compareInflate(stream, 200)), fault);
  });
}

test("codes of 15 bits, which need the longest subtables, are read", () => {
  // Symbols as frequent as Fibonacci numbers have the longest codes that there are.
  const parts: Buffer[] = [];
  for (let i = 0, a = 1, b = 1; i < 24; i++, [a, b] = [b, a + b]) parts.push(Buffer.alloc(a, i * 7));
  const bytes = Buffer.concat(parts);
  assert.equal(
    compareInflate(deflateSync(bytes, { strategy: constants.Z_HUFFMAN_ONLY, memLevel: 9 }), bytes.length),
    bytes.length,
  );
});
