import assert from "node:assert/strict";
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { type HashKind, KIND_WORDS } from "../../src/git/object-id.ts";
import { openPack, type Pack } from "../../src/git/pack.ts";
import { OFS_DELTA, REF_DELTA } from "../../src/git/pack-entries.ts";
import { findId, idOfRank, rankAt } from "../../src/git/pack-index.ts";
import { folder } from "../config/folder.ts";
import { git } from "../sources/repository.ts";
import { gitWith, history, packFolder } from "./history.ts";
import { computedIds } from "./unpack.ts";

/** The one pack of a repository. */
function packOf(root: string): string {
  const packs = readdirSync(packFolder(root)).filter((name) => name.endsWith(".pack"));
  assert.equal(packs.length, 1);
  return join(packFolder(root), packs[0]!);
}

const repack = (root: string, ...args: readonly string[]): void => void git(root, "repack", "-adfq", ...args);

/** Packs all objects by `pack-objects`, which without --delta-base-offset names bases by their ids. */
function packedByName(root: string): void {
  repack(root);
  const names = git(root, "cat-file", "--batch-all-objects", "--batch-check=%(objectname)");
  const target = folder({});
  const id = gitWith(root, names, "pack-objects", "-q", "--no-reuse-delta", "--window=20", join(target, "pack")).trim();
  rmSync(packOf(root), { force: true });
  for (const name of readdirSync(packFolder(root))) rmSync(join(packFolder(root), name), { force: true });
  for (const end of ["pack", "idx"])
    copyFileSync(join(target, `pack-${id}.${end}`), join(packFolder(root), `pack-${id}.${end}`));
}

const indexed = (version: string) => (root: string) => {
  repack(root);
  const pack = packOf(root);
  rmSync(pack.replace(/pack$/, "idx"));
  rmSync(pack.replace(/pack$/, "rev"), { force: true });
  git(root, "index-pack", `--index-version=${version}`, pack);
};

const cases: readonly [name: string, build: (root: string) => void, hash: HashKind, delta: number][] = [
  ["repack", repack, "sha1", OFS_DELTA],
  ["repack, long chains", (root) => repack(root, "--depth=50", "--window=50"), "sha1", OFS_DELTA],
  ["repack, no deltas", (root) => repack(root, "--depth=0"), "sha1", 0],
  ["deltas that name their base", packedByName, "sha1", REF_DELTA],
  ["an index of version 1", indexed("1"), "sha1", OFS_DELTA],
  ["64-bit offsets", indexed("2,0x40"), "sha1", OFS_DELTA],
  ["SHA-256", repack, "sha256", OFS_DELTA],
  ["SHA-256, deltas that name their base", packedByName, "sha256", REF_DELTA],
];

for (const [name, build, hash, delta] of cases) {
  const root = history(40, `--object-format=${hash}`);
  build(root);
  const path = packOf(root);
  const pack = openPack(path, hash);

  test(`${name}: entries are those that git verify-pack tells of`, () => {
    const told = git(root, "verify-pack", "-v", path)
      .split("\n")
      .filter((line) => /^[0-9a-f]{40,} /.test(line))
      .map((line) => line.split(/ +/))
      .map(([id, kind, size, , offset, , base]) => ({ id, kind, size, offset, base: base ?? "" }))
      .sort((a, b) => Number(a.offset) - Number(b.offset));
    assert.ok(told.length > 100);
    assert.deepEqual(entriesOf(pack), told);
    assert.deepEqual(pack.gaps, []);
    assert.equal(new Set(pack.stored).has(delta || OFS_DELTA), delta !== 0);
  });

  test(`${name}: the contents have the ids that the index says`, () => {
    assert.deepEqual(
      computedIds(pack),
      Array.from(pack.kinds, (_, rank) => idOfRank(pack.index, rank)),
    );
  });

  test(`${name}: ids and offsets lead to each other`, () => {
    for (let rank = 0; rank < pack.index.count; rank++) {
      const offset = pack.index.offsets[rank]!;
      const position = findId(pack.index, Buffer.from(idOfRank(pack.index, rank), "hex"));
      assert.equal(position, pack.index.positions[rank]);
      assert.equal(rankAt(pack.index, offset), rank);
      assert.equal(rankAt(pack.index, offset + 1), -1);
    }
    assert.equal(findId(pack.index, Buffer.alloc(32, 0xff)), -1);
    assert.equal(findId(pack.index, Buffer.alloc(32)), -1);
  });

  test(`${name}: the forest links each delta once, in the pack's order`, () => {
    const seen = new Set<number>();
    for (let base = 0; base < pack.index.count; base++) {
      for (let child = pack.firstChild[base]!, before = -1; child >= 0; child = pack.nextSibling[child]!) {
        assert.equal(pack.bases[child], base);
        assert.ok(child > before && !seen.has(child));
        seen.add(child);
        before = child;
      }
    }
    assert.equal(seen.size, pack.bases.filter((base) => base >= 0).length);
  });
}

function entriesOf(pack: Pack): readonly Record<string, string>[] {
  return Array.from(pack.index.offsets, (offset, rank) => ({
    id: idOfRank(pack.index, rank),
    kind: KIND_WORDS[pack.kinds[rank]!]!,
    size: String(pack.sizes[rank]),
    offset: String(offset),
    base: pack.bases[rank]! < 0 ? "" : idOfRank(pack.index, pack.bases[rank]!),
  }));
}

/** A pack of its own in a new folder, with what `harm` makes of it. */
function harmed(harm: (pack: Buffer, idx: Buffer) => void): string {
  const root = history(20);
  repack(root);
  const [pack, idx] = ["pack", "idx"].map((end) => readFileSync(packOf(root).replace(/pack$/, end))) as [
    Buffer,
    Buffer,
  ];
  harm(pack, idx);
  return join(folder({ "x.pack": pack, "x.idx": idx }), "x.pack");
}

const broken: readonly [name: string, harm: (pack: Buffer, idx: Buffer) => void, says: RegExp][] = [
  ["another magic", (pack) => pack.write("PICK"), /no pack/],
  ["another version", (pack) => pack.writeUInt32BE(4, 4), /version 4/],
  ["another count", (pack) => pack.writeUInt32BE(7, 8), /differ in how many/],
  ["an index of version 3", (_, idx) => idx.writeUInt32BE(3, 4), /version 3/],
  ["a fan-out that descends", (_, idx) => idx.writeUInt32BE(0xffffff, 8), /descends/],
  ["a count beyond the file", (_, idx) => idx.writeUInt32BE(0x7fffffff, 8 + 255 * 4), /does not fit/],
  ["ids out of order", (_, idx) => idx.fill(0xff, 8 + 1024, 8 + 1024 + 20), /fan-out|sorted/],
];

for (const [name, harm, says] of broken) {
  test(`${name} is told in a clear word`, () => {
    assert.throws(() => openPack(harmed(harm), "sha1"), { name: "Malformed", message: says });
  });
}

test("a pack with another checksum is a gap, and its entries are read", () => {
  const path = harmed((pack) => pack.writeUInt8(pack.at(-1)! ^ 1, pack.length - 1));
  const pack = openPack(path, "sha1");
  assert.equal(pack.whole, false);
  assert.deepEqual(
    pack.gaps.map(({ what }) => what),
    [path],
  );
  assert.ok(pack.kinds.every((kind) => kind > 0));
});

test("of a pack that is cut short the entries before the cut are read, and the others are gaps by their ids", () => {
  const path = harmed(() => {});
  const bytes = readFileSync(path);
  writeFileSync(path, bytes.subarray(0, bytes.length / 2));
  const pack = openPack(path, "sha1");
  const [cut, ...lost] = pack.gaps;
  assert.match(`${cut!.what} ${cut!.why}`, /x\.pack .*cut short/);
  const isRead = (rank: number): boolean => pack.kinds[rank]! > 0;
  const ranks = Array.from(pack.kinds.keys());
  assert.ok(ranks.some(isRead) && !ranks.every(isRead));
  assert.deepEqual(
    [...new Set(lost.map(({ what }) => what))].sort(),
    ranks
      .filter((rank) => !isRead(rank))
      .map((rank) => idOfRank(pack.index, rank))
      .sort(),
  );
});

test("an entry of no kind is a gap by its id, and its deltas are gaps too", () => {
  let offset = 0;
  const path = harmed((pack, idx) => {
    const count = idx.readUInt32BE(8 + 255 * 4);
    const offsets = Array.from({ length: count }, (_, i) => idx.readUInt32BE(8 + 1024 + count * 24 + i * 4));
    const whole = openPack(
      harmed(() => {}),
      "sha1",
    );
    const root = whole.firstChild.findIndex((child, rank) => child >= 0 && whole.bases[rank]! < 0);
    offset = whole.index.offsets[root]!;
    assert.ok(offsets.includes(offset));
    pack[offset]! &= 0x8f;
  });
  const pack = openPack(path, "sha1");
  const rank = rankAt(pack.index, offset);
  const unread = Array.from(pack.kinds.keys()).filter((at) => pack.kinds[at] === 0);
  assert.ok(unread.includes(rank) && unread.length > 1);
  assert.deepEqual(pack.gaps.map(({ what }) => what).sort(), unread.map((at) => idOfRank(pack.index, at)).sort());
});
