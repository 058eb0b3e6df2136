import assert from "node:assert/strict";
import { test } from "node:test";
import { idOf, TREE } from "../../src/git/object-id.ts";
import { listObjects } from "../../src/git/objects.ts";
import { findRepository } from "../../src/git/repository.ts";
import { FOLDER, SUBMODULE, TreeCursor } from "../../src/git/tree.ts";
import { PackBytes, PackPages } from "../../src/history/pack-bytes.ts";
import { TreeGatherer, type TreePart, treesIn } from "../../src/history/trees.ts";
import { Walk } from "../../src/history/walk.ts";
import { folder } from "../config/folder.ts";
import { gitWith } from "../git/history.ts";
import { git } from "../sources/repository.ts";
import { numbers } from "./random-history.ts";
import { newUnpacker } from "./unpacker.ts";

/** What each tree was found to hold: `id: name id, ...`, folders with a slash. */
function listed(parts: readonly TreePart[], idSize: number): Map<string, string> {
  const found = new Map<string, string>();
  const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
  for (const { ids, starts, lists, runs, members, entries, texts } of parts) {
    for (let tree = 0; tree < ids.length / idSize; tree++) {
      const held: string[] = [];
      for (const run of lists.subarray(starts[tree], starts[tree + 1])) {
        const first = runs[2 * run]!;
        for (const entry of members.subarray(first, first + runs[2 * run + 1]!)) {
          const at = entries[2 * entry]!;
          const end = at + (entries[2 * entry + 1]! >>> 1);
          const name = Buffer.from(texts.subarray(at, end - idSize - 1)).toString("latin1");
          held.push(`${name}${entries[2 * entry + 1]! & 1 ? "/" : ""} ${hex(texts.subarray(end - idSize, end))}`);
        }
      }
      found.set(hex(ids.subarray(tree * idSize, (tree + 1) * idSize)), held.join(", "));
    }
  }
  return found;
}

/** The same of one tree, entry by entry. */
function slowlyListed(content: Buffer, wanted: ReadonlySet<string>, idSize: number): string {
  const cursor = new TreeCursor(content, idSize);
  const held: string[] = [];
  while (cursor.next()) {
    const id = content.toString("hex", cursor.idStart, cursor.idStart + idSize);
    const isFolder = cursor.mode >>> 12 === FOLDER >>> 12;
    if (cursor.mode >>> 12 === SUBMODULE >>> 12 || (!isFolder && !wanted.has(id))) continue;
    held.push(`${content.toString("latin1", cursor.nameStart, cursor.nameEnd)}${isFolder ? "/" : ""} ${id}`);
  }
  return held.join(", ");
}

/** A folder of hundreds of entries in many versions: long names, folders, submodules, programs, links. */
function largeTrees(seed: number, ...init: readonly string[]): { root: string; trees: string[]; wanted: Set<string> } {
  const pick = numbers(seed);
  const root = folder({});
  git(root, "init", "-q", ...init);
  const put = (text: string): string => gitWith(root, text, "hash-object", "-w", "--stdin").trim();
  const blobs = Array.from({ length: 12 }, (_, i) => put(`blob ${i}`));
  const subtrees = blobs.map((blob) => gitWith(root, `100644 blob ${blob}\tin\n`, "mktree").trim());
  const entries = new Map<string, string>();
  const change = (): void => {
    const name = `${"long-".repeat(pick(3) * pick(9))}${pick(400)}`;
    const one = pick(blobs.length);
    const kinds = [
      `100644 blob ${blobs[one]}`,
      `040000 tree ${subtrees[one]}`,
      `160000 commit ${[...blobs[one]!].reverse().join("")}`,
    ];
    kinds.push(`100755 blob ${blobs[one]}`, `120000 blob ${blobs[one]}`, kinds[0]!, kinds[0]!);
    if (pick(4) === 0) entries.delete(name);
    else entries.set(name, kinds[pick(kinds.length)]!);
  };
  for (let i = 0; i < 500; i++) change();
  const trees = Array.from({ length: 60 }, () => {
    for (let i = pick(4); i >= 0; i--) change();
    const lines = [...entries].map(([name, head]) => `${head}\t${name}\n`).join("");
    return gitWith(root, lines, "mktree", "--missing").trim();
  });
  gitWith(
    root,
    [...new Set([...trees, ...subtrees, ...blobs])].join("\n"),
    "pack-objects",
    "-q",
    "--depth=20",
    ".git/objects/pack/pack",
  );
  git(root, "prune-packed");
  return { root, trees, wanted: new Set(blobs.slice(0, 3)) };
}

for (const seed of [4, 5]) {
  test(`every long name of trees in deltas of each other is given with a tree that has it (seed ${seed})`, () => {
    const { root } = largeTrees(seed);
    const [pack] = listObjects(findRepository(root)!).packs;
    const unpacker = newUnpacker();
    const bytes = new PackBytes(pack!, new PackPages(unpacker));
    const slow = new Map<string, Set<string>>();
    const walk = new Walk(unpacker, pack!, bytes);
    for (let rank = 0; rank < pack!.index.count; rank++) {
      if (pack!.kinds[rank] !== TREE) continue;
      walk.one(rank, ({ bytes: content }) => {
        const cursor = new TreeCursor(content, 20);
        while (cursor.next()) {
          const name = content.toString("latin1", cursor.nameStart, cursor.nameEnd);
          if (name.length < 16) continue;
          slow.set(name, (slow.get(name) ?? new Set()).add(idOf("sha1", "tree", content)));
        }
      });
    }
    const found = new Set<string>();
    treesIn(unpacker, pack!, bytes, 0, pack!.index.count, new Uint8Array(0), {
      at: () => true,
      names: (tree, at, size) => {
        const text = unpacker.bytes({ at, size }).toString("latin1");
        assert.equal(text.at(-1), "\n");
        for (const name of text.slice(0, -1).split("\n")) {
          assert.ok(slow.get(name)?.has(Buffer.from(tree).toString("hex")), name);
          found.add(name);
        }
      },
    });
    bytes.close();
    assert.ok(slow.size > 50);
    assert.deepEqual([...found].sort(), [...slow.keys()].sort());
  });
}

test("names are given one by one where a tree has more than there is room for", () => {
  const unpacker = newUnpacker();
  const gatherer = new TreeGatherer(unpacker, new Uint8Array(0), 20, (_, at, size) => {
    for (const name of unpacker.bytes({ at, size }).toString("latin1").split("\n")) if (name !== "") found.add(name);
  });
  const found = new Set<string>();
  const names = Array.from({ length: 40_000 }, (_, i) => `a-name-of-some-length-${String(i).padStart(20, "0")}`);
  const content = Buffer.concat(names.map((name) => Buffer.from(`100644 ${name}\0${"x".repeat(20)}`, "latin1")));
  const held = unpacker.hold(content)!;
  gatherer.add(new Uint8Array(20), held.at, held.size);
  gatherer.add(new Uint8Array(20).fill(1), held.at, held.size);
  unpacker.pop(held);
  assert.equal(found.size, names.length);
});

for (const [seed, ...init] of [[1], [2], [3, "--object-format=sha256"]] as const) {
  test(`trees in deltas of each other hold what they hold when read entry by entry (seed ${seed})`, () => {
    const { root, wanted } = largeTrees(seed, ...init);
    const repository = findRepository(root)!;
    const [pack] = listObjects(repository).packs;
    const idSize = repository.hash === "sha1" ? 20 : 32;
    const unpacker = newUnpacker();
    const bytes = new PackBytes(pack!, new PackPages(unpacker));
    const slow = new Map<string, string>();
    const walk = new Walk(unpacker, pack!, bytes);
    let deltas = 0;
    for (let rank = 0; rank < pack!.index.count; rank++) {
      if (pack!.kinds[rank] !== TREE) continue;
      if (pack!.bases[rank]! >= 0) deltas++;
      walk.one(rank, ({ bytes: content }) =>
        slow.set(idOf(repository.hash, "tree", content), slowlyListed(content, wanted, idSize)),
      );
    }
    const ids = Buffer.from([...wanted].join(""), "hex");
    const found = treesIn(unpacker, pack!, bytes, 0, pack!.index.count, ids);
    bytes.close();
    assert.deepEqual(found.gaps, []);
    assert.deepEqual(new Map([...listed(found.parts, idSize)].sort()), new Map([...slow].sort()));
    assert.ok(deltas > 40, "most trees are stored as deltas");
  });
}

const entry = (mode: string, name: string, byte: number): Buffer =>
  Buffer.concat([Buffer.from(`${mode} ${name}\0`, "latin1"), Buffer.alloc(20, byte)]);

const broken: readonly (readonly [name: string, content: Buffer])[] = [
  ["that ends within an id", Buffer.concat([entry("40000", "a", 1), entry("40000", "b", 2).subarray(0, -1)])],
  ["that ends within a name", Buffer.concat([entry("40000", "a", 1), Buffer.from("100644 nam")])],
  ["that ends within a mode", Buffer.concat([entry("40000", "a", 1), Buffer.from("1006")])],
  ["with an entry without a name", Buffer.concat([entry("40000", "a", 1), entry("40000", "", 2)])],
  ["with a mode that is none", Buffer.concat([entry("40000", "a", 1), entry("4000x", "b", 2)])],
  ["with a mode that is too large", Buffer.concat([entry("40000", "a", 1), entry("7777777777777", "b", 2)])],
];

for (const [name, content] of broken) {
  test(`a tree ${name} is a gap, and what stands before is kept`, () => {
    const found = gathered([content]);
    assert.deepEqual([...listed(found.parts, 20).values()], [`a/ ${"01".repeat(20)}`]);
    assert.equal(found.gaps.length, 1);
  });
}

test("modes that git no longer writes are understood as git reads them", () => {
  const content = Buffer.concat([entry("040000", "a", 1), entry("100664", "b", 9), entry("120000", "c", 9)]);
  const found = gathered([content]);
  assert.deepEqual([...listed(found.parts, 20).values()], [slowlyListed(content, new Set(["09".repeat(20)]), 20)]);
  assert.deepEqual(found.gaps, []);
});

test("more trees than there is room for come in several parts, and none is lost", () => {
  const trees = Array.from({ length: 300 }, (_, i) =>
    Buffer.concat(Array.from({ length: 1000 }, (_, j) => entry("40000", `${i}-${j}`, (i * 7 + j) % 256))),
  );
  const found = gathered(trees);
  assert.ok(found.parts.length > 1);
  assert.deepEqual(
    [...listed(found.parts, 20).values()],
    trees.map((tree) => slowlyListed(tree, new Set(), 20)),
  );
});

test("a tree of more entries than there is ever room for is a gap", () => {
  const many = Buffer.concat(Array.from({ length: 140_000 }, (_, i) => entry("40000", `${i}`, i % 256)));
  const found = gathered([entry("40000", "a", 1), many, entry("40000", "b", 2)]);
  assert.deepEqual([...listed(found.parts, 20).values()], [`a/ ${"01".repeat(20)}`, `b/ ${"02".repeat(20)}`]);
  assert.equal(found.gaps.length, 1);
});

function gathered(trees: readonly Buffer[]) {
  const unpacker = newUnpacker();
  const gatherer = new TreeGatherer(unpacker, Buffer.alloc(20, 9), 20);
  for (const content of trees) {
    const room = unpacker.push(content.length + 64)!;
    content.copy(unpacker.bytes(room).fill(0));
    gatherer.add(Buffer.from(idOf("sha1", "tree", content), "hex"), room.at, content.length);
    unpacker.pop(room);
  }
  return gatherer.end();
}
