import assert from "node:assert/strict";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { crc32, deflateSync } from "node:zlib";
import { Gaps } from "../../src/git/malformed.ts";
import { parseTable } from "../../src/git/reftable.ts";
import { readStack } from "../../src/git/reftable-stack.ts";
import { folder } from "../config/folder.ts";

/** Two tables that git 2.55 wrote with blocks of 512 bytes, and what it tells of them. */
const FIXTURE = "test/fixtures/reftable";
const files = Object.fromEntries(readdirSync(FIXTURE).map((name) => [name, readFileSync(join(FIXTURE, name))]));
const told = (name: string): readonly string[] => files[name]!.toString().split("\n").slice(0, -1);
const tables = told("tables.list");

function stackOf(changed: Readonly<Record<string, string | Uint8Array>> = {}, without?: string) {
  const root = folder({ ...files, ...changed });
  if (without) rmSync(join(root, without));
  const gaps = new Gaps();
  const { refs, reflogs } = readStack(root, "sha1", gaps);
  return { refs, reflogs, gaps: gaps.all() };
}

test("a stack has the refs and logged ids that git tells of", () => {
  const { refs, reflogs, gaps } = stackOf();
  const ids = new Map(refs.map(({ name, id }) => [name, id]));
  const listed = refs
    .filter(({ name }) => name.startsWith("refs/"))
    .map(({ name, id, target = "" }) => `${name} ${id ?? ids.get(target)} ${target}`);
  assert.deepEqual(listed.sort(), [...told("refs.txt")].sort());
  assert.deepEqual([...new Set(reflogs.flatMap(({ ids }) => ids))].sort(), told("logged.txt"));
  assert.ok(reflogs.flatMap(({ messages }) => messages).some((message) => /^commit/.test(message)));
  assert.equal(refs.find(({ name }) => name === "HEAD")?.target, "refs/heads/main");
  assert.deepEqual(gaps, []);
});

test("a ref that a newer table deletes is gone, with its log", () => {
  const [older] = tables;
  const before = parseTable(files[older!]!, "sha1");
  assert.ok(before.refs.some(({ name }) => name === "refs/heads/gone"));
  assert.ok(before.logs.some(({ name }) => name === "refs/heads/gone"));
  const { refs, reflogs } = stackOf();
  assert.equal(
    refs.some(({ name }) => name === "refs/heads/gone"),
    false,
  );
  assert.equal(
    reflogs.some(({ name }) => name === "refs/heads/gone"),
    false,
  );
});

const [older, newer] = tables as [string, string];

const broken: readonly [name: string, stack: () => ReturnType<typeof stackOf>, what: string, why: RegExp][] = [
  ["no list", () => stackOf({}, "tables.list"), "tables.list", /missing/],
  ["a table that is missing", () => stackOf({}, newer), newer, /missing/],
  ["a list that leads out", () => stackOf({ "tables.list": "../../x\n" }), "tables.list", /something else/],
  ["a table that is empty", () => stackOf({ [newer]: "" }), newer, /no reftable/],
  ["a table that is cut short", () => stackOf({ [older]: files[older]!.subarray(0, -30) }), older, /footer/],
  [
    "another version",
    () => stackOf({ [newer]: changed(newer, (bytes) => bytes.writeUInt8(3, 4)) }),
    newer,
    /version 3/,
  ],
  [
    "a block of another kind",
    () => stackOf({ [older]: changed(older, (bytes) => bytes.write("x", 512)) }),
    older,
    /another kind/,
  ],
  [
    "a block beyond the end",
    () => stackOf({ [newer]: changed(newer, (bytes) => bytes.writeUIntBE(0xffff, 25, 3)) }),
    newer,
    /cut short/,
  ],
];

for (const [name, stack, what, why] of broken) {
  test(`${name} is a gap`, () => {
    const { gaps } = stack();
    assert.equal(gaps.length, 1);
    assert.equal(gaps[0]!.what, `reftable/${what}`);
    assert.match(gaps[0]!.why, why);
  });
}

/** A table with a change, whose footer fits again. */
function changed(name: string, change: (bytes: Buffer) => void): Buffer {
  const bytes = Buffer.from(files[name]!);
  change(bytes);
  return sealed(bytes);
}

function sealed(bytes: Buffer): Buffer {
  const footer = bytes.length - 68;
  bytes.copy(bytes, footer, 0, 24);
  bytes.writeUInt32BE(crc32(bytes.subarray(footer, -4)), bytes.length - 4);
  return bytes;
}

test("a table for SHA-256 is none of a SHA-1 repository", () => {
  assert.throws(() => parseTable(files[newer]!, "sha256"), { name: "Malformed", message: /another hash/ });
});

test("a small table that would unpack to billions of log entries is refused", () => {
  const records = Buffer.alloc(3 * 5_000_000);
  const content = Buffer.concat([records, Buffer.from([0, 0, 0, 0, 1])]);
  const head = Buffer.from("REFT\x01\0\0\0\0\0\0\0\0\0\0\x01\0\0\0\0\0\0\0\x01g\0\0\0", "latin1");
  head.writeUIntBE(content.length + 4, 25, 3);
  const bytes = sealed(Buffer.concat([head, deflateSync(content), Buffer.alloc(68)]));
  assert.ok(bytes.length < 20_000);
  assert.throws(() => parseTable(bytes, "sha1"), { name: "Malformed", message: /more than can be read/ });
});

test("a table that the list names twice is read once", () => {
  const root = folder({ ...files });
  writeFileSync(join(root, "tables.list"), `${older}\n${older}\n${newer}\n`);
  const gaps = new Gaps();
  assert.equal(readStack(root, "sha1", gaps).refs.length, stackOf().refs.length);
  assert.deepEqual(gaps.all(), []);
});
