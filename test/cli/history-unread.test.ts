import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { folder } from "../config/folder.ts";
import { leak } from "../scan/running.ts";
import { zipped } from "../sources/pack.ts";
import { git, repository } from "../sources/repository.ts";
import { leakreach } from "./leakreach.ts";

interface Reported {
  readonly code: number | null;
  readonly gaps: readonly { what: string; why: string }[];
  readonly blobs: number;
}

async function run(root: string, state: string, ...more: readonly string[]): Promise<Reported> {
  const { code, stdout, stderr } = await leakreach(["history", root, "--state", state, "--format", "json", ...more]);
  assert.equal(stderr, "");
  const { gaps, stats } = JSON.parse(stdout) as { gaps: Reported["gaps"]; stats: { blobs: number } };
  return { code, gaps, blobs: stats.blobs };
}

/** A packed repository with an archive that nobody can read, and a state of it. */
async function broken(): Promise<{ root: string; state: string; first: Reported; blob: string }> {
  const root = repository({ "x.zip": zipped({ a: "text" }).subarray(0, 30), "b.txt": "text\n" });
  git(root, "repack", "-adfq");
  const state = join(folder({}), "state");
  const first = await run(root, state);
  return { root, state, first, blob: git(root, "rev-parse", "HEAD:x.zip").trim() };
}

test("an archive that is broken is told by every run, and looked at by the first", async () => {
  const { root, state, first, blob } = await broken();
  assert.deepEqual([first.code, first.blobs, first.gaps.length], [3, 3, 1]);
  assert.match(first.gaps[0]!.what, new RegExp(blob));
  assert.ok(
    first.gaps[0]!.why.endsWith(` (x.zip in commit ${git(root, "rev-parse", "HEAD").trim()})`),
    "says where it is",
  );
  for (let i = 0; i < 2; i++) assert.deepEqual(await run(root, state), { ...first, blobs: 0 });
});

test("beside what is new, what could not be read is still told once", async () => {
  const { root, state, first } = await broken();
  writeFileSync(join(root, "new.env"), leak(1));
  git(root, "add", "-A");
  git(root, "commit", "-qm", "more");
  assert.deepEqual(await run(root, state), { code: 1, blobs: 2, gaps: first.gaps });
  git(root, "repack", "-dq");
  assert.deepEqual(await run(root, state), { ...first, blobs: 0 });
  assert.deepEqual(await run(root, state), { ...first, blobs: 0 });
});

test("what could not be read is looked at again when it was packed anew, and forgotten when it is gone", async () => {
  const { root, state, first } = await broken();
  writeFileSync(join(root, "b.txt"), "text\nmore\n");
  git(root, "commit", "-qam", "more");
  git(root, "repack", "-adfq");
  assert.deepEqual(await run(root, state), { ...first, blobs: 3 });
  assert.deepEqual(await run(root, state), { ...first, blobs: 0 });
  git(root, "rm", "-q", "x.zip");
  git(root, "commit", "-qm", "without");
  git(root, "checkout", "-q", "--orphan", "fresh");
  git(root, "commit", "-qm", "again");
  await run(root, state);
  for (const name of git(root, "for-each-ref", "--format=%(refname)", "refs/heads").trim().split("\n"))
    if (name !== "refs/heads/fresh") git(root, "update-ref", "-d", name);
  git(root, "reflog", "expire", "--expire=now", "--all");
  git(root, "repack", "-adfq");
  git(root, "prune", "--expire=now");
  const { code, gaps } = await run(root, state);
  assert.deepEqual([code, gaps], [0, []]);
});

test("with other limits, what could not be read is tried again", async () => {
  const { root, state, first } = await broken();
  assert.deepEqual(await run(root, state, "--memory", "256"), { ...first, blobs: 1 });
  assert.deepEqual(await run(root, state, "--memory", "256"), { ...first, blobs: 0 });
});

test("without provenance, the gap of an archive names its blob alone", async () => {
  const { root, blob } = await broken();
  const { stdout } = await leakreach(["history", root, "--no-provenance", "--format", "json"]);
  const [gap] = (JSON.parse(stdout) as { gaps: Reported["gaps"] }).gaps;
  assert.match(gap!.what, new RegExp(`^blob ${blob}`));
  assert.doesNotMatch(gap!.why, /in commit/);
});

test("the gap of an archive is accepted by its blob, wherever that stands", async () => {
  const { root, blob } = await broken();
  writeFileSync(
    join(root, ".leakreach.yml"),
    `version: 1\ngaps:\n  - { what: blob ${blob}, reason: broken on purpose }\n`,
  );
  assert.equal((await leakreach(["history", root])).code, 0);
});
