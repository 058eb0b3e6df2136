import assert from "node:assert/strict";
import { test } from "node:test";
import { BUILTIN_IDS, builtinMatcher } from "../../src/scan/builtin.ts";
import { unbounded } from "./bounded.ts";

for (const [pattern, faults] of [
  ["ab[a-z]{3,9}", 0],
  ["(?:[^;]{0,80};){0,8}x", 0],
  ["(?:a|b{2}){1,400}", 0],
  ["\\s*=[^\\n]+", 0],
  ["(?:[a-z]+)+", 2],
  ["(?:a{0,9}){0,9}", 1],
  ["(?:a{1,9}|b){2,9}c", 1],
  ["(?:ab)*", 1],
  ["(?:(?=a)a{0,9}){0,9}", 1],
  ["(?:x[a-z]{0,1000}){0,1000}", 1],
  ["(?:\\(a{1,3}[)]){1,5}", 0],
] as const)
  test(`${pattern} has ${faults} faults`, () =>
    assert.equal(unbounded(pattern).length, faults, unbounded(pattern).join("\n")));

for (const [place, id] of BUILTIN_IDS.entries())
  test(`${id}: its pattern runs in bounded time`, () => assert.deepEqual(unbounded(builtinMatcher(place).pattern), []));
