import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { Lookup } from "../../src/git/lookup.ts";
import { Malformed } from "../../src/git/malformed.ts";
import type { ObjectId } from "../../src/git/object-id.ts";
import { findRepository } from "../../src/git/repository.ts";
import { folder } from "../config/folder.ts";
import { git } from "../sources/repository.ts";
import { gitWith, history, packFolder } from "./history.ts";
import { makePack } from "./make-pack.ts";

const idsOf = (root: string): string[] =>
  git(root, "cat-file", "--batch-all-objects", "--batch-check=%(objectname) %(objecttype) %(objectsize)")
    .trim()
    .split("\n");

const WORDS = ["unknown", "commit", "tree", "blob", "tag"];

/** Every object, as git lists them. */
function seen(root: string, lookup: Lookup): string[] {
  return idsOf(root).map((line) => {
    const id = line.slice(0, line.indexOf(" ")) as ObjectId;
    assert.ok(lookup.has(id));
    const { kind, content } = lookup.read(id);
    return `${id} ${WORDS[kind]} ${content.length}`;
  });
}

const repositories: readonly [name: string, make: () => string][] = [
  ["one pack with long chains", () => repacked("-adfq", "--depth=50", "--window=50")],
  ["a pack with bases by name", () => repackedWith("repack.useDeltaBaseOffset=false")],
  ["an index of version 1", () => repackedWith("pack.indexVersion=1")],
  ["SHA-256", () => repacked("-adfq", "--depth=50")],
  ["loose objects", loose],
  ["many packs", manyPacks],
  ["a multi-pack-index", () => withMidx(manyPacks())],
  ["alternates", borrowed],
];

function repacked(...flags: readonly string[]): string {
  const root = history(30);
  git(root, "repack", ...flags);
  return root;
}

function repackedWith(setting: string): string {
  const root = history(30);
  git(root, "-c", setting, "repack", "-adfq");
  return root;
}

function loose(): string {
  const root = history(6);
  const [pack] = readdirSync(packFolder(root)).filter((name) => name.endsWith(".pack"));
  const bytes = readFileSync(join(packFolder(root), pack!));
  const empty = folder({});
  git(empty, "init", "-q");
  gitWith(empty, bytes, "unpack-objects", "-q");
  return empty;
}

function manyPacks(): string {
  const root = history(5);
  for (let i = 0; i < 4; i++) {
    git(root, "commit", "-q", "--allow-empty", "-m", `more ${i}`);
    git(root, "repack", "-dq");
  }
  return root;
}

function withMidx(root: string): string {
  git(root, "multi-pack-index", "write");
  return root;
}

function borrowed(): string {
  const clone = folder({});
  git(clone, "clone", "-q", "--shared", history(12), "x");
  return join(clone, "x");
}

for (const [name, make] of repositories) {
  test(`every object is found as git has it: ${name}`, () => {
    const root = name === "SHA-256" ? history(20, "--object-format=sha256") : make();
    const lookup = new Lookup(findRepository(root)!);
    assert.deepEqual(seen(root, lookup), idsOf(root));
    assert.deepEqual(lookup.gaps.all(), []);
    const [line] = idsOf(root);
    const id = line!.slice(0, line!.indexOf(" "));
    assert.ok(lookup.startingWith(id.slice(0, 10)).includes(id as ObjectId));
    const other = (id[0] === "0" ? "f" : "0").repeat(id.length) as ObjectId;
    assert.equal(lookup.has(other), false);
    assert.throws(() => lookup.read(other), /missing/);
  });
}

test("objects are found again after somebody has packed anew", () => {
  const root = history(8);
  const lookup = new Lookup(findRepository(root)!);
  git(root, "commit", "-q", "--allow-empty", "-m", "later");
  const id = git(root, "rev-parse", "HEAD").trim() as ObjectId;
  git(root, "repack", "-adfq");
  assert.equal(lookup.read(id).kind, 1);
});

const id = (digit: string): ObjectId => digit.repeat(40) as ObjectId;

/** A repository whose only pack is this one. */
function lookupIn(pack: string, shallow: readonly ObjectId[] = []): Lookup {
  const objects = folder({});
  mkdirSync(join(objects, "pack"));
  for (const end of [".pack", ".idx"])
    writeFileSync(join(objects, `pack/pack-x${end}`), readFileSync(pack.replace(/\.pack$/, end)));
  return new Lookup({ objectFolders: [objects], hash: "sha1", partial: false, shallow });
}

const broken: readonly [name: string, pack: () => string, id: ObjectId, why: RegExp][] = [
  ["another content", () => makePack([{ id: id("1"), kind: 3 }]), id("1"), /does not fit its id/],
  [
    "a circle of deltas",
    () =>
      makePack([
        { id: id("1"), kind: 7, base: id("2") },
        { id: id("2"), kind: 7, base: id("1") },
      ]),
    id("1"),
    /has no end/,
  ],
  ["a base elsewhere", () => makePack([{ id: id("1"), kind: 7, base: id("3") }]), id("1"), /thin pack/],
  ["a base before the pack", () => makePack([{ id: id("1"), kind: 6, base: 100 }]), id("1"), /not where the pack says/],
  ["2^40 bytes", () => makePack([{ id: id("1"), kind: 3, size: 2 ** 40 }]), id("1"), /larger than/],
  ["more than can be packed so", () => makePack([{ id: id("1"), kind: 3, size: 2 ** 28 }]), id("1"), /larger than its/],
  ["a kind that is none", () => makePack([{ id: id("1"), kind: 5 }]), id("1"), /of a kind/],
  [
    "a delta that copies from nowhere",
    () =>
      makePack([
        { id: id("1"), kind: 3, data: Buffer.from("base") },
        { id: id("2"), kind: 7, base: id("1"), data: Buffer.from([4, 9, 0x90 | 1, 0xff, 9]) },
      ]),
    id("2"),
    /copies from behind its base|delta/,
  ],
];

for (const [name, pack, wanted, why] of broken) {
  test(`an object that is ${name} is malformed`, () => assert.throws(() => lookupIn(pack()).read(wanted), why));
}

test("what a shallow clone may lack is said with what brings it", () => {
  const pack = makePack([{ id: id("1"), kind: 3 }]);
  assert.throws(() => lookupIn(pack, [id("1")]).read(id("9")), /git fetch --unshallow/);
});

const numRuns = Number(process.env.LEAKREACH_FUZZ_RUNS ?? 200);

test("whatever bytes change in a pack or its index, an object is given as it was or is malformed", () => {
  const root = history(12);
  git(root, "repack", "-adfq");
  const [pack] = readdirSync(packFolder(root)).filter((name) => name.endsWith(".pack"));
  const path = join(packFolder(root), pack!);
  const files = { ".pack": readFileSync(path), ".idx": readFileSync(path.replace(/\.pack$/, ".idx")) };
  const ids = idsOf(root).map((line) => line.slice(0, 40) as ObjectId);
  const whole = lookupIn(path);
  const contents = ids.map((each) => whole.read(each).content);
  const target = join(dirname(makePack([{ id: id("1"), kind: 3 }])), "pack-x.pack");
  const change = fc.record({
    end: fc.constantFrom(".pack" as const, ".idx" as const),
    at: fc.nat(),
    byte: fc.integer({ min: 0, max: 255 }),
  });
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
      for (const end of [".pack", ".idx"] as const) {
        const bytes = Buffer.from(files[end]);
        for (const { at, byte } of changes.filter((each) => each.end === end)) bytes[at % bytes.length] = byte;
        writeFileSync(target.replace(/\.pack$/, end), bytes);
      }
      const lookup = lookupIn(target);
      for (const [i, each] of ids.entries()) {
        try {
          assert.ok(lookup.read(each).content.equals(contents[i]!));
        } catch (error) {
          assert.ok(error instanceof Malformed, String(error));
        }
      }
    }),
    { numRuns },
  );
});
