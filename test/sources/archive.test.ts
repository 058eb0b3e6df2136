import assert from "node:assert/strict";
import { test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import { open } from "../../src/sources/open.ts";
import { DEFAULT_LIMITS, type Limits } from "../../src/sources/unit.ts";
import { folder } from "../config/folder.ts";
import { filesOf, gapsOf, leak, placesOf, reportOf } from "../scan/running.ts";
import { gz, tarred, zip, zipped } from "./pack.ts";

type Files = Readonly<Record<string, string | Uint8Array>>;

const inside = { "a.env": leak(1), "d/b.env": `first\n${leak(2)}`, "clean.txt": "nothing" };
const tar = await tarred(inside);

const kinds: readonly [name: string, files: Files, found: readonly string[]][] = [
  ["zip", { "x.zip": zipped(inside) }, ["x.zip!a.env:1:10", "x.zip!d/b.env:2:10"]],
  ["jar", { "x.jar": zipped(inside) }, ["x.jar!a.env:1:10", "x.jar!d/b.env:2:10"]],
  ["zip by any name", { "x.bin": zipped(inside) }, ["x.bin!a.env:1:10", "x.bin!d/b.env:2:10"]],
  ["stored zip", { "x.zip": zip([{ name: "a", content: leak(1), method: 0 }]) }, ["x.zip!a:1:10"]],
  ["tar", { "x.tar": tar }, ["x.tar!a.env:1:10", "x.tar!d/b.env:2:10"]],
  ["tar.gz", { "x.tar.gz": gz(tar) }, ["x.tar.gz!x.tar!a.env:1:10", "x.tar.gz!x.tar!d/b.env:2:10"]],
  ["tgz", { "x.tgz": gz(tar) }, ["x.tgz!x.tar!a.env:1:10", "x.tgz!x.tar!d/b.env:2:10"]],
  ["gz", { "app.log.gz": gz(leak(1)) }, ["app.log.gz!app.log:1:10"]],
  ["gz of two parts", { "l.gz": Buffer.concat([gz("one\n"), gz(leak(1))]) }, ["l.gz!l:2:10"]],
  [
    "zip in a tar",
    { "x.tar": await tarred({ "y.zip": zipped({ z: leak(1) }), last: leak(2) }) },
    ["x.tar!last:1:10", "x.tar!y.zip!z:1:10"],
  ],
  [
    "gz in a zip",
    { "x.zip": zipped({ "y.gz": gz(leak(1)), last: leak(2) }) },
    ["x.zip!last:1:10", "x.zip!y.gz!y:1:10"],
  ],
  [
    "jar in a war in a tar.gz",
    { "x.tgz": gz(await tarred({ "a.war": zipped({ "b.jar": zipped({ z: leak(1) }) }) })) },
    ["x.tgz!x.tar!a.war!b.jar!z:1:10"],
  ],
  ["UTF-16 in a zip", { "x.zip": zipped({ u: Buffer.from(`\ufeff${leak(1)}`, "utf16le") }) }, ["x.zip!u:1:10"]],
  [
    "zip with names that lead out of it",
    { "x.zip": zipped({ "../../a": leak(1), "/etc/b": leak(2), "c\\d": leak(3) }) },
    ["x.zip!../../a:1:10", "x.zip!/etc/b:1:10", "x.zip!c/d:1:10"],
  ],
  ["zip with a file that is called like a folder", { "x.zip": zipped({ "d/": leak(1), "e/": "" }) }, ["x.zip!d/:1:10"]],
  [
    "tar with two files of one name",
    { "x.tar": Buffer.concat([tar.subarray(0, 1024), tar]) },
    ["x.tar!a.env:1:10", "x.tar!a.env:1:10", "x.tar!d/b.env:2:10"],
  ],
];

for (const [name, files, found] of kinds) {
  test(`what stands in a ${name} is found`, async () => {
    const report = await reportOf({ paths: [folder(files)] });
    assert.deepEqual(placesOf(report), found);
    assert.deepEqual(gapsOf(report), []);
    assert.ok(report.stats.archives > 0);
  });
}

/** A zip archive behind a text; `moved` if its offsets count from the start of the file. */
function behind(text: string, archive: Buffer, moved: boolean): Buffer {
  const whole = Buffer.concat([Buffer.from(text), archive]);
  if (!moved) return whole;
  const end = whole.length - 22;
  const central = whole.readUInt32LE(end + 16);
  whole.writeUInt32LE(central + text.length, end + 16);
  for (let at = central + text.length; at < end; at += 46 + whole.readUInt16LE(at + 28))
    whole.writeUInt32LE(whole.readUInt32LE(at + 42) + text.length, at + 42);
  return whole;
}

const script = `#!/bin/sh\nexec java -jar "$0"\n${leak(5)}`;
const behinds: readonly [name: string, bytes: Buffer, found: readonly string[]][] = [
  ["a script", behind(script, zipped(inside), false), ["x:3:10", "x!a.env:1:10", "x!d/b.env:2:10"]],
  ["a script, with offsets moved", behind(script, zipped(inside), true), ["x:3:10", "x!a.env:1:10", "x!d/b.env:2:10"]],
  ["a stub", behind("MZ\x90\0".repeat(99), zip([{ name: "s", content: leak(1), method: 0 }]), false), ["x!s:1:10"]],
  [
    "more than a room",
    behind(`${"MZ\0\n".repeat(2_000_000)}${leak(5)}`, zipped(inside), false),
    ["x:2000001:10", "x!a.env:1:10", "x!d/b.env:2:10"],
  ],
];

for (const [name, bytes, found] of behinds) {
  test(`an archive behind ${name} is opened, and what is before it is scanned`, async () => {
    const report = await reportOf({ paths: [folder({ x: bytes })] });
    assert.deepEqual(placesOf(report).sort(), [...found].sort());
    assert.deepEqual(gapsOf(report), []);
    assert.equal(report.stats.archives, 1);
  });
}

test("an archive behind a script that is broken is a gap, and the script is scanned", async () => {
  const bytes = behind(script, zipped(inside), true);
  bytes.fill(0, bytes.length - 60, bytes.length - 30);
  const report = await reportOf({ paths: [folder({ x: bytes })] });
  assert.ok(placesOf(report).includes("x:3:10"));
  assert.match(gapsOf(report).join(), /a broken archive/);
});

const long = (text: string) => Buffer.from(`${text}${"words and more words\n".repeat(20_000)}`);
const cut = (bytes: Buffer, share = 0.6) => bytes.subarray(0, Math.floor(bytes.length * share));
const flipped = (bytes: Buffer, at: number) => Buffer.from(bytes.map((byte, i) => (i === at ? byte ^ 0x55 : byte)));
const after = { "zz.env": leak(9) };

const broken: readonly [name: string, files: Files, gap: RegExp, found: readonly string[]][] = [
  ["truncated zip", { "x.zip": cut(zipped(inside)) }, /^x\.zip: a broken archive/, []],
  ["truncated gz", { "x.gz": cut(gz(long(leak(1)))) }, /^x\.gz: a broken archive: unexpected end/, ["x.gz!x"]],
  ["truncated tar", { "x.tar": tar.subarray(0, 1400) }, /^x\.tar: a broken archive: Unexpected end/, ["x.tar!a.env"]],
  [
    "truncated tar.gz",
    { "x.tgz": cut(gz(await tarred({ a: leak(1), b: long("") }))) },
    /^x\.tgz(!x\.tar)?: a broken archive/,
    ["x.tgz!x.tar!a"],
  ],
  ["tar with a damaged header", { "x.tar": flipped(tar, 1024 + 150) }, /^x\.tar: a broken archive/, ["x.tar!a.env"]],
  ["zip that is only a start", { "x.zip": Buffer.from("PK\x03\x04nonsense") }, /^x\.zip: a broken archive/, []],
  ["gz that is only a start", { "x.gz": Buffer.from([0x1f, 0x8b, 8, 0]) }, /^x\.gz: a broken archive/, []],
  [
    "gz with a wrong checksum",
    { "x.gz": flipped(gz(long(leak(1))), gz(long(leak(1))).length - 8) },
    /^x\.gz: a broken archive: incorrect data check/,
    ["x.gz!x"],
  ],
  [
    "zip with a damaged entry",
    { "x.zip": flipped(zipped({ bad: long(""), good: leak(1) }), 60) },
    /^x\.zip!bad: a broken archive entry/,
    ["x.zip!good"],
  ],
  [
    "zip with an encrypted entry",
    {
      "x.zip": zip([
        { name: "locked", content: "x", encrypted: true },
        { name: "open", content: leak(1) },
      ]),
    },
    /^x\.zip!locked: encrypted/,
    ["x.zip!open"],
  ],
  [
    "zip with an entry packed some other way",
    {
      "x.zip": zip([
        { name: "lzma", content: "x", method: 14 },
        { name: "open", content: leak(1) },
      ]),
    },
    /^x\.zip!lzma: a broken archive entry: unsupported/,
    ["x.zip!open"],
  ],
  [
    "truncated gz in a tar",
    { "x.tar": await tarred({ "y.gz": cut(gz(long(leak(1)))), last: leak(2) }) },
    /^x\.tar!y\.gz: a broken archive/,
    ["x.tar!last", "x.tar!y.gz!y"],
  ],
  [
    "broken zip in a zip",
    { "x.zip": zipped({ "y.zip": cut(zipped(inside)), last: leak(2) }) },
    /^x\.zip!y\.zip: a broken archive/,
    ["x.zip!last"],
  ],
  [
    "truncated tar in a tar",
    { "x.tar": await tarred({ "y.tar": tar.subarray(0, 1400), last: leak(2) }) },
    /^x\.tar!y\.tar: a broken archive/,
    ["x.tar!last", "x.tar!y.tar!a.env"],
  ],
];

for (const [name, files, gap, found] of broken) {
  test(`a ${name} is a gap, and everything else is still scanned`, async () => {
    const report = await reportOf({ paths: [folder({ ...files, ...after })] });
    assert.equal(report.gaps.length, 1, gapsOf(report).join("\n"));
    assert.match(gapsOf(report)[0]!, gap);
    assert.deepEqual(filesOf(report), [...found, "zz.env"]);
    assert.equal(report.complete, false);
  });
}

/** Gaps and texts of one archive, with limits of its own. */
async function opened(files: Files, limits: Partial<Limits>): Promise<{ gaps: string[]; texts: string[] }> {
  const gaps: string[] = [];
  const texts: string[] = [];
  const room = Buffer.alloc(5 << 20);
  const unit = { kind: "files", root: folder(files), paths: Object.keys(files), shown: "", listed: "walk" } as const;
  const visit: Parameters<typeof open>[1]["visit"] = (item) => {
    if (item.type === "gap") gaps.push(`${item.gap.what}: ${item.gap.why}`);
    if (item.type === "chunk")
      texts.push(room.toString("utf8", item.fresh.start, Math.min(item.length, item.fresh.start + 40)));
  };
  await open(unit, { room, size: 4 << 20, visit }, { ...DEFAULT_LIMITS, ...limits });
  return { gaps, texts };
}

const nested = (depth: number): Buffer =>
  depth === 0 ? Buffer.from("core") : zipped({ [`${depth}.zip`]: nested(depth - 1) });
const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`f${i}`, `text ${i}`]));
const flat = Buffer.alloc(40 << 20, "a");

const bounds: readonly [name: string, files: Files, limits: Partial<Limits>, gap: RegExp, texts: number][] = [
  [
    "entries of a zip",
    { "x.zip": zipped(many(30)) },
    { archiveEntries: 20 },
    /^x\.zip: more than 20 entries: the rest was not read/,
    20,
  ],
  [
    "entries of a tar",
    { "x.tar": await tarred(many(30)) },
    { archiveEntries: 20 },
    /^x\.tar: more than 20 entries/,
    20,
  ],
  [
    "entries of archives in an archive",
    { "x.zip": zipped({ a: zipped(many(15)), b: zipped(many(15)) }) },
    { archiveEntries: 20 },
    /^x\.zip: more than 20 entries/,
    18,
  ],
  [
    "bytes",
    { "x.tar": await tarred({ a: "x", b: flat, c: "y" }) },
    { archiveBytes: 2 << 20 },
    /^x\.tar: more than 2 MiB in the archive/,
    2,
  ],
  ["ratio of a gz", { "x.gz": gz(flat) }, {}, /^x\.gz: a compression of more than 200 to 1 \(a zip bomb\?\)/, 5],
  [
    "ratio of a zip",
    { "x.zip": zipped({ a: "x", b: flat, c: "y" }) },
    {},
    /^x\.zip: a compression of more than 200 to 1/,
    6,
  ],
  ["ratio of a gz in a gz", { "x.gz": gz(gz(flat)) }, {}, /^x\.gz: a compression of more than 200 to 1/, 5],
  ["depth", { "x.zip": nested(5) }, {}, /^x\.zip!5\.zip!4\.zip!3\.zip: an archive 3 deep in archives is not opened/, 0],
  [
    "depth in a tar",
    { "x.tar": await tarred({ "y.gz": gz("one"), z: "two" }) },
    { archiveDepth: 1 },
    /^x\.tar!y\.gz: an archive 1 deep/,
    1,
  ],
  [
    "depth in a zip",
    { "x.zip": zipped({ "y.gz": gz("one"), z: "two" }) },
    { archiveDepth: 1 },
    /^x\.zip!y\.gz: an archive 1 deep/,
    1,
  ],
];

for (const [name, files, limits, gap, texts] of bounds) {
  test(`too much ${name} is a gap, and what was read until then is scanned`, async () => {
    const result = await opened({ ...files, "zz.txt": "the file after it" }, limits);
    assert.equal(result.gaps.length, 1, result.gaps.join("\n"));
    assert.match(result.gaps[0]!, gap);
    assert.equal(result.texts.at(-1), "the file after it");
    assert.equal(result.texts.length, texts + 1);
  });
}

test("a compressed format that has no reader is said, never silently skipped", async () => {
  const xz = Buffer.concat([Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]), brotliCompressSync(leak(1))]);
  const report = await reportOf({ paths: [folder({ "x.xz": xz })] });
  assert.equal(report.gaps.length, 1);
  assert.match(report.gaps[0]!.why, /a format that is not read/);
});

test("hostile names in an archive are names and nothing more", async () => {
  const names = ["__proto__", "constructor", "\x1b[31mred", "a\nb"];
  const report = await reportOf({
    paths: [folder({ "x.zip": zip(names.map((name, at) => ({ name, content: leak(at) }))) })],
  });
  assert.deepEqual(filesOf(report), names.map((name) => `x.zip!${name}`).toSorted());
});
