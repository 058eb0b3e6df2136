import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { until } from "../queue/working.ts";
import { leak } from "../scan/running.ts";
import { git } from "../sources/repository.ts";
import { clones, commit, foundIn, gapsIn, noise, place, sweepingSo, swept } from "./sweeping.ts";

/** Two repositories; one has more to read than a thread is given. */
function large(): string {
  const root = clones({ large: { "a.env": leak(1) }, small: { "b.env": leak(2) } });
  commit(join(root, "large"), { "noise.bin": noise() });
  return root;
}

/** The process in which a sweep looks through a repository. */
function apart(pid: number): number | undefined {
  const read = (path: string) => (existsSync(path) ? readFileSync(path, "latin1") : "");
  const children = read(`/proc/${pid}/task/${pid}/children`).trim().split(" ");
  return children.map(Number).find((child) => read(`/proc/${child}/cmdline`).includes("look-apart"));
}

test("a large repository is looked through in a process of its own, and the next time only what is new of it", async () => {
  const root = large();
  const store = place();
  const found = { large: ["a.env"], small: ["b.env"] };
  const first = await swept(store, root);
  assert.deepEqual(foundIn(first), found);
  commit(join(root, "large"), { "c.env": leak(3) });
  const second = await swept(store, root, "--jobs", "1");
  assert.deepEqual(foundIn(second), { ...found, large: ["a.env", "c.env"] });
  const bytes = (report: typeof first) => report.repositories.map((one) => one.report.stats.bytes);
  assert.ok(bytes(first)[0]! > 17 << 20);
  assert.ok(bytes(second)[0]! < 1 << 20, "what was known is not read again");
});

test("what needs more memory than a thread's share comes last, and has all of it", async () => {
  const root = clones({ needy: { "a.txt": "text\n" }, small: { "b.env": leak(2) } });
  commit(join(root, "needy"), { "dump.sql": `${"-- nothing to see\n".repeat(4 << 20)}${leak(1)}` });
  const report = await swept(place(), root, "--jobs", "2", "--memory", "512");
  assert.deepEqual([foundIn(report), gapsIn(report)], [{ needy: ["dump.sql"], small: ["b.env"] }, []]);
});

test("what does not fit beside other threads is looked at by one, in a large repository, too", async () => {
  const root = large();
  const dump = `${"-- nothing to see\n".repeat(4 << 20)}${leak(4)}`;
  commit(join(root, "large"), { "dump.sql": dump });
  for (const isPacked of [false, true]) {
    if (isPacked) git(join(root, "large"), "gc", "-q");
    const reports = await Promise.all(
      ["1", "4"].map((jobs) => swept(place(), root, "--jobs", jobs, "--memory", "512")),
    );
    for (const report of reports)
      assert.deepEqual([foundIn(report).large, gapsIn(report)], [["a.env", "dump.sql"], []], `${isPacked}`);
  }
});

test("a process that is lost is a gap of its repository, and the next sweep looks again", {
  skip: !existsSync("/proc/self/task") && "needs /proc",
}, async () => {
  const root = large();
  const store = place();
  const ran = await sweepingSo(
    {
      during: async ({ pid }) => {
        await until(() => apart(pid!) !== undefined, "its process is there");
        process.kill(apart(pid!)!, "SIGKILL");
      },
    },
    store,
    root,
    "--format",
    "json",
  );
  assert.equal(ran.code, 1, ran.stderr);
  const report = JSON.parse(ran.stdout);
  assert.deepEqual(gapsIn(report), [
    "large: large: the process that looked through it was killed (SIGKILL): it may have taken more memory than there is",
  ]);
  assert.deepEqual(foundIn(report), { large: [], small: ["b.env"] });
  const again = await swept(store, root);
  assert.deepEqual([foundIn(again), gapsIn(again)], [{ large: ["a.env"], small: ["b.env"] }, []]);
});
