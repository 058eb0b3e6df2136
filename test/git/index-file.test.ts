import assert from "node:assert/strict";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { type Index, type IndexEntry, parseIndex, readIndex } from "../../src/git/index-file.ts";
import { indexTree } from "../../src/git/index-tree.ts";
import { Malformed } from "../../src/git/malformed.ts";
import type { HashKind } from "../../src/git/object-id.ts";
import { folder } from "../config/folder.ts";
import { git } from "../sources/repository.ts";

const numRuns = Number(process.env.LEAKREACH_FUZZ_RUNS ?? 500);

/** A work tree with folders in folders, a link, a long name and one that is no ASCII, all staged. */
function staged(...init: readonly string[]): string {
  const names = ["a", "a.b/c", "a/../a0", "b/c/d", "b/c.d", "b/d", `long/${"n".repeat(200)}/x`, "z/ü"];
  const root = folder(Object.fromEntries(names.map((name) => [name.replace("a/../", ""), `${name}\n`])));
  git(root, "init", "-q", ...init);
  git(root, "add", "-A");
  return root;
}

const indexOf = (root: string, hash: HashKind = "sha1") => readIndex(join(root, ".git/index"), hash)!;

const entriesOf = ({ entries }: Index): IndexEntry[] =>
  Array.from({ length: entries.length }, (_, i) => entries.at(i)!);

function listed(root: string, hash: HashKind = "sha1"): string[] {
  return entriesOf(indexOf(root, hash)).map(
    ({ mode, rawId, stage, path }) =>
      `${mode.toString(8)} ${Buffer.from(rawId, "latin1").toString("hex")} ${stage}\t${Buffer.from(path, "latin1").toString("utf8")}`,
  );
}

const said = (root: string): string[] => git(root, "ls-files", "--stage", "-z").split("\0").slice(0, -1);

for (const version of [2, 3, 4]) {
  for (const hash of ["sha1", "sha256"] as const) {
    test(`an index of version ${version} of ${hash} is read as git lists it, and its trees are those git would write`, () => {
      const root = staged(`--object-format=${hash}`);
      // Version 3 is what git writes when an entry has flags that version 2 has not.
      if (version === 3) {
        writeFileSync(join(root, "later"), "x");
        git(root, "add", "--intent-to-add", "later");
      } else git(root, "update-index", `--index-version=${version}`);
      assert.equal(readFileSync(join(root, ".git/index")).readUInt32BE(4), version);
      assert.deepEqual(listed(root, hash), said(root));
      const made = indexTree(indexOf(root, hash), hash).root;
      assert.equal(made, git(root, "write-tree").trim());
      assert.equal(indexTree(indexOf(root, hash), hash).root, made, "with the trees that the index now knows");
      const known = indexOf(root, hash).trees.get("")?.rawId;
      assert.ok(version === 3 || known === Buffer.from(made, "hex").toString("latin1"));
    });
  }
}

test("after a change only the folders around it are made anew", () => {
  const root = staged();
  git(root, "write-tree");
  writeFileSync(join(root, "b/d"), "changed\n");
  git(root, "add", "b/d");
  const { root: made, trees } = indexTree(indexOf(root), "sha1");
  assert.equal(trees.size, 2);
  assert.equal(made, git(root, "write-tree").trim());
});

test("a sparse index has folders among its entries", () => {
  const root = staged();
  git(root, "commit", "-qm", "first");
  git(root, "sparse-checkout", "set", "--cone", "--sparse-index", "b");
  assert.ok(entriesOf(indexOf(root)).some(({ path }) => path.endsWith("/")));
  assert.equal(indexTree(indexOf(root), "sha1").root, git(root, "rev-parse", "HEAD^{tree}").trim());
});

test("files that are not merged yet are named, and are not in the tree", () => {
  const root = staged();
  git(root, "commit", "-qm", "first");
  for (const side of ["one", "two"]) {
    git(root, "checkout", "-q", "-b", side, "HEAD");
    writeFileSync(join(root, "a0"), `${side}\n`);
    git(root, "commit", "-qam", side);
    if (side === "one") git(root, "checkout", "-q", "HEAD~1");
  }
  assert.throws(() => git(root, "merge", "-q", "one"));
  assert.deepEqual(listed(root), said(root));
  assert.deepEqual(indexTree(indexOf(root), "sha1").unmerged, ["a0"]);
});

test("an index whose checksum does not fit is read, as git reads it", () => {
  const root = staged();
  const bytes = readFileSync(join(root, ".git/index"));
  bytes[bytes.length - 1]! ^= 1;
  writeFileSync(join(root, ".git/index"), bytes);
  assert.deepEqual(listed(root), said(root));
});

test("entries that are not in order are malformed", () => {
  const root = folder({ aa: "1", ab: "2", "c/a": "3", "c/b": "4" });
  git(root, "init", "-q");
  git(root, "add", "-A");
  const whole = readFileSync(join(root, ".git/index"));
  for (const [from, to] of [
    ["aa", "zz"],
    ["ab", "aa"],
    ["c/a", "c/z"],
    ["c/b", "b/b"],
  ] as const) {
    const bytes = Buffer.from(whole);
    bytes.write(to, bytes.indexOf(`${from}\0`), "latin1");
    assert.throws(() => indexTree(parseIndex(bytes, "sha1"), "sha1"), /not in order/, `${from} to ${to}`);
  }
});

for (const hash of ["sha1", "sha256"] as const) {
  for (const version of ["2", "4"]) {
    test(`a split index of version ${version} of ${hash} is read with its shared half as git lists it`, () => {
      const root = staged(`--object-format=${hash}`);
      for (let i = 0; i < 200; i++) writeFileSync(join(root, `n${i}`), `${i}\n`);
      git(root, "add", "-A");
      git(root, "config", "splitIndex.maxPercentChange", "100");
      git(root, "update-index", `--index-version=${version}`);
      git(root, "update-index", "--split-index");
      assert.deepEqual(listed(root, hash), said(root), "nothing of its own");
      for (const name of ["n3", "n70", "n71", "b/d"]) writeFileSync(join(root, name), `changed ${name}\n`);
      for (const name of ["0first", "n100more", "zz"]) writeFileSync(join(root, name), "new\n");
      git(root, "rm", "-q", "--cached", "n5", ...Array.from({ length: 80 }, (_, i) => `n${110 + i}`));
      git(root, "add", "n3", "n70", "n71", "b/d", "0first", "n100more", "zz");
      assert.ok(readFileSync(join(root, ".git/index")).includes("link"), "still split");
      assert.deepEqual(listed(root, hash), said(root));
      assert.equal(indexTree(indexOf(root, hash), hash).root, git(root, "write-tree").trim());
    });
  }
}

test("a split index without its shared half, or with another one, is malformed", () => {
  const root = staged();
  git(root, "update-index", "--split-index");
  const [name] = readdirSync(join(root, ".git")).filter((file) => file.startsWith("sharedindex."));
  const path = join(root, ".git", name!);
  const bytes = readFileSync(path);
  rmSync(path);
  assert.throws(() => indexOf(root), /--no-split-index/);
  writeFileSync(path, readFileSync(join(root, ".git/index")));
  assert.throws(() => indexOf(root), /--no-split-index/);
  writeFileSync(path, bytes);
  assert.equal(indexOf(root).entries.length, said(root).length);
});

test("whatever bytes change in a split index, it is read or malformed", () => {
  const root = staged();
  git(root, "config", "splitIndex.maxPercentChange", "100");
  git(root, "update-index", "--split-index");
  writeFileSync(join(root, "a"), "changed\n");
  git(root, "rm", "-q", "--cached", "b/d");
  git(root, "add", "a");
  const whole = readFileSync(join(root, ".git/index"));
  const [name] = readdirSync(join(root, ".git")).filter((file) => file.startsWith("sharedindex."));
  const shared = readFileSync(join(root, ".git", name!));
  const from = whole.indexOf("link");
  const change = fc.record({
    at: fc.integer({ min: from, max: whole.length - 21 }),
    byte: fc.integer({ min: 0, max: 255 }),
  });
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
      const bytes = Buffer.from(whole);
      for (const { at, byte } of changes) bytes[at] = byte;
      bytes.fill(0, bytes.length - 20);
      try {
        parseIndex(bytes, "sha1", () => shared);
      } catch (error) {
        assert.ok(error instanceof Malformed);
      }
    }),
    { numRuns },
  );
});

for (const version of ["2", "4"]) {
  test(`whatever bytes change in an index of version ${version}, it is read or malformed`, () => {
    const root = staged();
    git(root, "write-tree");
    git(root, "update-index", `--index-version=${version}`);
    const whole = readFileSync(join(root, ".git/index"));
    const change = fc.record({ at: fc.nat(), byte: fc.integer({ min: 0, max: 255 }) });
    const cases = fc.tuple(
      fc.array(change, { minLength: 1, maxLength: 5 }),
      fc.nat({ max: whole.length - 21 }),
      fc.boolean(),
    );
    fc.assert(
      fc.property(cases, ([changes, cut, isCut]) => {
        const bytes = Buffer.from(whole);
        for (const { at, byte } of changes) bytes[at % bytes.length] = byte;
        const index = isCut ? Buffer.concat([bytes.subarray(0, cut), bytes.subarray(-20)]) : bytes;
        try {
          indexTree(parseIndex(index, "sha1"), "sha1");
        } catch (error) {
          assert.ok(error instanceof Malformed, String((error as Error).stack));
        }
      }),
      { numRuns },
    );
  });
}
