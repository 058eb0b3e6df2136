import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { WhereFrom } from "../../src/history/where.ts";
import { folder } from "../config/folder.ts";
import { gitWith } from "../git/history.ts";
import { git, repository } from "../sources/repository.ts";
import { tell } from "./unpacker.ts";

const KEPT = "kept\n";
const LEAK = "leak\n";

/** A repository whose first commit has a file `kept`. */
const base = (): string => {
  const root = repository({ kept: KEPT });
  git(root, "branch", "-M", "main");
  return root;
};

function commit(root: string, files: Readonly<Record<string, string | undefined>>, ...args: readonly string[]): string {
  for (const [name, content] of Object.entries(files)) {
    if (content === undefined) rmSync(join(root, name));
    else writeFileSync(join(root, name), content);
  }
  git(root, "add", "-A");
  git(root, "commit", "-qm", "a change", ...args);
  return head(root);
}

const head = (root: string): string => git(root, "rev-parse", "HEAD").trim();
const idOf = (root: string, content: string): string => gitWith(root, content, "hash-object", "--stdin").trim();

function leak(root: string, unreachable = false): WhereFrom {
  const told = tell(root, new Map([[idOf(root, LEAK), ["leak"]]]), unreachable);
  assert.deepEqual(told.gaps, []);
  return told.keys.get("leak")!;
}

const ids = (commits: WhereFrom["introduced"]): readonly string[] => commits.shown.map(({ id }) => id);
const paths = ({ paths: { shown } }: WhereFrom): readonly string[] => shown.map(({ path }) => path.toString());

test("a secret at HEAD is told with its path, its version and its names", () => {
  const root = base();
  const introduced = commit(root, { file: LEAK });
  git(root, "tag", "-am", "a tag", "v1");
  const told = leak(root);
  assert.deepEqual(ids(told.introduced), [introduced]);
  assert.deepEqual(told.head.shown, [{ path: Buffer.from("file"), blob: idOf(root, LEAK) }]);
  assert.equal(told.paths.shown[0]!.blob, idOf(root, LEAK));
  assert.deepEqual([...told.names.shown].sort(), ["HEAD", "refs/heads/main", "refs/tags/v1"]);
  assert.equal(told.reach, "ref");
  assert.equal(told.exposed.until, undefined);
});

test("a rename is no introduction, but a path has one", () => {
  const root = base();
  const introduced = commit(root, { file: LEAK });
  const moved = commit(root, { file: undefined, other: LEAK });
  const told = leak(root);
  assert.deepEqual([ids(told.introduced), told.removed.count], [[introduced], 0]);
  assert.deepEqual(paths(told).toSorted(), ["file", "other"]);
  const other = told.paths.shown.find(({ path }) => path.toString() === "other");
  assert.deepEqual(ids(other!.introduced), [moved]);
});

test("what was removed from the default branch was exposed until then, though a branch still has it", () => {
  const root = base();
  const dated = (seconds: number) => ["--date", `@${seconds} +0000`];
  process.env.GIT_COMMITTER_DATE = "@1700000000 +0000";
  const introduced = commit(root, { file: LEAK }, ...dated(1));
  git(root, "branch", "old");
  process.env.GIT_COMMITTER_DATE = "@1700000500 +0000";
  const removed = commit(root, { file: undefined }, ...dated(2));
  delete process.env.GIT_COMMITTER_DATE;
  const told = leak(root);
  assert.deepEqual([ids(told.introduced), ids(told.removed)], [[introduced], [removed]]);
  assert.deepEqual(told.exposed, { from: 1_700_000_000, until: 1_700_000_500 });
  assert.deepEqual([told.head.count, told.names.shown], [0, ["refs/heads/old"]]);
  assert.deepEqual([...told.inHistoryOf.shown].sort(), ["HEAD", "refs/heads/main", "refs/heads/old"]);
});

test("a secret that only a merge's own resolution brings is the merge's", () => {
  const root = base();
  git(root, "checkout", "-qb", "side");
  commit(root, { side: "side\n" });
  git(root, "checkout", "-q", "main");
  commit(root, { main: "main\n" });
  git(root, "merge", "-q", "--no-commit", "--no-ff", "side");
  const merge = commit(root, { file: LEAK });
  assert.deepEqual(ids(leak(root).introduced), [merge]);
});

test("what a branch brings is not the merge's, and what a branch removed neither", () => {
  const root = base();
  git(root, "checkout", "-qb", "side");
  const introduced = commit(root, { file: LEAK });
  git(root, "checkout", "-q", "main");
  commit(root, { main: "main\n" });
  git(root, "merge", "-q", "--no-ff", "-m", "merge", "side");
  git(root, "checkout", "-qb", "fix");
  const removed = commit(root, { file: undefined });
  git(root, "checkout", "-q", "main");
  commit(root, { main: "more\n" });
  git(root, "merge", "-q", "--no-ff", "-m", "merge", "fix");
  const told = leak(root);
  assert.deepEqual([ids(told.introduced), ids(told.removed)], [[introduced], [removed]]);
});

test("a merge that drops what a branch brought has removed it", () => {
  const root = base();
  git(root, "checkout", "-qb", "side");
  const introduced = commit(root, { file: LEAK });
  git(root, "checkout", "-q", "main");
  commit(root, { main: "main\n" });
  git(root, "merge", "-q", "-s", "ours", "-m", "merge", "side");
  git(root, "branch", "-qD", "side");
  const told = leak(root);
  assert.deepEqual([ids(told.introduced), ids(told.removed)], [[introduced], [head(root)]]);
  assert.equal(told.exposed.until, Number(git(root, "show", "-s", "--format=%ct", "HEAD")));
});

test("a merge that keeps what its own side removed has not removed it", () => {
  const root = base();
  commit(root, { file: LEAK });
  git(root, "checkout", "-qb", "side");
  commit(root, { side: "side\n" });
  git(root, "checkout", "-q", "main");
  const removed = commit(root, { file: undefined });
  git(root, "merge", "-q", "-s", "ours", "-m", "merge", "side");
  assert.deepEqual(ids(leak(root).removed), [removed]);
});

test("what a commit or a tag says itself is told of it, with the names that lead to it", () => {
  const root = base();
  git(root, "commit", "-q", "--allow-empty", "-m", LEAK);
  const said = head(root);
  git(root, "tag", "-am", LEAK, "inner");
  const inner = git(root, "rev-parse", "inner").trim();
  git(root, "tag", "-am", "outer", "outer", "inner");
  git(root, "tag", "-d", "inner");
  git(root, "commit", "-q", "--allow-empty", "-m", "more");
  git(root, "pack-refs", "--all");
  const toldOf = (id: string): WhereFrom => tell(root, new Map([[id, ["leak"]]])).keys.get("leak")!;
  const ofCommit = toldOf(said);
  assert.deepEqual([ofCommit.reach, ids(ofCommit.introduced), ofCommit.blobs.count], ["ref", [said], 0]);
  assert.deepEqual([...ofCommit.inHistoryOf.shown].sort(), ["HEAD", "refs/heads/main", "refs/tags/outer"]);
  assert.equal(ofCommit.exposed.until, undefined);
  const ofTag = toldOf(inner);
  assert.deepEqual([ofTag.reach, ofTag.introduced.count, ofTag.names.shown], ["ref", 0, ["refs/tags/outer"]]);
  git(root, "tag", "-d", "outer");
  assert.equal(toldOf(inner).reach, "unreachable");
  git(root, "reset", "-q", "--hard", "HEAD~2");
  assert.deepEqual([toldOf(said).reach, ids(toldOf(said).introduced)], ["logged", [said]]);
});

test("what was forced away is found through the reflog", () => {
  const root = base();
  const introduced = commit(root, { file: LEAK });
  git(root, "reset", "-q", "--hard", "HEAD~1");
  const told = leak(root);
  assert.deepEqual([told.reach, ids(told.introduced), told.names.count], ["logged", [introduced], 0]);
});

test("what was stashed is found through the stash", () => {
  const root = base();
  writeFileSync(join(root, "kept"), LEAK);
  git(root, "stash", "-q");
  assert.equal(leak(root).reach, "stash");
});

test("what nothing leads to counts if it is asked for", () => {
  const root = base();
  const introduced = commit(root, { file: LEAK });
  git(root, "reset", "-q", "--hard", "HEAD~1");
  rmSync(join(root, ".git/logs"), { recursive: true });
  rmSync(join(root, ".git/ORIG_HEAD"), { force: true });
  assert.deepEqual([leak(root).reach, leak(root).introduced.count], ["unreachable", 0]);
  const told = leak(root, true);
  assert.deepEqual([told.reach, ids(told.introduced), paths(told)], ["unreachable", [introduced], ["file"]]);
});

test("a tag can name a file or a folder", () => {
  const root = base();
  const blob = gitWith(root, LEAK, "hash-object", "-w", "--stdin").trim();
  git(root, "tag", "-am", "a tag", "file", blob);
  assert.deepEqual([leak(root).reach, leak(root).names.shown], ["ref", ["refs/tags/file"]]);
  git(root, "tag", "-d", "file");
  git(root, "tag", "folder", gitWith(root, `100644 blob ${blob}\tin\n`, "mktree").trim());
  assert.deepEqual([leak(root).reach, leak(root).inHistoryOf.shown], ["ref", ["refs/tags/folder"]]);
});

test("where a shallow clone ends, what seems to be brought may be older", () => {
  const origin = base();
  commit(origin, { file: LEAK });
  const last = commit(origin, { other: "other\n" });
  const root = folder({});
  git(root, "clone", "-q", "--depth=1", `file://${origin}`, "clone");
  const told = leak(join(root, "clone"));
  assert.deepEqual(
    told.introduced.shown.map(({ id, atCut }) => [id, atCut]),
    [[last, true]],
  );
});

test("a commit whose tree is missing is a gap, and no removal", () => {
  const root = base();
  const introduced = commit(root, { file: LEAK });
  commit(root, { other: "other\n" });
  const tree = git(root, "rev-parse", "HEAD^{tree}").trim();
  commit(root, { other: "more\n" });
  rmSync(join(root, ".git/objects", tree.slice(0, 2), tree.slice(2)));
  git(root, "config", "remote.origin.promisor", "true");
  const told = tell(root, new Map([[idOf(root, LEAK), ["leak"]]]));
  const { introduced: first, removed } = told.keys.get("leak")!;
  assert.deepEqual([ids(first), removed.count], [[introduced], 0]);
  assert.equal(told.gaps.length, 1);
});

test("folders that hold a folder many times over are told as far as they can be counted", () => {
  const root = base();
  const blob = gitWith(root, LEAK, "hash-object", "-w", "--stdin").trim();
  let tree = gitWith(root, `100644 blob ${blob}\tin\n`, "mktree").trim();
  for (let depth = 0; depth < 30; depth++) {
    const lines = Array.from({ length: 10 }, (_, i) => `040000 tree ${tree}\t${i}\n`);
    tree = gitWith(root, lines.join(""), "mktree").trim();
  }
  const commit = git(root, "commit-tree", "-m", "many", tree).trim();
  git(root, "update-ref", "refs/heads/many", commit);
  const other = gitWith(root, "other leak\n", "hash-object", "-w", "--stdin").trim();
  const last = git(
    root,
    "commit-tree",
    "-m",
    "other",
    "-p",
    commit,
    gitWith(root, `100644 blob ${other}\tin\n`, "mktree").trim(),
  );
  git(root, "update-ref", "refs/heads/many", last.trim());
  const told = tell(
    root,
    new Map([
      [blob, ["leak"]],
      [other, ["other"]],
    ]),
  );
  const { reach, introduced, removed, paths: found } = told.keys.get("leak")!;
  assert.deepEqual([reach, ids(introduced), ids(removed)], ["ref", [commit], [last.trim()]]);
  assert.deepEqual(ids(told.keys.get("other")!.introduced), [last.trim()]);
  assert.ok(found.count > 1000);
  assert.equal(told.gaps.length, 2);
});

test("a repository without a commit has nothing to tell", () => {
  const root = folder({});
  git(root, "init", "-q");
  assert.deepEqual([leak(root).reach, leak(root).paths.count], ["unreachable", 0]);
});
