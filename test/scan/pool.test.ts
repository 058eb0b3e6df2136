import assert from "node:assert/strict";
import { test } from "node:test";
import { openPool } from "../../src/scan/pool.ts";
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
