import assert from "node:assert/strict";
import { test } from "node:test";
import { nearest } from "../../src/config/nearest.ts";

const known = ["paths", "rules", "allow", "gaps", "publicByDesign"];
const cases: readonly [word: string, meant: string | undefined][] = [
  ["path", "paths"],
  ["pahts", "paths"],
  ["Rules", "rules"],
  ["public-by-design", "publicByDesign"],
  ["xyz", undefined],
  ["", undefined],
  ["r".repeat(10_000), undefined],
];

for (const [word, meant] of cases) {
  test(`the word nearest to ${word.slice(0, 20) || "nothing"} is ${meant ?? "none"}`, () =>
    assert.equal(nearest(word, known), meant));
}
