import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { parse } from "yaml";
import { checksumNames } from "../../src/checksum/index.ts";
import type { WrittenRule } from "../../src/model/index.ts";
import { BUILTIN_IDS, builtinMatcher } from "../../src/scan/builtin.ts";
import { decoders } from "../decode/decoders.ts";
import { hitsIn } from "../detect/find.ts";
import { mint, seededRandom } from "../mint/mint.ts";

const ROUNDS = 12;
const random = seededRandom(20260901);
const spoken = new Set(BUILTIN_IDS.filter((_, place) => builtinMatcher(place).way === "run"));

/** What the whole detection, with every rule on, says of a text. */
function found(text: string): { id: string; secret: string }[] {
  return hitsIn(text)
    .filter((hit) => hit.checksum !== "bad")
    .map((hit) => ({ id: hit.matcher.id, secret: hit.secret }));
}

/** A value that only a keyword speaks for may by chance have no digit or little entropy; a prefix is always there. */
const mayMiss = (rule: WrittenRule): number =>
  rule.detector || rule.entropy !== undefined || spoken.has(rule.id) ? 2 : 0;

const files = readdirSync("rules/providers").filter((name) => name.endsWith(".yml"));
const rules = files.flatMap(
  (name) => (parse(readFileSync(`rules/providers/${name}`, "utf8")) as { rules: WrittenRule[] }).rules,
);

for (const rule of rules) {
  test(`${rule.id}: its examples are found, with every rule on`, () => {
    for (const example of rule.examples) {
      const misses: string[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        const text = mint(example, random);
        const ids = found(text).map((hit) => hit.id);
        if (!ids.includes(rule.id))
          misses.push(
            `${JSON.stringify(text.replace(/[A-Za-z0-9]{6,}/g, "…").slice(0, 200))} gave ${ids.join(", ") || "nothing"}`,
          );
      }
      assert.ok(misses.length <= mayMiss(rule), misses.join("\n"));
    }
  });

  test(`${rule.id}: its nearest misses are not found`, () => {
    for (const example of rule.negative_examples) {
      for (let round = 0; round < ROUNDS; round++) {
        const text = mint(example, random);
        const ids = found(text).filter((hit) => hit.id === rule.id);
        assert.equal(ids.length, 0, `${JSON.stringify(example)} was found`);
      }
    }
  });

  test(`${rule.id}: names only checksums, decoders and rules that exist`, () => {
    if (rule.checksum) assert.ok(checksumNames.includes(rule.checksum), rule.checksum);
    if (rule.decoder) assert.ok(Object.hasOwn(decoders, rule.decoder), rule.decoder);
    if (rule.pair)
      assert.ok(
        rules.some((other) => other.id === rule.pair?.rule),
        rule.pair.rule,
      );
    assert.match(rule.pattern, /\(\?<secret>/);
  });
}

test("there are at least 120 token types", () => {
  assert.ok(rules.length >= 120, `${rules.length} rules`);
});
