import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { folder } from "../config/folder.ts";
import { leak, token } from "../scan/running.ts";
import { git } from "../sources/repository.ts";

/** The framework of https://pre-commit.com, of PATH or as PRE_COMMIT_BIN names it. */
const FRAMEWORK = process.env.PRE_COMMIT_BIN ?? "pre-commit";
const found = spawnSync(FRAMEWORK, ["--version"], { encoding: "utf8" });
const skip = found.status !== 0 && "pre-commit is not there: pip install pre-commit, or name it with PRE_COMMIT_BIN";

const write = (root: string, path: string, content: string): void => writeFileSync(join(root, path), content);

describe("the real pre-commit", { skip }, () => {
  /** A bare clone of a repository that has this bundle committed, as a release has. */
  const release = folder({});
  for (const name of [".pre-commit-hooks.yaml", "package.json", "dist"])
    cpSync(name, join(release, name), { recursive: true });
  git(release, "init", "-q");
  git(release, "add", "-A");
  git(release, "commit", "-qm", "release");
  const commit = git(release, "rev-parse", "HEAD").trim();
  const bare = join(folder({}), "leakreach.git");
  git(release, "clone", "-q", "--bare", ".", bare);
  const home = folder({
    gitconfig: '[user]\n\tname = Test\n\temail = test@example.org\n[protocol "file"]\n\tallow = always\n',
  });
  let env: NodeJS.ProcessEnv = {
    ...process.env,
    PRE_COMMIT_HOME: join(home, "cache"),
    GIT_CONFIG_GLOBAL: join(home, "gitconfig"),
    GIT_CONFIG_SYSTEM: "/dev/null",
  };

  function run(root: string, command: string, ...args: readonly string[]) {
    const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, env, encoding: "utf8" });
    return { status, said: `${stdout}${stderr}` };
  }

  /** A repository that has installed both hooks; nothing is committed in it yet. */
  function using(files: Readonly<Record<string, string>>): string {
    const config = `repos:\n  - repo: file://${bare}\n    rev: ${commit}\n    hooks: [{ id: leakreach }, { id: leakreach-push }]\n`;
    const root = folder({ ...files, ".pre-commit-config.yaml": config });
    git(root, "init", "-q");
    git(root, "add", "-A");
    const { status, said } = run(root, FRAMEWORK, "install", "-t", "pre-commit", "-t", "pre-push");
    assert.equal(status, 0, said);
    return root;
  }

  /** The same with its first commit. */
  function committed(files: Readonly<Record<string, string>>): string {
    const root = using(files);
    const { status, said } = run(root, "git", "commit", "-qm", "first");
    assert.equal(status, 0, said);
    return root;
  }

  const isStopped = ({ status, said }: { status: number | null; said: string }): void => {
    assert.equal(status, 1, said);
    assert.match(said, /STOPPED: nothing was committed/);
    assert.equal(said.includes(token(1)), false);
  };

  test("the first run installs nothing but the clone, and the first commit of a repository is looked at", () => {
    const root = using({ "leaky.env": leak(1) });
    isStopped(run(root, "git", "commit", "-qm", "first"));
    git(root, "rm", "-q", "--cached", "leaky.env");
    const passed = run(root, "git", "commit", "-qm", "first");
    assert.equal(passed.status, 0, passed.said);
    assert.match(passed.said, /leaked tokens in what is staged\.+Passed/);
  });

  test("a file staged in part: what is staged counts, either way", () => {
    const root = committed({ "a.env": "a\n", "b.env": "b\n" });
    write(root, "a.env", leak(1));
    git(root, "add", "a.env");
    write(root, "a.env", "a\n");
    isStopped(run(root, "git", "commit", "-qm", "x"));
    assert.equal(readFileSync(join(root, "a.env"), "utf8"), "a\n");
    git(root, "checkout", "-q", "HEAD", "a.env");
    write(root, "b.env", "staged\n");
    git(root, "add", "b.env");
    write(root, "b.env", `staged\n${leak(1)}`);
    const passed = run(root, "git", "commit", "-qm", "x");
    assert.equal(passed.status, 0, passed.said);
    assert.equal(readFileSync(join(root, "b.env"), "utf8"), `staged\n${leak(1)}`);
  });

  for (const linked of [false, true]) {
    test(`commit -a and commit -- FILE${linked ? " in a linked work tree" : ""}`, () => {
      let root = committed({ "leaky.env": "a\n", "clean.env": "b\n", other: "c\n" });
      if (linked) {
        const second = join(folder({}), "second");
        git(root, "worktree", "add", "-q", second);
        root = second;
      }
      write(root, "leaky.env", leak(1));
      write(root, "clean.env", "changed\n");
      write(root, "other", "changed\n");
      git(root, "add", "other");
      isStopped(run(root, "git", "commit", "-qam", "x"));
      isStopped(run(root, "git", "commit", "-qm", "x", "--", "leaky.env"));
      const passed = run(root, "git", "commit", "-qm", "x", "--", "clean.env");
      assert.equal(passed.status, 0, passed.said);
    });
  }

  test("a merge: what a side had is not new, what the merge adds is", () => {
    const root = committed({ "a.env": "a\n", "b.env": "b\n" });
    run(root, "git", "checkout", "-qb", "side");
    write(root, "b.env", `theirs\n${leak(1)}`);
    run(root, "git", "commit", "-qam", "side", "--no-verify");
    run(root, "git", "checkout", "-q", "-");
    write(root, "b.env", "ours\n");
    assert.equal(run(root, "git", "commit", "-qam", "ours").status, 0);
    assert.equal(run(root, "git", "merge", "-q", "side").status, 1);
    write(root, "b.env", `both\n${leak(1)}${leak(2)}`);
    git(root, "add", "b.env");
    const stopped = run(root, "git", "commit", "-qm", "merged");
    isStopped(stopped);
    assert.match(stopped.said, /1 leaked secret in 1 file/);
    write(root, "b.env", `both\n${leak(1)}`);
    git(root, "add", "b.env");
    const passed = run(root, "git", "commit", "-qm", "merged");
    assert.equal(passed.status, 0, passed.said);
  });

  test("a push: a commit that was taken away again is found, on a new branch and on an old one", () => {
    const root = committed({ a: "a\n" });
    const server = join(folder({}), "server.git");
    git(root, "init", "-q", "--bare", server);
    git(root, "remote", "add", "origin", `file://${server}`);
    const first = run(root, "git", "push", "-q", "origin", "HEAD:refs/heads/main");
    assert.equal(first.status, 0, first.said);
    write(root, "leaky.env", leak(1));
    git(root, "add", "-A");
    run(root, "git", "commit", "-qm", "leak", "--no-verify");
    git(root, "rm", "-q", "leaky.env");
    run(root, "git", "commit", "-qm", "gone again");
    for (const branch of ["main", "new"]) {
      const { status, said } = run(root, "git", "push", "-q", "origin", `HEAD:refs/heads/${branch}`);
      assert.equal(status, 1, said);
      assert.match(said, /STOPPED: nothing was pushed/);
    }
  });

  test("the first push of a whole repository is looked at, root commit included", () => {
    const root = using({ "leaky.env": leak(1) });
    run(root, "git", "commit", "-qm", "first", "--no-verify");
    const server = join(folder({}), "server.git");
    git(root, "init", "-q", "--bare", server);
    git(root, "remote", "add", "origin", `file://${server}`);
    assert.match(run(root, "git", "push", "-q", "origin", "HEAD:refs/heads/main").said, /STOPPED: nothing was pushed/);
  });

  test("by hand: --from-ref and --to-ref look at these commits, SKIP leaves it out", () => {
    const root = committed({ a: "a\n" });
    write(root, "leaky.env", leak(1));
    git(root, "add", "-A");
    run(root, "git", "commit", "-qm", "leak", "--no-verify");
    isStopped(run(root, FRAMEWORK, "run", "leakreach", "--from-ref", "HEAD~1", "--to-ref", "HEAD"));
    git(root, "rm", "-q", "leaky.env");
    write(root, "b", "b\n");
    git(root, "add", "-A");
    run(root, "git", "commit", "-qm", "gone", "--no-verify");
    isStopped(run(root, FRAMEWORK, "run", "leakreach", "--from-ref", "HEAD~2", "--to-ref", "HEAD"));
    write(root, "second.env", leak(2));
    git(root, "add", "-A");
    env = { ...env, SKIP: "leakreach" };
    const skipped = run(root, "git", "commit", "-qm", "x");
    const { SKIP: _, ...rest } = env;
    env = rest;
    assert.equal(skipped.status, 0, skipped.said);
  });
});
