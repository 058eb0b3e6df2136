import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { folder } from "../config/folder.ts";
import { leak, token } from "../scan/running.ts";
import { git, repository } from "../sources/repository.ts";
import { leakreach } from "./leakreach.ts";

function commit(root: string, message: string): string {
  git(root, "commit", "-q", "-m", message);
  return git(root, "rev-parse", "HEAD").trim();
}

/** A repository whose leak was removed by a later commit, and whose other leak stands in a message. */
function removed(): { root: string; brought: string; took: string } {
  const root = repository({ "src/config.env": leak(1) });
  const brought = git(root, "rev-parse", "HEAD").trim();
  git(root, "rm", "-q", "src/config.env");
  return { root, brought, took: commit(root, `fix: no longer ${token(2)}`) };
}

interface Reported {
  readonly findings: readonly {
    readonly exposures: readonly { path: string; line: number; commit?: string }[];
    readonly history: {
      atHead: boolean;
      introduced: { count: number; commits: { id: string }[] };
      removed: { commits: { id: string }[] };
    };
    readonly remedies: readonly { command?: string }[];
  }[];
  readonly stats: { blobs: number; complete: boolean };
}

test("a secret that was removed is found, with the commits that brought it and took it away", async () => {
  const { root, brought, took } = removed();
  const { code, stdout } = await leakreach(["history", root, "--format", "json", "--fail-on", "any"]);
  assert.equal(code, 1);
  const { findings, stats } = JSON.parse(stdout) as Reported;
  const found = findings.find(({ exposures }) => exposures[0]!.path === "src/config.env")!;
  assert.deepEqual([found.exposures[0]!.commit, found.exposures[0]!.line], [brought, 1]);
  assert.equal(found.history.atHead, false);
  assert.deepEqual(
    found.history.introduced.commits.map(({ id }) => id),
    [brought],
  );
  assert.deepEqual(
    found.history.removed.commits.map(({ id }) => id),
    [took],
  );
  assert.ok(found.remedies.some(({ command }) => command?.startsWith("git filter-repo")));
  assert.ok(
    findings.some(({ exposures }) => exposures[0]!.path === `commit ${took}`),
    "the message",
  );
  assert.ok(stats.complete && stats.blobs >= 3);
});

test("a SARIF result names the commit, and says whether HEAD still has it there", async () => {
  const { root, brought } = removed();
  const first = repository({ "kept.env": leak(3) });
  const messages = async (path: string): Promise<string[]> => {
    const { stdout } = await leakreach(["history", path, "--format", "sarif"]);
    const { runs } = JSON.parse(stdout) as { runs: [{ results: { message: { text: string } }[] }] };
    return runs[0].results.map(({ message }) => message.text);
  };
  const gone = `It came with commit ${brought.slice(0, 12)}, and HEAD has it there no more`;
  assert.ok((await messages(root)).some((text) => text.includes(gone)));
  assert.ok((await messages(first)).every((text) => /It came with commit [0-9a-f]{12}\. /.test(text)));
});

test("what a commit's message says is told of that commit, and not as something that nothing leads to", async () => {
  const { root, took } = removed();
  const { stdout } = await leakreach(["history", root, "--no-color", "--quiet"]);
  const said = stdout.slice(stdout.indexOf(`commit ${took}`));
  assert.match(
    said,
    new RegExp(`introduced in ${took.slice(0, 12)} on [^]*itself, which no later commit takes\\s+away`),
  );
  assert.match(said, /in the history of HEAD/);
  assert.doesNotMatch(stdout, /nothing leads to it/);
});

test("authors are named only where that is asked for", async () => {
  const { root } = removed();
  const formats = ["text", "json", "jsonl", "sarif"];
  for (const format of formats) {
    const { stdout } = await leakreach(["history", root, "--format", format]);
    assert.equal(stdout.includes("test@example.org"), false, format);
  }
  const { stdout } = await leakreach(["history", root, "--show-authors"]);
  assert.match(stdout, /introduced in [0-9a-f]{12} on \S+ by Test <test@example\.org>/);
});

test("the text report says when it came and went, and shows no secret", async () => {
  const { root, brought } = removed();
  const { stdout, stderr } = await leakreach(["history", root]);
  assert.match(stdout, new RegExp(`introduced in ${brought.slice(0, 12)}`));
  assert.match(stdout, /not at HEAD; in 1 version of 1 path/);
  assert.match(stdout, /rules over \d+ objects/);
  for (const seed of [1, 2]) assert.equal((stdout + stderr).includes(token(seed).slice(4, 16)), false);
});

test("an empty repository is clean, and a folder without one is refused", async () => {
  const root = folder({});
  git(root, "init", "-q");
  assert.equal((await leakreach(["history", root])).code, 0);
  const refused = await leakreach(["history", folder({ a: "x" })]);
  assert.equal(refused.code, 2);
  assert.match(refused.stderr, /is no git repository/);
});

test("a shallow clone is incomplete", async () => {
  const root = repository({ a: "x\n" });
  git(root, "commit", "-q", "--allow-empty", "-m", "again");
  const clone = folder({});
  git(clone, "clone", "-q", "--depth", "1", `file://${root}`, "x");
  const { code, stdout } = await leakreach(["history", `${clone}/x`]);
  assert.equal(code, 3);
  assert.match(stdout, /shallow/i);
});

test("a file of an object that is broken at its start is one gap, in words", async () => {
  const { root, brought } = removed();
  const id = git(root, "rev-parse", `${brought}:src/config.env`).trim();
  const file = join(root, ".git/objects", id.slice(0, 2), id.slice(2));
  rmSync(file);
  writeFileSync(file, "no zlib stream");
  const { stdout } = await leakreach(["history", root, "--format", "json"]);
  const { gaps } = JSON.parse(stdout) as { gaps: { what: string; why: string }[] };
  assert.deepEqual(
    gaps.map(({ what }) => what),
    [id],
  );
  assert.match(gaps[0]!.why, /^its data is corrupt/);
});

test("submodules are gaps by their paths, with a state, too, and may be accepted", async () => {
  const inner = repository({ a: "x\n" });
  const root = repository({ b: "y\n" });
  git(root, "submodule", "--quiet", "add", `file://${inner}`, "lib/inner");
  commit(root, "a submodule");
  const state = `${folder({})}/state`;
  for (const more of [[], ["--state", state], ["--state", state]]) {
    const { code, stdout } = await leakreach(["history", root, ...more]);
    assert.equal(code, 3);
    assert.match(stdout, /! submodule lib\/inner\n {6}a repository of its own/);
  }
  git(root, "repack", "-adq");
  git(root, "commit", "-q", "--allow-empty", "-m", "more");
  assert.equal((await leakreach(["history", root, "--state", state])).code, 3);
  git(root, "rm", "-qf", "lib/inner");
  commit(root, "none");
  // Earlier commits had it, as long as git keeps it.
  assert.equal((await leakreach(["history", root, "--state", state])).code, 3);
  rmSync(`${root}/.git/modules`, { recursive: true });
  assert.equal((await leakreach(["history", root])).code, 0);
});

test("secrets in names of authors and branches, in notes and in the stash are found, and never shown", async () => {
  const root = repository({ a: "x\n" });
  git(root, "commit", "-q", "--allow-empty", "-m", "by", `--author=${token(1)} <a@example.org>`);
  git(root, "notes", "add", "-m", `see ${token(2)}`);
  git(root, "tag", "-a", "v1", "-m", "tagged");
  writeFileSync(`${root}/a`, "y\n");
  git(root, "stash", "push", "-q", "-m", `wip ${token(3)}`);
  git(root, "branch", `keep-${token(4)}`);
  for (const more of [[], ["--show-authors"], ["--format", "json", "--show-authors"]]) {
    const { stdout, stderr } = await leakreach(["history", root, ...more]);
    for (const seed of [1, 2, 3, 4]) assert.equal((stdout + stderr).includes(token(seed).slice(4, 20)), false);
  }
  const { stdout } = await leakreach(["history", root, "--format", "json"]);
  const { findings } = JSON.parse(stdout) as Reported;
  const places = findings.map(({ exposures }) => exposures[0]!.path.replace(/^commit .*/, "commit")).sort();
  assert.deepEqual(places, [
    ...[git(root, "rev-parse", "HEAD").trim(), "commit", "commit"].sort(),
    "name of refs/heads/…",
  ]);
});
