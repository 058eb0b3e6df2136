import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { folder } from "../config/folder.ts";
import { gapsOf, leak, placesOf, reportOf, token } from "../scan/running.ts";

const be = (text: string) => Buffer.from(text, "utf16le").swap16();
const le = (text: string) => Buffer.from(text, "utf16le");
const lines = `# settings\n# more\n${leak(1)}# end of the settings\n`;
const LE_MARK = Buffer.from([0xff, 0xfe]);
const BE_MARK = Buffer.from([0xfe, 0xff]);
const UTF8_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

const encodings: readonly [name: string, content: Uint8Array, place: string][] = [
  ["UTF-8", Buffer.from(lines), "3:10"],
  ["UTF-8 with a mark", Buffer.concat([UTF8_MARK, Buffer.from(lines)]), "3:10"],
  ["UTF-16 LE with a mark", Buffer.concat([LE_MARK, le(lines)]), "3:10"],
  ["UTF-16 BE with a mark", Buffer.concat([BE_MARK, be(lines)]), "3:10"],
  ["UTF-16 LE without a mark", le(lines), "3:10"],
  ["UTF-16 BE without a mark", be(lines), "3:10"],
  ["UTF-16 LE with an odd byte at its end", Buffer.concat([LE_MARK, le(lines), Buffer.from("x")]), "3:10"],
  ["UTF-16 LE with a mark and mostly Chinese", Buffer.concat([LE_MARK, le(`${"密钥".repeat(40)}\n${lines}`)]), "4:10"],
  ["CRLF", Buffer.from(lines.replaceAll("\n", "\r\n")), "3:10"],
  ["Latin-1", Buffer.from(`# schlüssel für die straße\n${leak(1)}`, "latin1"), "2:10"],
  ["Latin-1 before the token in its line", Buffer.from(`/* für */ ${leak(1)}`, "latin1"), "1:20"],
  ["two bytes a letter before the token", Buffer.from(`/* für */ ${leak(1)}`), "1:20"],
  ["three bytes a letter before the token", Buffer.from(`/* 密钥 */ ${leak(1)}`), "1:19"],
  ["an emoji (two UTF-16 units) before the token", Buffer.from(`/* 🔑 */ ${leak(1)}`), "1:19"],
  ["an emoji before the token in UTF-16", Buffer.concat([LE_MARK, le(`/* 🔑 */ ${leak(1)}`)]), "1:19"],
  ["zero bytes around it", Buffer.from(`\0\0\0\x01${leak(1)}\0\0\xff\xfe`, "latin1"), "1:14"],
  ["no newline at its end", Buffer.from(leak(1).trim()), "1:10"],
  [
    "the mark of UTF-8 in its line, which editors do not count",
    Buffer.concat([UTF8_MARK, Buffer.from(leak(1))]),
    "1:10",
  ],
];

for (const [name, content, place] of encodings) {
  test(`a text with ${name} gives line and column ${place}`, async () => {
    const report = await reportOf({ paths: [folder({ f: content })] });
    assert.deepEqual(placesOf(report), [`f:${place}`]);
    assert.equal(report.findings[0]!.secret.reveal(), token(1));
    assert.deepEqual(gapsOf(report), []);
  });
}

test("a region ends behind the last character of its token", async () => {
  const report = await reportOf({ paths: [folder({ f: `/* 🔑 */ ${leak(1)}` })] });
  const { line, column, endLine, endColumn } = report.findings[0]!.exposures[0].region;
  assert.deepEqual([line, column, endLine, endColumn], [1, 19, 1, 19 + token(1).length]);
});

test("runs of text in a binary file are scanned", async () => {
  const noise = Buffer.from(Array.from({ length: 50_000 }, (_, i) => (i * 7919 + (i >> 3)) & 0xff));
  const root = folder({ "app.bin": Buffer.concat([noise, Buffer.from(`\0${token(3)}\0`), noise]) });
  const report = await reportOf({ paths: [root] });
  assert.deepEqual(
    report.findings.map(({ secret }) => secret.reveal()),
    [token(3)],
  );
});

/** Around the end of the first block of text, 4 MiB: before it, across it, behind it, and at the seams of its context. */
const BLOCK = (4 << 20) - 128;
const seams = [0, 20, 64, 100, 128, 16 << 10, 160 << 10, 176 << 10].flatMap((back) =>
  [-45, -20, -1, 0, 1].map((by) => BLOCK - back + by),
);

test("a token across the border of two blocks is found once, at its line and column", async () => {
  const root = folder({});
  for (const [at, start] of seams.entries()) {
    const width = 100;
    const head = "x"
      .repeat(width - 1)
      .concat("\n")
      .repeat(Math.floor((start - 60) / width));
    const pad = " ".repeat(start - head.length - 'token = "'.length);
    writeFileSync(
      join(root, `f${at}`),
      `${head}${pad}token = "${token(at)}"\n${"y".repeat(80)}\n`.concat("z\n".repeat(100_000)),
    );
  }
  const report = await reportOf({ paths: [root] });
  const expected = seams.map((start, at) => {
    const line = Math.floor((start - 60) / 100) + 1;
    return `f${at}:${line}:${start - (line - 1) * 100 + 1}`;
  });
  assert.deepEqual(placesOf(report), expected.sort());
});

const shapes: readonly [name: string, make: (leaked: string) => Buffer][] = [
  [
    "one line",
    (leaked) =>
      Buffer.from(`{"a":"${"lorem ipsum ".repeat(1_000_000)}", ${leaked.trim()}, "b":"${"dolor ".repeat(100)}"}`),
  ],
  ["one line without a blank", (leaked) => Buffer.from(`${"x,".repeat(5_000_000)}${leaked}`)],
  ["one run of letters", (leaked) => Buffer.from(`${"a".repeat(9_000_000)} ${leaked}`)],
  ["UTF-16", (leaked) => Buffer.concat([LE_MARK, le(`${"some words\n".repeat(600_000)}${leaked}`)])],
];

for (const [name, make] of shapes) {
  test(`a token behind many megabytes of ${name} is found`, async () => {
    const report = await reportOf({ paths: [folder({ "big.txt": make(leak(2)) })] });
    assert.deepEqual(
      report.findings.map(({ secret }) => secret.reveal()),
      [token(2)],
    );
    assert.deepEqual(gapsOf(report), []);
  });
}

test("columns in a line of many megabytes count UTF-16 units", async () => {
  const before = "é🔑密 ".repeat(1_200_000);
  const report = await reportOf({ paths: [folder({ f: `first\n${before}${leak(2)}` })] });
  assert.deepEqual(placesOf(report), [`f:2:${before.length + 10}`]);
});

test("bytes and files are counted as they are on disk", async () => {
  const files = { a: Buffer.alloc(9 << 20, "line of a log\n"), b: Buffer.from("small") };
  const { stats } = await reportOf({ paths: [folder(files)] });
  assert.deepEqual([stats.files, stats.blobs, stats.bytes], [2, 2, files.a.length + files.b.length]);
});
