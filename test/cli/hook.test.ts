import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, test } from "node:test";
import { folder } from "../config/folder.ts";
import { leak, token } from "../scan/running.ts";
import { git, repository } from "../sources/repository.ts";
import { CLI, leakreach } from "./leakreach.ts";

interface Home {
  readonly env: Readonly<Record<string, string>>;
  readonly path: string;
}

/** A user with settings of git of their own, and nothing of this machine's. */
function home(): Home {
  const path = folder({ gitconfig: "[user]\n\tname = Test\n\temail = test@example.org\n" });
  const env = { HOME: path, XDG_CONFIG_HOME: join(path, "config"), GIT_CONFIG_GLOBAL: join(path, "gitconfig") };
  return { path, env: { ...env, GIT_CONFIG_SYSTEM: "/dev/null" } };
}

/** Runs git as that user, who may have no PATH but that of git and a shell. */
function run(root: string, { env }: Home, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync("git", args, {
    cwd: root,
    env: { ...process.env, ...env },
    encoding: "utf8",
  });
  return { status, said: `${stdout}${stderr}` };
}

const hook = (root: string, { env }: Home, ...args: readonly string[]) =>
  leakreach(["hook", ...args], { cwd: root, env });

const write = (root: string, path: string, content: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
};

function script(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${text}\n`);
  chmodSync(file, 0o755);
}

/** Stages a leak and tries to commit it. */
function commitLeak(root: string, user: Home, seed = 1) {
  write(root, "leaky.env", leak(seed));
  git(root, "add", "leaky.env");
  return run(root, user, "commit", "-qm", "leak");
}

const isCommitted = (root: string): boolean => git(root, "log", "--all", "--format=%s").includes("leak\n");

describe("hooks of plain git", { skip: process.platform === "win32" }, () => {
  test("a blocked commit says what, where, how far, what to do, and the line that allows it", async () => {
    const [root, user] = [repository({ a: "a\n" }), home()];
    assert.equal((await hook(root, user, "install")).code, 0);
    const { status, said } = commitLeak(root, user);
    assert.equal(status, 1);
    assert.equal(isCommitted(root), false);
    for (const part of [
      /leaky\.env\n/,
      /CRITICAL 10\.0/,
      /Reach {3}Acts as its owner/,
      /Do now {2}1\. Revoke it/,
      /STOPPED: nothing was committed/,
      /leakreach:allow github-pat -- WHY {4}\(leaky\.env:1\)/,
      /git commit --no-verify/,
    ])
      assert.match(said, part);
    assert.equal(said.includes(token(1)), false);
    assert.equal(run(root, user, "commit", "--no-verify", "-qm", "leak").status, 0);
  });

  for (const way of ["its fingerprint", "a comment"]) {
    test(`the line that is shown allows it: by ${way}`, async () => {
      const [root, user] = [repository({ a: "a\n" }), home()];
      await hook(root, user, "install");
      const { said } = commitLeak(root, user);
      const [, entry] = /^( {2}- \{ fingerprint: .*)$/m.exec(said)!;
      const [, comment] = /(leakreach:allow .*?) {4}\(/.exec(said)!;
      if (way === "a comment") write(root, "leaky.env", `${leak(1).trimEnd()} # ${comment}\n`);
      else write(root, ".leakreach.yml", `version: 1\nallow:\n${entry}\n`);
      git(root, "add", "-A");
      const again = run(root, user, "commit", "-qm", "leak");
      assert.deepEqual(again, { status: 0, said: "" });
    });
  }

  test("a commit without a leak is silent; what is only in the work tree is not looked at", async () => {
    const [root, user] = [repository({ "a.env": "a\n" }), home()];
    await hook(root, user, "install");
    write(root, "a.env", "staged\n");
    git(root, "add", "a.env");
    write(root, "a.env", leak(1));
    assert.deepEqual(run(root, user, "commit", "-qm", "x"), { status: 0, said: "" });
    assert.equal(run(root, user, "commit", "-qam", "leak").status, 1);
  });

  test("what is below --fail-on is let through, and said in a line", async () => {
    const root = repository({ a: "a\n" });
    write(root, "a", `password = "${token(3).slice(4, 24)}"\n`);
    git(root, "add", "a");
    const { code, stdout } = await leakreach(["hook", "pre-commit", "--fail-on", "critical"], { cwd: root });
    assert.equal(code, 0);
    assert.match(stdout, /^leakreach: 1 leaked secret below --fail-on in this commit, let through\..*\n$/);
  });

  test("an index that cannot be read stops the commit, and says how to go on", async () => {
    const root = repository({ a: "a\n" });
    git(root, "update-index", "--split-index");
    for (const name of readdirSync(join(root, ".git")))
      if (name.startsWith("sharedindex.")) rmSync(join(root, ".git", name));
    const { code, stdout } = await leakreach(["hook", "pre-commit"], { cwd: root });
    assert.equal(code, 3);
    assert.match(stdout, /STOPPED[\s\S]*under gaps:\n {2}- \{ what: /);
  });

  test("a hook that was there runs first, can stop, and comes back; installing twice is installing once", async () => {
    const [root, user] = [repository({ a: "a\n" }), home()];
    const file = join(root, ".git/hooks/pre-commit");
    script(file, '[ ! -e stop ] || { echo "old hook says no"; exit 9; }\ntouch ran');
    const old = readFileSync(file, "utf8");
    for (let time = 0; time < 2; time++) assert.equal((await hook(root, user, "install")).code, 0);
    assert.deepEqual(
      readdirSync(dirname(file))
        .filter((name) => !name.endsWith(".sample"))
        .sort(),
      ["pre-commit", "pre-commit.before-leakreach"],
    );
    write(root, "stop", "");
    assert.match(commitLeak(root, user).said, /^old hook says no\n$/);
    rmSync(join(root, "stop"));
    assert.match(run(root, user, "commit", "-qm", "leak").said, /STOPPED/);
    assert.equal(existsSync(join(root, "ran")), true);
    for (let time = 0; time < 2; time++) assert.equal((await hook(root, user, "uninstall")).code, 0);
    assert.equal(readFileSync(file, "utf8"), old);
    assert.equal(commitLeak(root, user).status, 0);
  });

  test("uninstall leaves what is not ours", async () => {
    const [root, user] = [repository({ a: "a\n" }), home()];
    const file = join(root, ".git/hooks/pre-commit");
    script(file, "true");
    const { code, stdout } = await hook(root, user, "uninstall");
    assert.equal(code, 0);
    assert.match(stdout, /nothing to take away/);
    assert.equal(existsSync(file), true);
  });

  const managed: readonly [name: string, text: string, line: RegExp][] = [
    [
      "pre-commit",
      "# File generated by pre-commit: https://pre-commit.com",
      /\.pre-commit-config\.yaml[\s\S]*id: leakreach/,
    ],
    ["lefthook", 'call_lefthook run "pre-commit" "$@"', /lefthook\.yml[\s\S]*run: npx leakreach hook pre-commit/],
  ];
  for (const [name, text, line] of managed) {
    test(`a hook of ${name} is left alone, with the line to add`, async () => {
      const [root, user] = [repository({ a: "a\n" }), home()];
      const file = join(root, ".git/hooks/pre-commit");
      script(file, text);
      const { code, stderr } = await hook(root, user, "install");
      assert.equal(code, 2);
      assert.match(stderr, line);
      assert.equal(readFileSync(file, "utf8"), `#!/bin/sh\n${text}\n`);
    });
  }

  test("lefthook is told to hand git's list of what is pushed on, as the documentation has it", async () => {
    const [root, user] = [repository({ a: "a\n" }), home()];
    script(join(root, ".git/hooks/pre-push"), 'call_lefthook run "pre-push" "$@"');
    const { stderr } = await hook(root, user, "install", "--pre-push");
    const lines = "pre-push:\n  jobs:\n    - run: npx leakreach hook pre-push {1}\n      use_stdin: true\n";
    assert.ok(stderr.includes(lines), stderr);
    assert.ok(readFileSync("docs/hooks.md", "utf8").includes(lines));
  });

  test("core.hooksPath: a folder of the work tree is left alone, another one is used", async () => {
    const [root, user] = [repository({ a: "a\n" }), home()];
    git(root, "config", "core.hooksPath", ".husky/_");
    const refused = await hook(root, user, "install");
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /in \.husky\/pre-commit:[\s\S]*npx leakreach hook pre-commit/);
    const elsewhere = join(folder({}), "it's here");
    git(root, "config", "core.hooksPath", elsewhere);
    assert.equal((await hook(join(root), user, "install")).code, 0);
    assert.deepEqual(readdirSync(elsewhere), ["pre-commit"]);
    assert.match(commitLeak(root, user).said, /STOPPED/);
  });

  test("core.hooksPath that is no folder, a hook that is no file: each is refused, and none is a bug of ours", async () => {
    const [root, user] = [repository({ a: "a\n" }), home()];
    git(root, "config", "core.hooksPath", "/dev/null");
    for (const what of ["install", "uninstall"]) {
      const { code, stderr } = await hook(root, user, what);
      assert.deepEqual([code, /what should be its folder is none/.test(stderr)], [2, true], stderr);
    }
    git(root, "config", "--unset", "core.hooksPath");
    mkdirSync(join(root, ".git/hooks/pre-commit"), { recursive: true });
    const { code, stderr } = await hook(root, user, "install");
    assert.deepEqual([code, /pre-commit is no file/.test(stderr)], [2, true], stderr);
  });

  test("a secret in two lines is only allowed in both, and the message says so", async () => {
    const [root, user] = [repository({ a: "a\n" }), home()];
    assert.equal((await hook(root, user, "install")).code, 0);
    write(root, "other.env", leak(1));
    git(root, "add", "other.env");
    assert.match(commitLeak(root, user).said, /-- WHY {4}\(leaky\.env:1, and in 1 more: all are to be allowed\)/);
  });

  test("in a linked work tree and a folder of it, the hook is that of the repository", async () => {
    const [root, user] = [repository({ "b/a": "a\n" }), home()];
    const second = join(folder({}), "second");
    git(root, "worktree", "add", "-q", second);
    assert.equal((await hook(join(second, "b"), user, "install")).code, 0);
    assert.equal(existsSync(join(root, ".git/hooks/pre-commit")), true);
    assert.match(commitLeak(second, user).said, /STOPPED/);
    assert.match(commitLeak(root, user).said, /STOPPED/);
  });

  test("--global looks in every repository, whose own hooks still run, and leaves nothing when it is taken away", async () => {
    const [root, user] = [repository({ a: "a\n" }), home()];
    const settings = readFileSync(join(user.path, "gitconfig"), "utf8");
    script(join(root, ".git/hooks/commit-msg"), "touch message-hook-ran");
    script(join(root, ".git/hooks/pre-commit"), "touch own-hook-ran");
    for (let time = 0; time < 2; time++) assert.equal((await hook(root, user, "install", "--global")).code, 0);
    assert.equal((await hook(root, user, "install", "--global", "--pre-push")).code, 0);
    assert.match(commitLeak(root, user).said, /STOPPED/);
    assert.equal(existsSync(join(root, "own-hook-ran")), true);
    git(root, "rm", "-q", "--cached", "leaky.env");
    assert.deepEqual(run(root, user, "commit", "-qm", "fine", "--allow-empty"), { status: 0, said: "" });
    assert.equal(existsSync(join(root, "message-hook-ran")), true);
    assert.match((await hook(root, user, "install")).stderr, /leakreach hook install --global/);
    assert.equal((await hook(root, user, "uninstall", "--global")).code, 0);
    assert.equal(commitLeak(root, user, 2).status, 0);
    assert.equal((await hook(root, user, "uninstall", "--global", "--pre-push")).code, 0);
    assert.equal(readFileSync(join(user.path, "gitconfig"), "utf8").trimEnd(), settings.trimEnd());
    assert.deepEqual(readdirSync(join(user.path, "config/leakreach/hooks")), []);
  });

  test("before a push: what the remote does not have, also for a hook that was there and reads its input", async () => {
    const user = home();
    const bare = join(folder({}), "bare");
    git(repository({ "old.env": leak(1) }), "clone", "-q", "--bare", ".", bare);
    const root = join(folder({}), "work");
    git(bare, "clone", "-q", ".", root);
    script(join(root, ".git/hooks/pre-push"), 'cat > seen; echo "$1" >> seen');
    await hook(root, user, "install", "--pre-push");
    write(root, "fine", "fine\n");
    git(root, "add", "fine");
    assert.equal(run(root, user, "commit", "-qm", "fine").status, 0);
    const fine = run(root, user, "push", "-q", "origin", "HEAD:refs/heads/new");
    assert.deepEqual(fine, { status: 0, said: "" });
    assert.match(readFileSync(join(root, "seen"), "utf8"), /^HEAD \S+ refs\/heads\/new 0+\norigin\n$/);
    commitLeak(root, user, 2);
    git(root, "rm", "-q", "leaky.env");
    run(root, user, "commit", "-qm", "gone again");
    const stopped = run(root, user, "push", "-q", "origin", "HEAD:refs/heads/new");
    assert.equal(stopped.status, 1);
    assert.match(stopped.said, /STOPPED: nothing was pushed[\s\S]*git rebase -i/);
    assert.equal(run(root, user, "push", "-q", "origin", "HEAD").said.includes("old.env"), false);
  });

  test("without the Node or the bundle that installed it, those of PATH are taken, and without any nothing passes", async () => {
    const [root, user] = [repository({ a: "a\n" }), home()];
    await hook(root, user, "install");
    const file = join(root, ".git/hooks/pre-commit");
    const installed = readFileSync(file, "utf8");
    writeFileSync(file, installed.replace(process.execPath, "/nowhere/node"));
    assert.match(commitLeak(root, user).said, /STOPPED/);
    writeFileSync(file, installed.replace(CLI, "/nowhere/leakreach.js"));
    const missing = commitLeak(root, user);
    assert.equal(missing.status, 1);
    assert.match(missing.said, /nothing was looked at[\s\S]*leakreach hook install again/);
    const bin = folder({});
    script(join(bin, "leakreach"), `exec '${process.execPath}' '${CLI}' "$@"`);
    const found = { ...user, env: { ...user.env, PATH: `${bin}:${process.env.PATH}` } };
    assert.match(commitLeak(root, found).said, /STOPPED/);
  });

  test("what is no hook is refused with what there is; no work tree, with what a server does", async () => {
    const root = repository({});
    assert.match(
      (await leakreach(["hook", "pre-pull"], { cwd: root })).stderr,
      /install, uninstall, pre-commit and pre-push/,
    );
    const bare = folder({});
    git(bare, "init", "-q", "--bare");
    const { code, stderr } = await leakreach(["hook", "install"], { cwd: bare });
    assert.equal(code, 2);
    assert.match(stderr, /docs\/hooks\.md/);
  });
});
