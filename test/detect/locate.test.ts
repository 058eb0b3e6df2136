import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Locator } from "../../src/detect/locate.ts";
import { Kernel } from "../../src/kernel/kernel.ts";

const kernel = new Kernel([]);

/** The slow twin: lines and columns of a decoded text. */
function place(bytes: Buffer, offset: number): [line: number, column: number] {
  const lines = bytes
    .subarray(0, offset)
    .toString("utf8")
    .replace(/^\ufeff/, "")
    .split("\n");
  return [lines.length, lines.at(-1)!.length + 1];
}

const cases: [name: string, text: string, needle: string, expected: [number, number, number, number]][] = [
  ["the start", "abc def", "abc", [1, 1, 1, 4]],
  ["the middle of a line", "abc def ghi", "def", [1, 5, 1, 8]],
  ["a later line", "one\ntwo\nthree four", "four", [3, 7, 3, 11]],
  ["a line that ends in CR LF", "one\r\ntwo x\r\n", "two", [2, 1, 2, 4]],
  ["several lines", "a\n-----BEGIN\nbody\nEND-----\n", "BEGIN\nbody\nEND", [2, 6, 4, 4]],
  ["behind a byte order mark", "\ufeffkey=value", "value", [1, 5, 1, 10]],
  ["behind letters of two bytes", "clé=valeur", "valeur", [1, 5, 1, 11]],
  ["behind an emoji, two UTF-16 units", "🔑=value", "value", [1, 4, 1, 9]],
  ["a last line without a line feed", "a\nb", "b", [2, 1, 2, 2]],
  ["a line feed at the start", "\nabc", "abc", [2, 1, 2, 4]],
];
for (const [name, text, needle, [line, column, endLine, endColumn]] of cases) {
  test(`a region is right in ${name}`, () => {
    const bytes = Buffer.from(text);
    bytes.copy(kernel.block.bytes);
    const start = bytes.indexOf(needle);
    assert.deepEqual(new Locator(kernel).region(start, start + Buffer.byteLength(needle)), {
      line,
      column,
      endLine,
      endColumn,
    });
  });
}

const letters = fc.constantFrom("a", "b", "=", " ", "\n", "\n", "\r\n", "é", "€", "🔑", "\t");
const texts = fc.array(letters, { maxLength: 120 });

test("regions asked in any order are those of the decoded text", () => {
  fc.assert(
    fc.property(texts, fc.array(fc.nat(), { minLength: 1, maxLength: 8 }), fc.boolean(), (parts, picks, marked) => {
      const bytes = Buffer.from((marked ? "\ufeff" : "") + parts.join(""));
      bytes.copy(kernel.block.bytes);
      const locator = new Locator(kernel);
      // Places between characters only: a match neither starts nor ends inside one.
      const places = [...parts.keys(), parts.length].map((n) =>
        Buffer.byteLength((marked ? "\ufeff" : "") + parts.slice(0, n).join("")),
      );
      for (const pick of picks) {
        const start = places[pick % places.length]!;
        const end = places[Math.min(places.length - 1, (pick % places.length) + 3)]!;
        const region = locator.region(start, end);
        assert.deepEqual(
          [region.line, region.column, region.endLine, region.endColumn],
          [...place(bytes, start), ...place(bytes, end)],
        );
      }
    }),
    { numRuns: 500 },
  );
});

test("a text that passes in pieces gives the lines and columns of the whole", () => {
  fc.assert(
    fc.property(texts, fc.nat(), fc.nat(), (parts, cut, pick) => {
      const whole = Buffer.from(parts.join(""));
      const places = [...parts.keys(), parts.length].map((n) => Buffer.byteLength(parts.slice(0, n).join("")));
      const gone = places[cut % places.length]!;
      const later = places.filter((at) => at >= gone);
      const start = later[pick % later.length]!;
      whole.copy(kernel.block.bytes);
      const locator = new Locator(kernel);
      locator.region(0, gone);
      locator.advance(gone);
      whole.subarray(gone).copy(kernel.block.bytes);
      const region = locator.region(start - gone, start - gone);
      assert.deepEqual([region.line, region.column], place(whole, start));
    }),
    { numRuns: 500 },
  );
});
