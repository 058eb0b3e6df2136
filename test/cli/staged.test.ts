import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { folder } from "../config/folder.ts";
import { leak, token } from "../scan/running.ts";
import { git, repository } from "../sources/repository.ts";
import { CLI, leakreach } from "./leakreach.ts";

async function staged(root: string, ...flags: readonly string[]) {
  const { code, stdout } = await leakreach(["staged", "--format", "json", "--fail-on", "any", ...flags], { cwd: root });
  const report = JSON.parse(stdout);
  const places = report.findings
    .flatMap(({ exposures }: { exposures: { path: string; line: number }[] }) => exposures)
    .map(({ path, line }: { path: string; line: number }) => `${path}:${line}`)
    .sort();
  return { code, places, report };
}

const write = (root: string, path: string, content: string): void => writeFileSync(join(root, path), content);

test("what is staged is reported, and neither what is only in the work tree nor what was there before", async () => {
  const root = repository({ "a.env": leak(1), "b.env": "b\n", "c.env": "c\n" });
  write(root, "a.env", `# more\n${leak(1)}`);
  write(root, "b.env", `b\n${leak(2)}`);
  git(root, "add", "-A");
  write(root, "b.env", "b\n");
  write(root, "c.env", leak(3));
  const { code, places } = await staged(root);
  assert.deepEqual([code, places], [1, ["b.env:2"]]);
  assert.deepEqual((await staged(root, "--whole-files")).places, ["a.env:2", "b.env:2"]);
  assert.deepEqual((await staged(join(root, "."))).places, ["b.env:2"]);
});

for (const version of ["2", "4"]) {
  test(`the first commit of a new repository, with an index of version ${version}`, async () => {
    const root = folder({ "a/b.env": leak(1), c: "c\n" });
    git(root, "init", "-q");
    git(root, "add", "-A");
    git(root, "update-index", `--index-version=${version}`);
    assert.deepEqual((await staged(root)).places, ["a/b.env:1"]);
  });
}

test("nothing staged is clean, and says so; so is a new repository without an index", async () => {
  const root = repository({ "a.env": leak(1) });
  const { code, report } = await staged(root);
  assert.equal(code, 0);
  assert.match(report.stats.notices.join(), /nothing is staged/);
  const empty = folder({});
  git(empty, "init", "-q");
  assert.equal((await staged(empty)).code, 0);
});

test("a name without content (add --intent-to-add), a file that was removed, a file that moved", async () => {
  const root = repository({ "a.env": leak(1), "b.env": leak(2) });
  write(root, "later.env", leak(3));
  git(root, "add", "--intent-to-add", "later.env");
  git(root, "rm", "-q", "b.env");
  git(root, "mv", "a.env", "moved.env");
  assert.deepEqual((await staged(root)).places, []);
});

test("a merge in progress is held against both sides", async () => {
  const root = repository({ "a.env": "a\n", "b.env": "b\n" });
  git(root, "checkout", "-q", "-b", "side");
  write(root, "b.env", leak(1));
  git(root, "commit", "-qam", "side");
  git(root, "checkout", "-q", "-");
  git(root, "merge", "-q", "--no-commit", "--no-ff", "side");
  assert.deepEqual((await staged(root)).places, []);
  write(root, "a.env", leak(2));
  git(root, "add", "a.env");
  assert.deepEqual((await staged(root)).places, ["a.env:1"]);
});

test("files that are not merged yet are named", async () => {
  const root = repository({ "a.env": "a\n" });
  git(root, "checkout", "-q", "-b", "side");
  write(root, "a.env", "theirs\n");
  git(root, "commit", "-qam", "side");
  git(root, "checkout", "-q", "-");
  write(root, "a.env", "ours\n");
  git(root, "commit", "-qam", "ours");
  assert.throws(() => git(root, "merge", "-q", "side"));
  assert.match((await staged(root)).report.stats.notices.join(), /1 file is not merged yet/);
});

/** A hook that git runs before a commit, with the index that git hands it. */
function hook(root: string): void {
  const file = join(git(root, "rev-parse", "--path-format=absolute", "--git-common-dir").trim(), "hooks/pre-commit");
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, `#!/bin/sh\nexec '${process.execPath}' '${CLI}' staged --fail-on any --quiet >&2\n`);
  chmodSync(file, 0o755);
}

const commits: readonly [name: string, args: readonly string[], isStopped: boolean][] = [
  ["what is staged", ["commit", "-qm", "x"], false],
  ["commit -a", ["commit", "-qam", "x"], true],
  ["commit of a file with the leak", ["commit", "-qm", "x", "--", "leaky.env"], true],
  ["commit of a file without", ["commit", "-qm", "x", "--", "clean.env"], false],
];

for (const linked of [false, true]) {
  for (const [name, args, isStopped] of commits) {
    test(`as a pre-commit hook${linked ? " in a linked work tree" : ""}: ${name}`, {
      skip: process.platform === "win32",
    }, () => {
      let root = repository({ "leaky.env": "a\n", "clean.env": "b\n", other: "c\n" });
      hook(root);
      if (linked) {
        const second = join(folder({}), "linked");
        git(root, "worktree", "add", "-q", second);
        root = second;
      }
      write(root, "leaky.env", leak(1));
      write(root, "clean.env", "changed\n");
      write(root, "other", "changed\n");
      git(root, "add", "other");
      if (isStopped) assert.throws(() => git(root, ...args), /leaky\.env/);
      else git(root, ...args);
    });
  }
}

test("an index that is split is read, and one that is broken is a gap, never clean", async () => {
  const root = repository({ "a.env": "a\n" });
  write(root, "a.env", leak(1));
  git(root, "add", "a.env");
  git(root, "update-index", "--split-index");
  assert.deepEqual((await staged(root)).places, ["a.env:1"]);
  write(root, ".git/index", "DIRC and no more");
  assert.equal((await staged(root)).code, 3);
});

test("a bare repository has nothing staged, and is told what it has", async () => {
  const root = folder({});
  git(root, "init", "-q", "--bare");
  const { code, stderr } = await leakreach(["staged"], { cwd: root });
  assert.equal(code, 2);
  assert.match(stderr, /leakreach range/);
});

/** A repository whose settings, hooks and attributes each run a command that leaves a mark. */
function trap(): { root: string; mark: string } {
  const root = repository({ "a.env": leak(1), ".gitattributes": "* filter=trap diff=trap\n" });
  const mark = join(folder({}), "ran");
  const command = join(folder({ "trap.sh": `#!/bin/sh\ntouch '${mark}'\ncat\n` }), "trap.sh");
  chmodSync(command, 0o755);
  mkdirSync(join(root, ".git/hooks"), { recursive: true });
  for (const name of ["pre-commit", "post-checkout", "post-index-change", "reference-transaction", "pre-push"]) {
    writeFileSync(join(root, ".git/hooks", name), `#!/bin/sh\ntouch '${mark}'\n`);
    chmodSync(join(root, ".git/hooks", name), 0o755);
  }
  write(root, "b.env", leak(2));
  git(root, "-c", "core.hooksPath=/dev/null", "add", "b.env");
  git(root, "-c", "core.hooksPath=/dev/null", "commit", "-qm", "second");
  write(root, "c.env", leak(3));
  git(root, "-c", "core.hooksPath=/dev/null", "add", "c.env");
  const settings = {
    "core.fsmonitor": command,
    "core.hooksPath": join(root, ".git/hooks"),
    "core.sshCommand": command,
    "core.pager": command,
    "core.editor": command,
    "core.askPass": command,
    "diff.external": command,
    "diff.trap.textconv": command,
    "diff.trap.command": command,
    "filter.trap.clean": command,
    "filter.trap.smudge": command,
    "filter.trap.process": command,
    "credential.helper": `!${command}`,
    "gpg.program": command,
    "uploadpack.packObjectsHook": command,
    "protocol.ext.allow": "always",
    "remote.origin.url": `ext::${command}`,
    "remote.origin.promisor": "true",
    "extensions.partialClone": "origin",
    "safe.directory": "/nowhere",
    "alias.rev-parse": `!${command}`,
    "include.path": join(folder({ more: `[core]\n\tfsmonitor = ${command}\n` }), "more"),
  };
  git(root, "config", "core.repositoryFormatVersion", "1");
  for (const [name, value] of Object.entries(settings)) git(root, "config", name, value);
  return { root, mark };
}

const runs: readonly [args: readonly string[], input: string][] = [
  [["staged"], ""],
  [["range", "HEAD~1..HEAD"], ""],
  [["range", "HEAD@{1}..HEAD"], ""],
  [["range", `${"0".repeat(40)}..HEAD`], ""],
  [["push-refs"], "push"],
  [["history"], ""],
];

test("nothing of a hostile repository is run", { skip: process.platform === "win32" }, async () => {
  const { root, mark } = trap();
  const id = git(root, "-c", "core.fsmonitor=false", "rev-parse", "HEAD").trim();
  assert.equal(existsSync(mark), false);
  for (const [args, input] of runs) {
    const line = input && `refs/heads/x ${id} refs/heads/x ${"0".repeat(40)}\n`;
    const { code, stderr } = await leakreach([...args, "--fail-on", "any"], { cwd: root, input: line });
    assert.deepEqual([args, code, stderr], [args, 1, ""]);
    assert.equal(existsSync(mark), false, args.join(" "));
  }
  assert.equal(token(1).length, 40);
});
