import assert from "node:assert/strict";
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
