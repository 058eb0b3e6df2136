import assert from "node:assert/strict";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { jobOf } from "../../src/queue/job.ts";
import { lookAt, type Own } from "../../src/queue/look.ts";
import type { Found } from "../../src/queue/outcome.ts";
import { leak } from "../scan/running.ts";
import { clones, commit, place } from "../sweep/sweeping.ts";

const look = { what: "history" as const, trustConfig: false, requests: false, fileTimeout: 120, now: 1.8e9 };

const ownIn = (cache: string, root: string): Own => ({
  settings: { jobs: 0, memory: 128 },
  cache,
  cacheSize: 1e9,
  roots: [root],
  version: "0",
});

/** What a worker finds for a run, and how many versions of files and commits it looked at. */
async function looking(path: string, run: string, own: Own) {
  const job = jobOf(
    { repository: { id: path, name: "one" }, at: { kind: "folder", path } },
    { run, settings: "", look },
  );
  const { report } = (await lookAt(job, own, new AbortController().signal)) as Found;
  const { findings, stats } = report.report;
  return { findings: findings.length, blobs: stats.blobs };
}

test("a worker looks only through what no earlier run had it look through, and twice the same for one run", async () => {
  const root = clones({ one: { "a.env": leak(1), "b.txt": "text\n", "c.txt": "another\n" } });
  const [path, cache] = [join(root, "one"), place()];
  const own = ownIn(cache, root);
  const all = { findings: 1, blobs: 4 };
  assert.deepEqual(await looking(path, "first", own), all);
  assert.deepEqual(await looking(path, "first", own), all);
  commit(path, { "d.env": leak(2) });
  // What holds something is looked at each time.
  assert.deepEqual(await looking(path, "second", own), { findings: 2, blobs: 3 });
  assert.deepEqual(await looking(path, "second", own), { findings: 2, blobs: 3 });
  assert.deepEqual(await looking(path, "second", ownIn(place(), root)), { findings: 2, blobs: 6 });
  await looking(path, "third", own);
  assert.equal(readdirSync(join(cache, "states")).length, 2, "of earlier runs one state is kept");
});

test("a state that fits no more is done without, and a cache that cannot be written to does no harm", async () => {
  const root = clones({ one: { "a.env": leak(1) }, two: { "b.env": leak(2), "c.txt": "text\n" } });
  const cache = place();
  const own = ownIn(cache, root);
  await looking(join(root, "one"), "first", own);
  for (const name of readdirSync(join(cache, "states"))) writeFileSync(join(cache, "states", name), "damaged");
  assert.deepEqual(await looking(join(root, "one"), "second", own), { findings: 1, blobs: 2 });
  const file = join(root, "file");
  writeFileSync(file, "");
  assert.deepEqual(await looking(join(root, "two"), "first", ownIn(file, root)), { findings: 1, blobs: 3 });
});
