import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { wideViews } from "../../src/detect/wide.ts";
import { leak, token } from "../scan/running.ts";
import { findIn, textOf } from "./find.ts";

const le = (text: string) => Buffer.from(text, "utf16le");
const be = (text: string) => le(text).swap16();
const noise = (bytes: number) => Buffer.from(Array.from({ length: bytes }, (_, i) => 0x80 + ((i * 7919) % 31)));

const kinds: readonly [name: string, encode: (text: string) => Buffer, after: Buffer][] = [
  ["little-endian, ended by a zero", le, Buffer.from([0, 0, 1, 2, 3])],
  ["little-endian, as an assembly has it", le, Buffer.from([1, 0x2f, 0x85])],
  ["little-endian at the end of the file", le, Buffer.alloc(0)],
  ["big-endian", be, Buffer.from([0x85, 0x90])],
  ["big-endian at the end of the file", be, Buffer.alloc(0)],
];

for (const [name, encode, after] of kinds) {
  test(`UTF-16 text in a binary file is found where it stands: ${name}, at every distance`, () => {
    for (let before = 1; before < 70; before++) {
      const bytes = Buffer.concat([noise(before), encode(leak(1).trim()), after]);
      const [hit, ...more] = findIn(bytes, "app.exe");
      assert.ok(hit && more.length === 0, `${before} bytes before it`);
      assert.equal(hit.secret, token(1));
      assert.deepEqual(hit.encodings, ["utf-16"]);
      assert.equal(hit.raw, encode(token(1)).toString("latin1"));
    }
  });
}

test("many strings in one file are told apart, also more than one view holds", () => {
  const strings = Array.from({ length: 40_000 }, (_, i) => `a string of the program, number ${i}`);
  strings[100] = leak(1).trim();
  strings[20_000] = leak(2).trim();
  strings[39_999] = leak(3).trim();
  const bytes = Buffer.concat(
    strings.map((text) => Buffer.concat([Buffer.from([text.length * 2 + 1]), le(text), Buffer.from([1])])),
  );
  const found = findIn(bytes, "app.dll").filter(({ rule }) => rule === "github-pat");
  assert.deepEqual(
    found.map(({ secret }) => secret),
    [1, 2, 3].map(token),
  );
  for (const { raw, secret } of found) assert.equal(raw, le(secret).toString("latin1"));
});

test("one string longer than a view is looked through once", () => {
  const line = "words and words and words\n";
  const text = `${line.repeat(19_900)}${leak(1)}${line.repeat(700)}${leak(2)}${line.repeat(9000)}`;
  const found = findIn(Buffer.concat([noise(33), le(text)]), "export.reg");
  assert.deepEqual(
    found.map(({ secret }) => secret),
    [1, 2].map(token),
  );
});

test("every byte of a view leads back to the character it came from", () => {
  const piece = fc.oneof(
    fc.string({ maxLength: 60 }).map(le),
    fc.string({ maxLength: 60 }).map(be),
    fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
    fc.integer({ min: 0, max: 40 }).map((size) => Buffer.alloc(size)),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const bytes = Buffer.concat(pieces);
      for (const view of wideViews({ bytes, length: bytes.length })) {
        for (let i = 0; i < view.bytes.length; i++) {
          if (view.bytes[i] === 10) continue;
          const { start, end } = view.span(i, i + 1);
          assert.equal(end - start, 2);
          assert.ok(start >= 0 && end <= bytes.length + 1);
          assert.ok(bytes.subarray(start, end).includes(view.bytes[i]!));
        }
      }
    }),
    { numRuns: 500 },
  );
});

test("ordinary text, and text with a few zeros, has no views", () => {
  for (const text of [leak(1).repeat(50), `${leak(1)}\0${"a\0b".repeat(20)}`, "\0".repeat(500)])
    assert.deepEqual(wideViews(textOf(text)), []);
});
