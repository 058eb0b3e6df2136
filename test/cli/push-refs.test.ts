import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parsePushed } from "../../src/setup/prepare-push.ts";
import { folder } from "../config/folder.ts";
import { leak } from "../scan/running.ts";
import { git, repository } from "../sources/repository.ts";
import { CLI, leakreach } from "./leakreach.ts";

const ZEROS = "0".repeat(40);
const head = (root: string, name = "HEAD"): string => git(root, "rev-parse", name).trim();

function commit(root: string, path: string, content: string): string {
  writeFileSync(join(root, path), content);
  git(root, "add", path);
  git(root, "commit", "-qm", path);
  return head(root);
}

async function pushed(root: string, input: string, ...flags: readonly string[]) {
  const ran = await leakreach(["push-refs", "--format", "json", "--fail-on", "any", ...flags], { cwd: root, input });
  const report = ran.stdout === "" ? undefined : JSON.parse(ran.stdout);
  const places = report?.findings.flatMap(({ exposures }: { exposures: { path: string; commit: string }[] }) =>
    exposures.map(({ path, commit }) => `${path} ${commit}`),
  );
  return { ...ran, report, places };
}

/** A bare repository with a branch, and a clone of it. */
function pair(): { bare: string; root: string } {
  const folders = folder({});
  git(repository({ "old.env": leak(1) }), "clone", "-q", "--bare", ".", join(folders, "bare"));
  git(folders, "clone", "-q", "bare", "work");
  return { bare: join(folders, "bare"), root: join(folders, "work") };
}

for (const [name, line, ref] of [
  ["pre-receive", `${ZEROS} ${"a".repeat(40)} refs/heads/x`, "refs/heads/x"],
  ["pre-push", `HEAD@{1 day ago} ${"a".repeat(40)} refs/heads/y ${"b".repeat(40)}`, "refs/heads/y"],
  ["pre-push of a deletion", `(delete) ${ZEROS} refs/heads/z ${"b".repeat(40)}`, "refs/heads/z"],
] as const) {
  test(`a line of ${name} is known by its form`, () => {
    const [found] = parsePushed(`${line}\n`, "sha1");
    assert.equal(found!.ref, ref);
    assert.equal(found!.form, name === "pre-receive" ? "receive" : "push");
    assert.equal(found!.new, line.includes("(delete)") ? undefined : "a".repeat(40));
  });
}

test("a line of no known form is refused with its number", async () => {
  const { root } = pair();
  for (const line of [
    "x",
    `${ZEROS} refs/heads/x`,
    `${ZEROS} ${"a".repeat(39)} refs/heads/x`,
    `${"0".repeat(64)} ${ZEROS} r`,
  ]) {
    const { code, stderr } = await pushed(root, `${ZEROS} ${head(root)} refs/heads/a\n${line}\n`);
    assert.equal(code, 2, line);
    assert.match(stderr, /line 2 of standard input/);
  }
});

test("of a pre-push the commits that the remote does not have are looked at, each once", async () => {
  const { root } = pair();
  const old = head(root);
  const first = commit(root, "a.env", leak(2));
  git(root, "branch", "other");
  const second = commit(root, "b.env", leak(3));
  const lines = [
    `refs/heads/main ${second} refs/heads/main ${old}`,
    `refs/heads/other ${first} refs/heads/other ${ZEROS}`,
    `(delete) ${ZEROS} refs/heads/gone ${old}`,
  ];
  const { code, places, report } = await pushed(root, `${lines.join("\n")}\n`, "--remote", "origin");
  assert.equal(code, 1);
  assert.deepEqual(places.sort(), [`a.env ${first}`, `b.env ${second}`]);
  assert.match(report.stats.notices.join(), /1 ref is deleted/);
  assert.match(report.stats.notices.join(), /2 commits/);
});

test("a remote's id that is not known here hides nothing; nothing pushed is said", async () => {
  const { root } = pair();
  const added = commit(root, "a.env", leak(2));
  const { places } = await pushed(root, `refs/heads/main ${added} refs/heads/main ${"1".repeat(40)}\n`);
  assert.deepEqual(places, [`a.env ${added}`]);
  const nothing = await pushed(root, "");
  assert.equal(nothing.code, 0);
  assert.match(nothing.report.stats.notices.join(), /nothing is pushed/);
});

/** A commit of more files than are looked at in one step. */
function manyFiles(root: string): void {
  for (let file = 0; file < 300; file++) writeFileSync(join(root, `${file}.txt`), `${file}\n`);
  git(root, "add", "-A");
  git(root, "commit", "-qm", "many");
}

test("a time limit ends the scan incomplete, not clean", async () => {
  const { root } = pair();
  manyFiles(root);
  const line = `refs/heads/x ${head(root)} refs/heads/x ${ZEROS}\n`;
  const { code, report } = await pushed(root, line, "--time-limit", "0.000001");
  assert.equal(code, 3);
  assert.match(report.gaps[0].why, /its time was up/);
  assert.equal((await pushed(root, line, "--time-limit", "600")).code, 0);
});

/** The script of docs/hooks.md, with this bundle. */
function preReceive(bare: string, limit: string): void {
  const [script] = /#!\/bin\/sh\n# hooks\/pre-receive[\s\S]*?\nesac\n/.exec(readFileSync("docs/hooks.md", "utf8"))!;
  const file = join(bare, "hooks/pre-receive");
  mkdirSync(join(file, ".."), { recursive: true });
  const own = script
    .replace("node /opt/leakreach/dist/leakreach.js", `'${process.execPath}' '${CLI}'`)
    .replace("--time-limit 20", `--time-limit ${limit}`);
  writeFileSync(file, own);
  chmodSync(file, 0o755);
}

test("the pre-receive of docs/hooks.md: accepts, refuses, and says when its time was up", {
  skip: process.platform === "win32",
}, () => {
  const { bare, root } = pair();
  preReceive(bare, "600");
  commit(root, "fine.env", "nothing\n");
  git(root, "push", "-q", "origin", "HEAD");
  const leaky = commit(root, "leaky.env", leak(2));
  const refused = /GL-HOOK-ERR: refused: the push brings leaked tokens/;
  assert.throws(() => git(root, "push", "-q", "origin", "HEAD:refs/heads/x"), refused);
  assert.throws(() => git(bare, "cat-file", "-e", leaky));
  git(root, "reset", "-q", "--hard", "HEAD~1");
  manyFiles(root);
  preReceive(bare, "0.000001");
  const { status, stderr } = spawnSync("git", ["push", "-q", "origin", "HEAD:refs/heads/x"], {
    cwd: root,
    encoding: "utf8",
  });
  assert.equal(status, 0);
  assert.match(stderr, /NOT EVERYTHING WAS READ[\s\S]*its time was up[\s\S]*not everything was looked at/);
});

const hooks: readonly [name: string, hook: string, where: "bare" | "root"][] = [
  ["pre-receive, with the objects in quarantine", "pre-receive", "bare"],
  ["pre-push", "pre-push", "root"],
];

for (const [name, file, where] of hooks) {
  test(`as a hook: ${name}`, { skip: process.platform === "win32" }, () => {
    const places = pair();
    const folderOfHooks = where === "bare" ? join(places.bare, "hooks") : join(places.root, ".git/hooks");
    mkdirSync(folderOfHooks, { recursive: true });
    const text = `#!/bin/sh\nexec '${process.execPath}' '${CLI}' push-refs --fail-on any >&2\n`;
    writeFileSync(join(folderOfHooks, file), text);
    chmodSync(join(folderOfHooks, file), 0o755);
    commit(places.root, "fine.env", "nothing\n");
    git(places.root, "push", "-q", "origin", "HEAD");
    git(places.root, "push", "-q", "origin", "HEAD:refs/heads/second");
    commit(places.root, "leaky.env", leak(2));
    git(places.root, "rm", "-q", "leaky.env");
    git(places.root, "commit", "-qm", "removed again");
    assert.throws(() => git(places.root, "push", "-q", "origin", "HEAD:refs/heads/third"), /leaky\.env/);
    assert.throws(() => git(places.bare, "rev-parse", "--verify", "refs/heads/third"));
    git(places.root, "tag", "-a", "v1", "-m", "fine", "HEAD~2");
    git(places.root, "push", "-q", "origin", "v1", ":refs/heads/second");
  });
}
