import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { lineHashes, lineHashesOf } from "../../src/detect/line-hash.ts";

// The inputs and hashes that github/codeql-action tests its own implementation with (src/fingerprints.test.ts).
const greetings = [
  "e9496ae3ebfced30:1",
  "fb7c023a8b9ccb3f:1",
  "ce8ba1a563dcdaca:1",
  "e20e36e16fcb0cc8:1",
  "b3edc88f2938467e:1",
  "c8e28b0b4002a3a0:1",
  "c129715d7a2bc9a3:1",
];

const vectors: [name: string, text: string, hashes: string[]][] = [
  ["an empty file", "", ["c129715d7a2bc9a3:1"]],
  [
    "four short lines",
    " a\nb\n  \t\tc\n d",
    ["271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"],
  ],
  [
    "no line end at the end",
    " hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End",
    [
      "8b7cf3e952e7aeb2:1",
      "b1ae1287ec4718d9:1",
      "bff680108adb0fcc:1",
      "c6805c5e1288b612:1",
      "b86d3392aea1be30:1",
      "e6ceba753e1a442:1",
    ],
  ],
  ["LF", " hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n", greetings],
  ["CR", " hello; \t\nworld!!!\r\r\r  \t\tGreetings\r End\r", greetings],
  ["CR LF", " hello; \t\r\nworld!!!\r\n\r\n\r\n  \t\tGreetings\r\n End\r\n", greetings],
  ["CR LF, LF and CR mixed", " hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n", greetings],
  [
    "a line that repeats",
    "Lorem ipsum dolor sit amet.\n".repeat(10),
    [
      ...[1, 2, 3, 4, 5, 6].map((nth) => `a7f2ff13bc495cf2:${nth}`),
      "a7f2ff1481e87703:1",
      "a9cf91f7bbf1862b:1",
      "55ec222b86bcae53:1",
      "cc97dc7b1d7d8f7b:1",
      "c129715d7a2bc9a3:1",
    ],
  ],
];

for (const [name, text, hashes] of vectors) {
  test(`the CodeQL action's own vector: ${name}`, () => {
    assert.deepEqual(all(Buffer.from(text), hashes.length), hashes);
  });
}

test("a single line asked for has the number it has among all equal lines", () => {
  const bytes = Buffer.from("Lorem ipsum dolor sit amet.\n".repeat(10));
  assert.deepEqual([...lineHashes(bytes, new Set([4]))], [[4, "a7f2ff13bc495cf2:4"]]);
});

test("no line asked for, and lines past the end, give nothing", () => {
  assert.equal(lineHashes(Buffer.from("a\nb\n"), new Set()).size, 0);
  assert.deepEqual([...lineHashes(Buffer.from("a\nb\n"), new Set([2, 9])).keys()], [2]);
});

const pieces = fc.oneof(
  fc.constantFrom(
    "\n",
    "\r",
    "\r\n",
    " ",
    "\t",
    "\ufeff",
    "é",
    "漢",
    "😀",
    "a".repeat(99),
    "b".repeat(100),
    "c".repeat(101),
  ),
  fc.constantFrom("token = x\n", "Lorem ipsum\r\n", " \r \n"),
  fc.string({ maxLength: 130 }),
);

test("equals its slow twin on random text", () => {
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => agrees(Buffer.from(parts.join("")))),
    { numRuns: 2000 },
  );
});

test("equals its slow twin on random bytes, broken UTF-8 included", () => {
  const bytes = fc.array(fc.oneof(fc.constantFrom(10, 13, 32, 0xc3, 0xe6, 0xf0, 0xff, 0x80), fc.nat(255)), {
    maxLength: 400,
  });
  fc.assert(
    fc.property(bytes, (values) => agrees(Uint8Array.from(values))),
    { numRuns: 1000 },
  );
});

test("equals its slow twin when characters and long lines cross the decoder's pieces", () => {
  const long = "é漢😀 x\t".repeat(9000);
  agrees(Buffer.from(`first\n${long}\r\nsecond\n${"y".repeat(70_000)}\nthird\r${" ".repeat(70_000)}z\n\nlast`));
  agrees(Buffer.from(`${"x".repeat(65_535)}\r\nafter\n`));
});

function agrees(bytes: Uint8Array): void {
  const expected = slowHashes(bytes);
  assert.deepEqual(all(bytes, expected.length), expected);
  assert.equal(lineHashes(bytes, new Set([expected.length + 1])).size, 0);
  const some = new Set(expected.map((_, at) => at + 1).filter((line) => line % 3 === 1));
  for (const size of [5, 70_001]) {
    const read = () =>
      Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
    assert.deepEqual(lineHashesOf(read, some), lineHashes(bytes, some));
  }
}

function all(bytes: Uint8Array, count: number): string[] {
  const lines = new Set(Array.from({ length: count }, (_, at) => at + 1));
  return [...lineHashes(bytes, lines).values()];
}

/** The definition, without rolling: for each line the polynomial over its 100 characters, in BigInt. */
function slowHashes(bytes: Uint8Array): string[] {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  const characters = `${text.replace(/\r\n?/g, "\n").replace(/[ \t]/g, "")}\uffff`;
  const starts = [0, ...[...characters.matchAll(/\n/g)].map((end) => end.index + 1)];
  const seen = new Map<string, number>();
  return starts.map((start) => {
    let hash = 0n;
    for (let at = start; at < start + 100; at++) {
      const code = at < characters.length ? characters.charCodeAt(at) : 0;
      hash = BigInt.asUintN(64, hash * 37n + BigInt(code));
    }
    const key = hash.toString(16);
    seen.set(key, (seen.get(key) ?? 0) + 1);
    return `${key}:${seen.get(key)}`;
  });
}
