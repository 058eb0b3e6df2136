import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parseConfig } from "../../src/git/config-file.ts";
import { findRepository, type GitEnvironment } from "../../src/git/repository.ts";
import { folder } from "../config/folder.ts";
import { git, repository } from "../sources/repository.ts";
import { gitWith } from "./history.ts";

type Built = { readonly at: string; readonly env?: GitEnvironment };

const cases: readonly [name: string, build: () => Built, bare: boolean][] = [
  ["a work tree", () => ({ at: repository({ "a/b": "x" }) }), false],
  ["a folder of a work tree", () => ({ at: join(repository({ "a/b": "x" }), "a") }), false],
  ["a file of a work tree", () => ({ at: join(repository({ "a/b": "x" }), "a/b") }), false],
  ["the git folder itself", () => ({ at: join(repository({ a: "x" }), ".git") }), false],
  ["a folder inside the git folder", () => ({ at: join(repository({ a: "x" }), ".git/refs/heads") }), false],
  ["a bare repository", () => ({ at: bare() }), true],
  ["a bare repository without settings", withoutConfig, true],
  ["a linked work tree", () => ({ at: linked(repository({ a: "x" })) }), false],
  ["a linked work tree of a bare repository", () => ({ at: linked(bare()) }), false],
  ["a submodule", submodule, false],
  ["a git folder of another place", separate, false],
  ["GIT_DIR", () => ({ at: folder({}), env: { GIT_DIR: join(repository({ a: "x" }), ".git") } }), false],
  ["GIT_DIR, from where git was started", () => ({ at: repository({ a: "x" }), env: { GIT_DIR: ".git" } }), false],
];

function bare(): string {
  const root = folder({});
  git(root, "clone", "-q", "--bare", repository({ a: "x" }), "x.git");
  return join(root, "x.git");
}

function withoutConfig(): Built {
  const at = bare();
  rmSync(join(at, "config"));
  return { at };
}

function linked(root: string): string {
  const at = join(folder({}), "tree");
  git(root, "worktree", "add", "-q", "--detach", at);
  return at;
}

function submodule(): Built {
  const root = repository({ a: "x" });
  git(root, "submodule", "--quiet", "add", repository({ b: "y" }), "inner");
  return { at: join(root, "inner") };
}

function separate(): Built {
  const root = folder({});
  git(root, "init", "-q", "--separate-git-dir", join(folder({}), "elsewhere"));
  return { at: root };
}

/** What git says; it wants a folder to start in. */
function asked(at: string, question: string, env: GitEnvironment = {}): string {
  const cwd = at.endsWith("a/b") ? join(at, "..") : at;
  return execFileSync("git", ["rev-parse", ...question.split(" ")], {
    cwd,
    env: { ...process.env, ...(env as NodeJS.ProcessEnv) },
    encoding: "utf8",
  }).trim();
}

for (const [name, build, isBare] of cases) {
  test(`${name} is found as git finds it`, () => {
    const { at, env } = build();
    const found = findRepository(at, env)!;
    assert.equal(found.gitDir, realpathSync(asked(at, "--absolute-git-dir", env)));
    assert.equal(found.commonDir, realpathSync(asked(at, "--path-format=absolute --git-common-dir", env)));
    assert.deepEqual(found.objectFolders, [realpathSync(asked(at, "--path-format=absolute --git-path objects", env))]);
    assert.equal(found.bare, isBare);
    assert.deepEqual([found.hash, found.refStorage, found.partial, found.shallow], ["sha1", "files", false, []]);
    assert.deepEqual(found.gaps, []);
  });
}

test("outside of a repository nothing is found, nor in a folder that only looks like one", () => {
  assert.equal(findRepository(folder({})), undefined);
  assert.equal(findRepository(folder({ ".git/HEAD": "ref: refs/heads/main\n" })), undefined);
});

test("SHA-256, a shallow and a partial clone are known", () => {
  const root = folder({});
  git(root, "init", "-q", "--object-format=sha256", "s");
  assert.equal(findRepository(join(root, "s"))!.hash, "sha256");
  const origin = repository({ a: "x" });
  git(origin, "commit", "-q", "--allow-empty", "-m", "second");
  git(origin, "config", "uploadpack.allowFilter", "true");
  git(root, "clone", "-q", "--depth=1", `file://${origin}`, "shallow");
  assert.deepEqual(findRepository(join(root, "shallow"))!.shallow, [git(origin, "rev-parse", "HEAD").trim()]);
  git(root, "clone", "-q", "--filter=blob:none", "--no-checkout", `file://${origin}`, "partial");
  assert.equal(findRepository(join(root, "partial"))!.partial, true);
  git(origin, "config", "extensions.partialClone", "origin");
  assert.equal(findRepository(origin)!.partial, true);
});

const broken: readonly [name: string, harm: (root: string) => void, says: RegExp][] = [
  ["a broken setting", (root) => writeFileSync(join(root, ".git/config"), "[core\n"), /bad config/],
  [
    "a hash that nobody knows",
    (root) => void git(root, "config", "extensions.objectFormat", "md5"),
    /other than SHA-1/,
  ],
  [
    "a commondir that is a folder",
    (root) => mkdirSync(join(root, ".git/commondir")),
    /cannot be opened: is not a file/,
  ],
  [
    "a .git that points nowhere",
    (root) => {
      renameSync(join(root, ".git"), join(root, "away"));
      writeFileSync(join(root, ".git"), "gitdir: nowhere\n");
    },
    /not a git repository/,
  ],
];

for (const [name, harm, says] of broken) {
  test(`${name} is the user's to mend`, () => {
    const root = repository({ a: "x" });
    harm(root);
    assert.throws(() => findRepository(root), { name: "ScanError", code: "git-failed", message: says });
  });
}

test("a GIT_DIR that is no repository is the user's to mend", () => {
  assert.throws(() => findRepository(folder({}), { GIT_DIR: "/nowhere" }), { code: "git-failed" });
});

const settings = [
  "[a]\n\tkey = value # comment\n",
  '[a "B.c"]\nKey=  "  kept  "  \n',
  '[a "quote\\"d \\\\"] k = v\n',
  "[A.B]\nyes\n empty =\n",
  '[a]\nlong = one\\\n  two "three ; #" four ; rest\n',
  '[a]\nescapes = "tab\\t" line\\n\\"x\\"\\\\\n[b] c = d\n[b]\nc = e\n',
  "; nothing\n\n# else\n[a]\r\nk = windows\r\n",
  "[a]\nno-end = x",
  "k = v\n",
];

for (const text of settings) {
  test(`settings are read as git reads them: ${JSON.stringify(text)}`, () => {
    const told = gitWith(folder({}), text, "config", "--null", "--file", "-", "--list")
      .split("\0")
      .filter((entry) => entry !== "")
      .map((entry) => [entry.split("\n")[0], entry.includes("\n") ? entry.slice(entry.indexOf("\n") + 1) : "true"]);
    assert.deepEqual(parseConfig(text), new Map(told as [string, string][]));
  });
}

for (const text of ["[a\n", '[a "b]\n', "[a]\n= v\n", '[a]\nk = "open\n', "[a]\nk = \\x\n", "[a]\nk v\n"]) {
  test(`settings that git refuses are refused: ${JSON.stringify(text)}`, () => {
    assert.throws(() => gitWith(folder({}), text, "config", "--file", "-", "--list"));
    assert.throws(() => parseConfig(text), { name: "Malformed" });
  });
}

test("worktree settings say whether the main work tree is bare", () => {
  const root = repository({ a: "x" });
  git(root, "config", "extensions.worktreeConfig", "true");
  git(root, "config", "--worktree", "core.bare", "true");
  assert.equal(findRepository(root)!.bare, true);
  mkdirSync(join(root, "sub"));
  assert.equal(findRepository(join(root, "sub"))!.bare, true);
});
