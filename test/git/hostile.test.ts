import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { crc32, deflateSync } from "node:zlib";
import fc from "fast-check";
import { parseCommit } from "../../src/git/commit.ts";
import { parseConfig } from "../../src/git/config-file.ts";
import { readLoose } from "../../src/git/loose.ts";
import { Gaps, Malformed } from "../../src/git/malformed.ts";
import { idOf, type ObjectId } from "../../src/git/object-id.ts";
import { dataSpan, openPack, type Pack } from "../../src/git/pack.ts";
import { findId, parsePackIndex, rankAt } from "../../src/git/pack-index.ts";
import { parsePackedRefs } from "../../src/git/packed-refs.ts";
import { parseReflog } from "../../src/git/reflog.ts";
import { parseTable } from "../../src/git/reftable.ts";
import { parseTag } from "../../src/git/tag.ts";
import { TreeCursor } from "../../src/git/tree.ts";
import { folder } from "../config/folder.ts";
import { git } from "../sources/repository.ts";
import { history, packFolder } from "./history.ts";
import { makePack } from "./make-pack.ts";

/** How often each format is changed and read; more for a long run by hand. */
const numRuns = Number(process.env.LEAKREACH_FUZZ_RUNS ?? 400);

/** Some bytes changed, and perhaps the end cut off. */
const changes = fc.record({
  bytes: fc.array(fc.tuple(fc.nat(1_000_000), fc.oneof(fc.nat(255), fc.constantFrom(0, 0x7f, 0x80, 0xff))), {
    maxLength: 6,
  }),
  cut: fc.oneof({ weight: 7, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat(1_000_000) }),
});

type Changes = typeof changes extends fc.Arbitrary<infer T> ? T : never;

function changed(from: Uint8Array, { bytes, cut }: Changes): Buffer {
  const copy = Buffer.from(from);
  for (const [at, value] of bytes) if (copy.length > 0) copy[at % copy.length] = value;
  return cut === null ? copy : copy.subarray(0, cut % (copy.length + 1));
}

/** Does something to changed bytes; broken ones may only be refused as malformed. */
function withstands(originals: readonly Uint8Array[], read: (bytes: Buffer) => void): void {
  fc.assert(
    fc.property(fc.nat(originals.length - 1), changes, (which, change) => {
      try {
        read(changed(originals[which]!, change));
      } catch (error) {
        if (!(error instanceof Malformed)) throw error;
      }
    }),
    { numRuns },
  );
}

function packed(...args: readonly string[]): { readonly pack: Buffer; readonly idx: Buffer } {
  const root = history(20);
  git(root, "repack", "-adfq", ...args);
  const name = readdirSync(packFolder(root)).find((file) => file.endsWith(".pack"))!;
  return {
    pack: readFileSync(join(packFolder(root), name)),
    idx: readFileSync(join(packFolder(root), name.replace(/pack$/, "idx"))),
  };
}

const real = packed();
const id = (number: number): string => number.toString(16).padStart(40, "0");
/** Nothing but deltas that name other deltas: changing an id makes circles. */
const chain = makePack(
  Array.from({ length: 12 }, (_, i) => ({ id: id(i), kind: i ? 7 : 3, ...(i ? { base: id(i - 1) } : {}) })),
);
const named = { pack: readFileSync(chain), idx: readFileSync(chain.replace(/pack$/, "idx")) };

/** What must hold of every pack that was opened, however broken. */
function checkPack(pack: Pack, size: number): void {
  const { count, offsets, positions } = pack.index;
  const children = new Uint8Array(count);
  assert.equal(new Set(positions).size, count);
  for (let rank = 0; rank < count; rank++) {
    assert.ok(rank === 0 || offsets[rank]! >= offsets[rank - 1]!);
    assert.ok(pack.kinds[rank]! <= 4 && pack.bases[rank]! < count);
    if (pack.stored[rank] !== 0) {
      const { start, end } = dataSpan(pack, rank);
      assert.ok(start >= 12 && start <= end && end <= size - 20);
    }
    for (let child = pack.firstChild[rank]!; child >= 0; child = pack.nextSibling[child]!) {
      assert.equal(pack.bases[child], rank);
      assert.equal(children[child], 0);
      children[child] = 1;
    }
    const base = pack.bases[rank]!;
    assert.equal(pack.kinds[rank], base < 0 ? pack.stored[rank] : pack.kinds[base]);
  }
  const unread = pack.kinds.filter((kind) => kind === 0).length;
  assert.equal(pack.gaps.length, unread);
}

for (const [name, { pack, idx }] of Object.entries({ real, named })) {
  test(`a changed pack (${name}) is read without harm`, () => {
    const path = join(folder({ "x.idx": idx }), "x.pack");
    withstands([pack.subarray(0, -20)], (bytes) => {
      const whole = Buffer.concat([bytes, pack.subarray(-20)]);
      writeFileSync(path, whole);
      checkPack(openPack(path, "sha1"), whole.length);
    });
  });

  test(`a changed index (${name}) is read without harm`, () => {
    const path = join(folder({ "x.pack": pack }), "x.pack");
    withstands([idx.subarray(0, -40)], (bytes) => {
      writeFileSync(path.replace(/pack$/, "idx"), Buffer.concat([bytes, idx.subarray(-40)]));
      checkPack(openPack(path, "sha1"), pack.length);
    });
  });
}

test("looking things up in a changed index ends", () => {
  withstands([real.idx, named.idx], (bytes) => {
    const index = parsePackIndex(bytes, "sha1");
    for (let at = 0; at + 20 <= bytes.length; at += 97) findId(index, bytes, at);
    for (let offset = 0; offset < 2 ** 53; offset = offset * 3 + 1) rankAt(index, offset);
  });
});

test("a changed loose object is read as it was or refused", () => {
  const content = Buffer.from("some content\n".repeat(50));
  const name = idOf("sha1", "blob", content) as ObjectId;
  const root = folder({ [`${name.slice(0, 2)}/x`]: "" });
  withstands([deflateSync(`blob ${content.length}\0${content}`)], (bytes) => {
    writeFileSync(join(root, name.slice(0, 2), name.slice(2)), bytes);
    assert.deepEqual(readLoose(root, name, "sha1", 1 << 16), { kind: 3, content });
  });
});

const TABLES = "test/fixtures/reftable";
const tables = readdirSync(TABLES)
  .filter((name) => name.endsWith(".ref"))
  .map((name) => readFileSync(join(TABLES, name)));

test("a changed reftable is read without harm, also where its footer fits the change", () => {
  withstands(tables, (bytes) => {
    if (bytes.length < 100) return;
    const footer = bytes.length - 68;
    bytes.copy(bytes, footer, 0, 24);
    bytes.writeUInt32BE(crc32(bytes.subarray(footer, -4)), bytes.length - 4);
    for (const { name } of parseTable(bytes, "sha1").refs) assert.ok(name.length <= 4200);
  });
});

const texts: readonly [name: string, text: string, read: (bytes: Buffer) => void][] = [
  [
    "packed-refs",
    `# pack-refs with: peeled\n${id(0xabc)} refs/heads/main\n${id(0xdef)} refs/tags/v1\n^${id(0x123)}\n`,
    (bytes) => {
      const gaps = new Gaps();
      for (const ref of parsePackedRefs(bytes, "sha1", gaps)) assert.match(ref.id!, /^[0-9a-f]{40}$/);
    },
  ],
  [
    "a reflog",
    `${id(1)} ${id(2)} A <a@example.org> 1700000000 +0000\tcommit: x\n`.repeat(3),
    (bytes) => {
      for (const one of parseReflog("HEAD", bytes, "sha1").ids) assert.match(one, /^[0-9a-f]{40}$/);
    },
  ],
  [
    "settings",
    '[core]\n\tbare = false\n[remote "origin"]\n\turl = "a\\tb" ; c\n\tfetch = x\\\ny\n',
    (bytes) => void parseConfig(bytes.toString("utf8")),
  ],
  [
    "a commit",
    `tree ${id(1)}\nparent ${id(2)}\nauthor A <a@example.org> 1700000000 +0130\ncommitter C <c> 1 -1\nencoding x\n\nmessage\n`,
    (bytes) => {
      const { message, parents } = parseCommit(bytes, "sha1");
      assert.ok(message <= bytes.length && parents.every((parent) => /^[0-9a-f]{40}$/.test(parent)));
    },
  ],
  [
    "a tag",
    `object ${id(1)}\ntype commit\ntag v1\ntagger A <a@example.org> 1700000000 +0130\n\nmessage\n`,
    (bytes) => assert.ok(parseTag(bytes, "sha1").message <= bytes.length),
  ],
  [
    "a tree",
    `100644 a\0${"i".repeat(20)}40000 folder\0${"j".repeat(20)}160000 sub\0${"k".repeat(20)}`,
    (bytes) => {
      const cursor = new TreeCursor(bytes, 20);
      while (cursor.next())
        assert.ok(
          cursor.nameStart < cursor.nameEnd && cursor.nameEnd < cursor.idStart && cursor.idStart + 20 <= bytes.length,
        );
    },
  ],
];

for (const [name, text, read] of texts) {
  test(`${name}, changed, is read without harm`, () => withstands([Buffer.from(text, "latin1")], read));
}
