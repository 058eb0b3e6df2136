import assert from "node:assert/strict";
import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { test } from "node:test";
import { deflateSync } from "node:zlib";
import { listLoose, readLoose, readLooseOf } from "../../src/git/loose.ts";
import { Gaps } from "../../src/git/malformed.ts";
import { COMMIT, type HashKind, ID_SIZE, idAt, KIND_WORDS, type ObjectId, TREE } from "../../src/git/object-id.ts";
import { finder, listObjects, type Objects } from "../../src/git/objects.ts";
import { idOfRank } from "../../src/git/pack-index.ts";
import { findRepository } from "../../src/git/repository.ts";
import { folder } from "../config/folder.ts";
import { git, repository } from "../sources/repository.ts";
import { history, packFolder } from "./history.ts";

/** Each object that counts, with its kind if it is in a pack. */
function counted({ packs, loose }: Objects, hash: HashKind = "sha1"): readonly string[] {
  const packed = packs.flatMap((pack) =>
    Array.from(pack.kinds, (kind, rank) => `${idOfRank(pack.index, rank)} ${KIND_WORDS[kind]}`).filter(
      (_, rank) => pack.repeated[pack.index.positions[rank]!] === 0,
    ),
  );
  const files = loose.flatMap(({ folder, ids, repeated }) =>
    Array.from(repeated, (mark, i) => ({ mark, id: idAt(ids, i * ID_SIZE[hash], ID_SIZE[hash]) }))
      .filter(({ mark }) => mark === 0)
      .map(({ id }) => `${id} ${KIND_WORDS[readLoose(folder, id, hash, 1 << 20)!.kind]}`),
  );
  return [...packed, ...files].sort();
}

const told = (root: string): readonly string[] =>
  git(root, "cat-file", "--batch-all-objects", "--batch-check=%(objectname) %(objecttype)").trim().split("\n").sort();

const objectsOf = (root: string): Objects => listObjects(findRepository(root)!);

/** Commits and packs of their own, then the same again in one pack more, and loose copies. */
function scattered(root: string): void {
  for (let i = 0; i < 3; i++) {
    writeFileSync(join(root, `new-${i}`), `content ${i}\n`);
    git(root, "add", `new-${i}`);
    git(root, "commit", "-qm", `new ${i}`);
    if (i < 2) git(root, "repack", "-dq");
  }
}

const then =
  (first: (root: string) => void, ...args: readonly string[]) =>
  (root: string): void => {
    first(root);
    git(root, ...args);
  };

const cases: readonly [name: string, build: (root: string) => void, hash: HashKind, packs: number, repeats: boolean][] =
  [
    ["one pack", (root) => void git(root, "repack", "-adq"), "sha1", 1, false],
    ["several packs and loose objects", scattered, "sha1", 3, false],
    ["SHA-256", scattered, "sha256", 3, false],
    ["a multi-pack-index", then(scattered, "multi-pack-index", "write"), "sha1", 3, false],
    ["the same objects in two packs", then(scattered, "repack", "-aq"), "sha1", 3, true],
    ["everything loose and packed", then(unpacked, "repack", "-aq"), "sha1", 1, true],
    ["everything loose", unpacked, "sha1", 0, false],
  ];

function unpacked(root: string): void {
  git(root, "repack", "-adq");
  const names = readdirSync(packFolder(root));
  const away = folder(Object.fromEntries(names.map((name) => [name, readFileSync(join(packFolder(root), name))])));
  for (const name of names) rmSync(join(packFolder(root), name), { force: true });
  for (const name of names.filter((name) => name.endsWith(".pack")))
    git(root, "-c", `alias.unpack=!git unpack-objects -q < '${join(away, name)}'`, "unpack");
}

for (const [name, build, hash, packs, repeats] of cases) {
  test(`${name}: each object counts once`, () => {
    const root = history(12, `--object-format=${hash}`);
    git(root, "reset", "-q", "--hard");
    build(root);
    const objects = objectsOf(root);
    assert.ok(objects.packs.length >= packs);
    assert.equal(
      [...objects.packs, ...objects.loose].some(({ repeated }) => repeated.includes(1)),
      repeats,
    );
    assert.deepEqual(counted(objects, hash), told(root));
    assert.deepEqual(objects.gaps, []);
    const find = finder(objects);
    for (const line of told(root)) assert.ok(find(line.split(" ")[0] as ObjectId));
    assert.equal(find("0123456789abcdef".repeat(4).slice(0, 2 * ID_SIZE[hash]) as ObjectId), undefined);
  });
}

test("an empty repository has no objects and no gaps", () => {
  const root = folder({});
  git(root, "init", "-q");
  const objects = objectsOf(root);
  assert.deepEqual(counted(objects), []);
  assert.deepEqual(objects.gaps, []);
});

test("objects of alternates count, through two repositories and a circle", () => {
  const [first, second] = [history(8), history(9)];
  const third = folder({});
  git(third, "clone", "-q", "--shared", second, "clone");
  const alternates = (root: string) => join(root, ".git/objects/info/alternates");
  mkdirSync(join(second, ".git/objects/info"), { recursive: true });
  writeFileSync(
    alternates(second),
    `# borrowed\n../../../${basename(first)}/.git/objects\n"${join(third, "clone/.git/objects")}"\n`,
  );
  const objects = objectsOf(join(third, "clone"));
  assert.equal(objects.packs.length, 2);
  assert.deepEqual(counted(objects), told(join(third, "clone")));
  appendFileSync(alternates(second), "/nowhere/objects\n");
  assert.match(findRepository(join(third, "clone"))!.gaps[0]!.why, /does not exist/);
});

test("a quarantine is found by the environment", () => {
  const main = history(5);
  const other = history(6);
  const repository = findRepository(main, {
    GIT_OBJECT_DIRECTORY: join(other, ".git/objects"),
    GIT_ALTERNATE_OBJECT_DIRECTORIES: `"${join(main, ".git/objects").replace("/", "\\057")}":/nowhere`,
  })!;
  assert.deepEqual(repository.objectFolders, [join(other, ".git/objects"), join(main, ".git/objects")]);
  assert.deepEqual(
    repository.gaps.map(({ what }) => what),
    ["/nowhere"],
  );
});

for (const [lost, kept] of [
  ["idx", "pack"],
  ["pack", "idx"],
] as const) {
  test(`a pack that lost its .${lost} is a gap`, () => {
    const root = history(5);
    for (const name of readdirSync(packFolder(root)))
      if (name.endsWith(lost)) rmSync(join(packFolder(root), name), { force: true });
    const { gaps, packs } = objectsOf(root);
    assert.equal(packs.length, 0);
    assert.equal(gaps.length, 1);
    assert.ok(gaps[0]!.what.endsWith(kept) && gaps[0]!.why.includes(lost));
  });
}

test("a pack that is being written is no gap", () => {
  const root = history(5);
  writeFileSync(join(packFolder(root), "tmp_pack_abc"), "PACK");
  writeFileSync(join(packFolder(root), ".tmp-12-pack-abc.pack"), "PACK");
  assert.deepEqual(objectsOf(root).gaps, []);
});

test("a pack that cannot be read is a gap, and the others are read", () => {
  const root = history(12);
  git(root, "reset", "-q", "--hard");
  scattered(root);
  const small = objectsOf(root).packs.at(-1)!;
  rmSync(small.path);
  writeFileSync(small.path, "PACKED");
  const { gaps, packs } = objectsOf(root);
  assert.equal(packs.length, 2);
  assert.deepEqual(gaps, [{ what: small.path, why: "the pack is too short" }]);
});

const loose: readonly [name: string, file: () => Uint8Array, says: RegExp][] = [
  ["not deflated", () => Buffer.from("blob 1\0x"), /corrupt/],
  ["no header", () => deflateSync("bulb 1\0x"), /header/],
  ["a size of 2^40", () => deflateSync(`blob ${2 ** 40}\0x`), /not as long/],
  ["cut short", () => deflateSync(`blob 3000\0${"x".repeat(3000)}`).subarray(0, 15), /corrupt/],
  ["another content", () => deflateSync("blob 1\0y"), /does not fit its id/],
  ["more than the limit", () => deflateSync(`blob 5000000\0${"x".repeat(5000000)}`), /larger than/],
];

for (const [name, file, says] of loose) {
  test(`a loose object: ${name}`, () => {
    const id = "ab".repeat(20) as ObjectId;
    const root = folder({ [`${id.slice(0, 2)}/${id.slice(2)}`]: file() });
    assert.deepEqual(Buffer.from(listLoose(root, "sha1", new Gaps())).toString("hex"), id);
    assert.throws(() => readLoose(root, id, "sha1", 1 << 20), { name: "Malformed", message: says });
  });
}

test("a loose object whose first bytes are broken may be of any kind, and what is wrong with it is said in words", () => {
  const id = "ab".repeat(20) as ObjectId;
  const root = folder({ [`${id.slice(0, 2)}/${id.slice(2)}`]: "no zlib stream" });
  for (const kind of [COMMIT, TREE] as const)
    assert.throws(() => readLooseOf(kind, root, id, "sha1", 1 << 20), { name: "Malformed", message: /corrupt/ });
});

test("a loose object that is not there is undefined, and other files are no objects", () => {
  const root = repository({ a: "a" });
  const objects = join(root, ".git/objects");
  writeFileSync(join(objects, "tmp_obj_1"), "");
  mkdirSync(join(objects, "00"), { recursive: true });
  writeFileSync(join(objects, "00/tmp_obj_2"), "");
  assert.deepEqual(counted(objectsOf(root)), told(root));
  assert.equal(readLoose(objects, "ab".repeat(20) as ObjectId, "sha1", 100), undefined);
});
