import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { appendFileSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Ref } from "../../src/git/ref.ts";
import { headName, type Refs, readRefs } from "../../src/git/refs.ts";
import { findRepository } from "../../src/git/repository.ts";
import { folder } from "../config/folder.ts";
import { git, repository } from "../sources/repository.ts";

/** A repository with what refs can be: branches, tags of both kinds, a stash, notes, a remote, symbolic ones, one that was deleted. */
function withRefs(...init: readonly string[]): string {
  const root = folder({ a: "one\n" });
  git(root, "init", "-q", "-b", "main", ...init);
  git(root, "add", "-A");
  git(root, "commit", "-qm", "first");
  git(root, "tag", "plain");
  git(root, "tag", "-am", "a tag", "annotated");
  git(root, "tag", "-am", "of a tag", "nested", "annotated");
  git(root, "branch", "deep/in/folders");
  git(root, "branch", "gone");
  git(root, "notes", "add", "-m", "a note");
  git(root, "update-ref", "refs/remotes/origin/main", "HEAD");
  git(root, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main");
  writeFileSync(join(root, "a"), "two\n");
  git(root, "stash", "-q");
  writeFileSync(join(root, "a"), "three\n");
  git(root, "stash", "-q");
  git(root, "commit", "-q", "--allow-empty", "-m", "rewritten");
  git(root, "commit", "-q", "--amend", "--allow-empty", "-m", "second");
  git(root, "branch", "-qD", "gone");
  return root;
}

const refsOf = (root: string): Refs => readRefs(findRepository(root)!);

const told = (root: string): readonly string[] =>
  git(root, "for-each-ref", "--format=%(refname) %(objectname) %(symref)").split("\n").slice(0, -1).sort();

const lines = (refs: readonly Ref[]): readonly string[] =>
  refs
    .filter(({ name }) => name.startsWith("refs/"))
    .map(({ name, id, target = "" }) => `${name} ${id} ${target}`)
    .sort();

/** All ids of the logs, in no order. */
const logged = ({ reflogs }: Refs): readonly string[] => [...new Set(reflogs.flatMap(({ ids }) => ids))].sort();

function toldLogs(root: string): readonly string[] {
  const ids = git(root, "rev-list", "--no-walk", "--reflog").trim().split("\n");
  return [...new Set(ids)].sort();
}

const idOf = (refs: Refs, name: string): string | undefined => refs.refs.find((ref) => ref.name === name)?.id;

/** Git stores refs in tables since 2.45. */
const formats: readonly (readonly string[])[] = [
  ["--ref-format=files"],
  ["--ref-format=reftable"],
  ["--ref-format=reftable", "--object-format=sha256"],
].filter(([option]) => option === "--ref-format=files" || knows(option!));

function knows(option: string): boolean {
  try {
    git(folder({}), "init", "-q", option);
    return true;
  } catch {
    return false;
  }
}

const stages: readonly [name: string, change: (root: string) => void][] = [
  ["fresh", () => {}],
  ["packed", (root) => void git(root, "pack-refs", "--all")],
  [
    "packed, then changed",
    (root) => {
      git(root, "pack-refs", "--all");
      git(root, "commit", "-q", "--allow-empty", "-m", "third");
      git(root, "branch", "-D", "-q", "deep/in/folders");
    },
  ],
  ["many", (root) => void many(root)],
];

function many(root: string): void {
  for (let i = 0; i < 30; i++) git(root, "commit", "-q", "--allow-empty", "-m", `commit ${i} ${"x".repeat(200)}`);
  for (let i = 0; i < 60; i++)
    git(root, "update-ref", `refs/changes/${i}/${"long-name-".repeat(9)}${i * 7919}`, `HEAD~${i % 30}`);
  git(root, "pack-refs", "--all");
}

for (const format of formats) {
  for (const [name, change] of stages) {
    test(`${format.join(" ")}, ${name}: refs and logs are those that git tells of`, () => {
      const root = format[0] === "--ref-format=files" ? withRefs(...format.slice(1)) : withRefs(...format);
      change(root);
      const refs = refsOf(root);
      assert.deepEqual(lines(refs.refs), told(root));
      assert.deepEqual(logged(refs), toldLogs(root));
      assert.deepEqual(refs.gaps, []);
      assert.equal(idOf(refs, "HEAD"), git(root, "rev-parse", "HEAD").trim());
      assert.equal(idOf(refs, "ORIG_HEAD"), git(root, "rev-parse", "ORIG_HEAD").trim());
      assert.ok(refs.reflogs.some(({ name, ids }) => name === "refs/stash" && ids.length === 2));
    });
  }

  test(`${format.join(" ")}: what a packed tag leads to is known`, () => {
    const root = withRefs(...(format[0] === "--ref-format=files" ? format.slice(1) : format));
    git(root, "pack-refs", "--all");
    const first = git(root, "rev-parse", "plain^{commit}").trim();
    for (const tag of ["annotated", "nested"])
      assert.equal(refsOf(root).refs.find(({ name }) => name === `refs/tags/${tag}`)?.peeled, first);
  });

  test(`${format.join(" ")}: work trees have heads and logs of their own`, () => {
    const root = withRefs(...(format[0] === "--ref-format=files" ? format.slice(1) : format));
    const tree = join(folder({}), "tree");
    git(root, "worktree", "add", "-q", "--detach", tree, "HEAD~1");
    git(tree, "commit", "-q", "--allow-empty", "-m", "only there");
    git(tree, "update-ref", "refs/worktree/own", "HEAD");
    const id = git(tree, "rev-parse", "HEAD").trim();
    const repository = findRepository(tree)!;
    const refs = readRefs(repository);
    assert.equal(headName(repository), "worktrees/tree/HEAD");
    assert.equal(idOf(refs, "worktrees/tree/HEAD"), id);
    assert.equal(idOf(refs, "worktrees/tree/refs/worktree/own"), id);
    assert.ok(refs.reflogs.some(({ name, ids }) => name === "worktrees/tree/HEAD" && ids.some((one) => one === id)));
    assert.equal(idOf(refs, "HEAD"), git(root, "rev-parse", "HEAD").trim());
    assert.deepEqual(refs.gaps, []);
  });

  test(`${format.join(" ")}: an empty repository has a HEAD that leads nowhere`, () => {
    const root = folder({});
    git(root, "init", "-q", "-b", "main", ...(format[0] === "--ref-format=files" ? format.slice(1) : format));
    assert.deepEqual(refsOf(root), { refs: [{ name: "HEAD", target: "refs/heads/main" }], reflogs: [], gaps: [] });
  });
}

test("each id of FETCH_HEAD and MERGE_HEAD counts", () => {
  const root = withRefs();
  const fetched = [1, 2].map((i) => repository({ [`f${i}`]: "x" }));
  for (const [i, other] of fetched.entries()) git(root, "fetch", "-q", ...(i ? ["--append"] : []), other, "HEAD");
  const ids = fetched.map((other) => git(other, "rev-parse", "HEAD").trim());
  writeFileSync(join(root, ".git/MERGE_HEAD"), ids.map((id) => `${id}\n`).join(""));
  const { refs } = refsOf(root);
  for (const name of ["FETCH_HEAD", "MERGE_HEAD"])
    assert.deepEqual(
      refs.filter((ref) => ref.name === name).map(({ id }) => id),
      ids,
    );
});

test("a detached HEAD, and one that is a link as git once wrote it", () => {
  const root = withRefs();
  const id = git(root, "rev-parse", "HEAD").trim();
  rmSync(join(root, ".git/HEAD"));
  symlinkSync("refs/heads/main", join(root, ".git/HEAD"));
  assert.deepEqual(
    refsOf(root).refs.find(({ name }) => name === "HEAD"),
    { name: "HEAD", id, target: "refs/heads/main" },
  );
  rmSync(join(root, ".git/HEAD"));
  writeFileSync(join(root, ".git/HEAD"), `${id}\n`);
  assert.deepEqual(
    refsOf(root).refs.find(({ name }) => name === "HEAD"),
    { name: "HEAD", id },
  );
});

const broken: readonly [name: string, harm: (gitDir: string) => void, what: RegExp, why: RegExp][] = [
  ["an empty ref", (dir) => writeFileSync(join(dir, "refs/heads/main"), ""), /^refs\/heads\/main$/, /is no ref/],
  [
    "a ref of nonsense",
    (dir) => writeFileSync(join(dir, "refs/heads/x"), "nonsense\n"),
    /^refs\/heads\/x$/,
    /is no ref/,
  ],
  ["a packed ref of nonsense", (dir) => appendFileSync(join(dir, "packed-refs"), "nonsense\n"), /line 2$/, /is no ref/],
  ["refs in a circle", circle, /^refs\/heads\/(?:x|y)$/, /too many others/],
  ["a pipe in place of a ref", (dir) => void execFileSync("mkfifo", [join(dir, "refs/heads/x")]), /\/x$/, /not a file/],
  ["a ref that is a folder", (dir) => mkdirSync(join(dir, "MERGE_HEAD")), /^MERGE_HEAD$/, /EISDIR|not a file/],
  [
    "refs kept in an unknown way",
    (dir) => appendFileSync(join(dir, "config"), "[extensions]\nrefStorage = tree\n"),
    /^refs$/,
    /not known/,
  ],
];

function circle(gitDir: string): void {
  writeFileSync(join(gitDir, "refs/heads/x"), "ref: refs/heads/y\n");
  writeFileSync(join(gitDir, "refs/heads/y"), "ref: refs/heads/x\n");
}

for (const [name, harm, what, why] of broken) {
  test(`${name} is a gap`, () => {
    const root = repository({ a: "x" });
    writeFileSync(join(root, ".git/packed-refs"), "# pack-refs with: peeled fully-peeled sorted \n");
    harm(join(root, ".git"));
    const { gaps } = refsOf(root);
    assert.ok(gaps.length > 0);
    for (const gap of gaps) {
      assert.match(gap.what, what);
      assert.match(gap.why, why);
    }
  });
}

test("a ref that is being written, and one that leads out of the repository", () => {
  const root = repository({ a: "x" });
  writeFileSync(join(root, ".git/refs/heads/main.lock"), "");
  symlinkSync("/", join(root, ".git/refs/heads/root"));
  const { refs, gaps } = refsOf(root);
  assert.deepEqual(
    gaps.map(({ what }) => what),
    ["refs/heads/root"],
  );
  assert.equal(
    refs.some(({ name }) => name.includes("lock")),
    false,
  );
});
