import assert from "node:assert/strict";
import { test } from "node:test";
import { beginsWord } from "../../src/detect/plan.ts";
import { mint, seededRandom } from "../mint/mint.ts";
import { findIn } from "./find.ts";

test("a word begins behind no letter, and where the case changes", () => {
  for (const [text, at, begins] of [
    ["okta", 0, true],
    ["my_okta", 3, true],
    ["myOkta", 2, true],
    ["MYOkta", 2, true],
    ["2okta", 1, true],
    ["a\\nokta", 3, true],
    ["a%0aokta", 4, true],
    ["\x1b[31mokta", 5, true],
    ["rookTable", 2, false],
    ["rokta", 1, false],
    ["MYOKTA", 2, false],
  ] as const)
    assert.equal(beginsWord(text, at), begins, text);
});

test("a short keyword inside another word speaks for nothing", () => {
  const random = seededRandom(11);
  const rules = (text: string) => findIn(mint(text, random), "a.env").map(({ rule }) => rule);
  assert.ok(rules("OKTA_TOKEN=00{{base64url 20}}7a{{base64url 18}}\n").includes("okta-api-token"));
  assert.ok(!rules("rookTable_token=00{{base64url 20}}7a{{base64url 18}}\n").includes("okta-api-token"));
});
