import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import type { JsonSweepReport } from "../../src/report/sweep-report.ts";
import { leak } from "../scan/running.ts";
import { commit, many, place, sweeping, sweepingSo } from "./sweeping.ts";

/** Copies of a store that are made of one sweep. */
const COPIES = 3;

/** A report without what says how much of it had been looked through before. */
function told(json: string): unknown {
  const report = JSON.parse(json) as JsonSweepReport;
  return report.repositories.map((one) => ({ ...one, report: { ...one.report, stats: one.report.stats.complete } }));
}

test("a copy that is made while a sweep runs is whole: a sweep goes on from it and reports all", async () => {
  const root = many(12);
  const store = place();
  const began = Date.now();
  await sweeping(store, root);
  const whole = Date.now() - began;
  for (const name of ["r000", "r007", "r011"]) commit(join(root, "team", name), { "late.env": leak(99) });
  const undisturbed = told((await sweeping(place(), root, "--format", "json")).stdout);
  const copies = Array.from({ length: COPIES }, place);
  let making: Promise<void> | undefined;
  const during = () => {
    making = (async () => {
      for (const copy of copies) {
        await setTimeout((Math.random() * 2 * whole) / COPIES);
        // What was about to be renamed may be gone when it comes to it, of which it tells.
        spawnSync("cp", ["-r", store, copy]);
      }
    })();
  };
  const ran = await sweepingSo({ during }, store, root, "--format", "json");
  await making;
  assert.deepEqual(told(ran.stdout), undisturbed);
  for (const copy of copies) {
    const resumed = await sweeping(copy, root, "--resume", "--format", "json");
    assert.deepEqual(told(resumed.stdout), undisturbed, resumed.stderr);
  }
});
