import assert from "node:assert/strict";
import { test } from "node:test";
import { openPool } from "../../src/scan/pool.ts";
import { startThreads } from "../../src/scan/threads.ts";
import { DEFAULT_LIMITS } from "../../src/sources/unit.ts";
import { leak } from "./running.ts";

const scanner = {
  disabled: [],
  custom: [],
  extraSamples: [],
  limits: DEFAULT_LIMITS,
  explain: false,
  lineHashes: false,
};

for (const alwaysThreads of [true, false]) {
  test(`after a rest units are scanned as before (${alwaysThreads ? "in threads" : "without"})`, async () => {
    const pool = openPool({ jobs: 2, deadline: null, scanner, alwaysThreads });
    pool.noMore();
    const scanned = async (number: number) => {
      const text = leak(number);
      const { matches } = await pool.run({ kind: "names", names: [{ shown: "a name", text }] });
      return matches.map(({ secret }) => text.includes(secret));
    };
    assert.deepEqual(await scanned(1), [true]);
    await pool.rest();
    await pool.rest();
    assert.deepEqual(await Promise.all([scanned(2), scanned(3), scanned(4)]), [[true], [true], [true]]);
    await pool.close();
  });
}

test("a pool takes the threads that were started for it, and starts others for those that are gone", async () => {
  const started = startThreads(3);
  await started.take()!.terminate();
  const pool = openPool({ jobs: 2, deadline: null, scanner, alwaysThreads: true, started });
  const text = leak(5);
  const results = await Promise.all(
    [1, 2, 3].map(() => pool.run({ kind: "names", names: [{ shown: "a name", text }] })),
  );
  assert.deepEqual(
    results.map(({ matches }) => matches.length),
    [1, 1, 1],
  );
  assert.equal(started.take(), undefined);
  await started.end();
  await pool.close();
});

test("threads that no pool took can be ended", async () => {
  const started = startThreads(2);
  await started.end();
  assert.equal(started.take(), undefined);
});
