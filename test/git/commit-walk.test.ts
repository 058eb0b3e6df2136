import assert from "node:assert/strict";
import { test } from "node:test";
import { commitLinks, parseCommit } from "../../src/git/commit.ts";
import { CommitWalk, type RangeCommit } from "../../src/git/commit-walk.ts";
import { Lookup } from "../../src/git/lookup.ts";
import type { ObjectId } from "../../src/git/object-id.ts";
import { findRepository } from "../../src/git/repository.ts";
import { revision } from "../../src/git/revision.ts";
import { treeChanges } from "../../src/git/tree-changes.ts";
import { numbers, randomHistory } from "../history/random-history.ts";
import { git } from "../sources/repository.ts";
import { gitWith, history } from "./history.ts";

const lines = (text: string): string[] => text.split("\n").filter((line) => line !== "");

function between(root: string, tips: readonly string[], hidden: readonly string[]): RangeCommit[] {
  const lookup = new Lookup(findRepository(root)!);
  const unread = (id: string, why: string) => assert.fail(`${id}: ${why}`);
  return new CommitWalk({ lookup, shallow: [], unread }).between(tips as ObjectId[], hidden as ObjectId[]);
}

for (const seed of [1, 2, 3, 4, 5, 6]) {
  test(`ranges of a random history are those of git rev-list, parents first (${seed})`, () => {
    const root = randomHistory(seed);
    const all = lines(git(root, "rev-list", "--all"));
    const pick = numbers(seed + 100);
    for (let i = 0; i < 12; i++) {
      const tips = Array.from({ length: 1 + pick(3) }, () => all[pick(all.length)]!);
      const hidden = Array.from({ length: pick(3) }, () => all[pick(all.length)]!);
      const range = between(root, tips, hidden);
      const wanted = lines(git(root, "rev-list", ...tips, ...hidden.map((id) => `^${id}`)));
      assert.deepEqual(range.map(({ id }) => id).sort(), wanted.sort());
      const places = new Map(range.map(({ id }, at) => [id, at]));
      for (const { id, parents } of range)
        for (const parent of parents) assert.ok((places.get(parent) ?? -1) < places.get(id)!, "parents first");
    }
  });

  test(`what a commit of a random history adds is what git says that no parent has (${seed})`, () => {
    const root = randomHistory(seed, 50);
    const lookup = new Lookup(findRepository(root)!);
    for (const id of lines(git(root, "rev-list", "--all"))) {
      const treeOf = (commit: string) => git(root, "rev-parse", `${commit}^{tree}`).trim() as ObjectId;
      const parents = git(root, "log", "-1", "--format=%P", id).trim().split(" ").filter(Boolean);
      const unread = (path: string, _: string, why: string) => assert.fail(`${path}: ${why}`);
      const read = (tree: ObjectId) => lookup.read(tree).content;
      const { files } = treeChanges({ hash: "sha1", read, unread }, treeOf(id), parents.map(treeOf));
      assert.deepEqual(files.map((file) => `${file.path} ${file.id}`).sort(), added(root, id, parents));
    }
  });
}

const listed = (root: string, commit: string): Map<string, string> =>
  new Map(lines(git(root, "ls-tree", "-r", commit)).map((line) => [line.split("\t")[1]!, line.slice(12, 52)] as const));

/** By the whole lists of files: new is what no parent has at its path, unless it stood at a path that is no more (which no merge is asked that only changes files of all sides). */
function added(root: string, commit: string, parents: readonly string[]): string[] {
  const own = listed(root, commit);
  const before = parents.map((parent) => listed(root, parent));
  const fresh = [...own].filter(([path, id]) => before.every((files) => files.get(path) !== id));
  const isMerged = before.length > 1 && fresh.every(([path]) => before.every((files) => files.has(path)));
  const lost = isMerged
    ? new Set<string>()
    : new Set(before.flatMap((files) => [...files].flatMap(([path, id]) => (own.has(path) ? [] : id))));
  return fresh
    .filter(([, id]) => !lost.has(id))
    .map(([path, id]) => `${path} ${id}`)
    .sort();
}

test("where a commit stands is read as all of it is, whatever its lines are", () => {
  const [a, b] = ["a".repeat(40), "b".repeat(40)];
  const who = "A <a@example.org> 1700000000 +0100";
  const commits = [
    `tree ${a}\nauthor ${who}\ncommitter ${who}\n\nmessage\nparent ${b}\n`,
    `tree ${a}\nparent ${a}\nparent ${b}\nauthor ${who}\ncommitter ${who}\ngpgsig x\n y\n\nm`,
    `tree ${a}\nauthor ${who}\nauthor ${who}\ncommitter ${who}\n\nm`,
    `parent ${a}\ntree ${a}\nauthor ${who}\ncommitter ${who}\n\nm`,
    `tree ${a}\nparent ${a}x\nauthor ${who}\ncommitter A\n\nm`,
    `tree ${a}\nauthor ${who}\n\ncommitter ${who}\n`,
    "tree",
    "",
  ];
  for (const text of commits) {
    const { committer, tree, parents } = parseCommit(Buffer.from(text), "sha1");
    const links = commitLinks(Buffer.from(text), "sha1");
    assert.deepEqual([links.tree, links.parents, links.time], [tree, parents, committer?.time], text);
  }
});

test("clocks that were wrong hide no commit", () => {
  const root = history(1);
  const who = "A U Thor <author@example.org>";
  const stream = [5, 900, 3, 800, 1, 700].map(
    (time, i) =>
      `commit refs/heads/main\nmark :${i + 1}\ncommitter ${who} ${time} +0000\ndata 1\nx\n${i === 0 ? "from refs/heads/main^0\n" : ""}\n`,
  );
  gitWith(root, stream.join(""), "fast-import", "--quiet");
  const [tip, ...rest] = lines(git(root, "rev-list", "--topo-order", "main"));
  for (const base of rest)
    assert.deepEqual(
      between(root, [tip!], [base])
        .map(({ id }) => id)
        .sort(),
      lines(git(root, "rev-list", `${base}..${tip}`)).sort(),
    );
});

test("a lying tree of trees ends, and says so", () => {
  const lookups = new Map<string, Buffer>();
  let below = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391";
  for (let depth = 0; depth < 12; depth++) {
    const mode = depth === 0 ? "100644" : "40000";
    const entries = Array.from({ length: 12 }, (_, i) =>
      Buffer.concat([Buffer.from(`${mode} ${String.fromCharCode(97 + i)}\0`), Buffer.from(below, "hex")]),
    );
    below = depth.toString(16).repeat(40);
    lookups.set(below, Buffer.concat(entries));
  }
  const said: string[] = [];
  const unread = (_: string, __: string, why: string) => said.push(why);
  const read = (id: ObjectId) => lookups.get(id)!;
  const { files } = treeChanges({ hash: "sha1", read, unread, most: 2000 }, below as ObjectId, []);
  assert.ok(files.length <= 2000);
  assert.match(said[0]!, /more than 2000 new files|too many new folders/);
});

const names: readonly string[] = [
  "HEAD",
  "@",
  "main",
  "heads/main",
  "refs/heads/main",
  "HEAD~3",
  "HEAD^",
  "@~2^0",
  "v1",
  "v1^{commit}",
  "v1~1",
  "main^^",
  "x",
  "x~1",
];

for (const storage of ["loose", "packed"]) {
  test(`revisions by their names are what git rev-parse says, with ${storage} refs`, () => {
    const root = history(12);
    git(root, "branch", "x", "HEAD~2");
    if (storage === "packed") git(root, "pack-refs", "--all");
    const repository = findRepository(root)!;
    const lookup = new Lookup(repository);
    const head = git(root, "rev-parse", "HEAD").trim();
    for (const name of [...names, head, head.slice(0, 9), `${head.slice(0, 12)}~1`])
      assert.equal(revision(repository, lookup, name)?.id, git(root, "rev-parse", name).trim(), name);
    for (const name of ["nothing", "../HEAD", "refs/heads", "config", "main..", "HEAD~500", "-x", ""])
      assert.equal(revision(repository, lookup, name), undefined, name);
  });
}
