import assert from "node:assert/strict";
import { test } from "node:test";
import { toRule } from "../../src/config/rules.ts";
import { confirmAt } from "../../src/detect/confirm.ts";
import { foreignPattern } from "../../src/detect/foreign.ts";
import { compileRules } from "../../src/detect/plan.ts";
import { BUILTIN_IDS, builtinMatcher } from "../../src/scan/builtin.ts";
import { refuseTooMany, toMatcher, withCustom } from "../../src/scan/custom.ts";
import { mint, seededRandom } from "../mint/mint.ts";

const rule = toRule(
  { id: "acme-key", name: "Acme", keywords: ["acme_"], pattern: "(?<env>prod|test) (?<secret>acme_[a-z0-9]{20})" },
  "custom",
);

test("a rule of the user becomes a matcher for the linear-time engine", () => {
  const matcher = toMatcher({ ...rule, entropy: 3, window: { before: 5, after: 90 } });
  assert.deepEqual(
    [matcher.way, matcher.anchor, matcher.engine, matcher.entropy, matcher.window],
    ["literal", "inside", "re2", 3, { before: 5, after: 90 }],
  );
});

test("it finds its secret around its keyword", () => {
  const token = mint("acme_{{lowalnum 20}}", seededRandom(7));
  const bytes = Buffer.from(`x prod ${token} y`);
  const hits = confirmAt(
    { bytes, length: bytes.length, path: "a" },
    toMatcher(rule),
    foreignPattern(rule.pattern),
    7,
    false,
  );
  assert.deepEqual(
    hits.map(({ secret, parts }) => [secret, parts]),
    [[token, { env: "prod" }]],
  );
});

test("a built-in rule's id is not to be had", () => {
  assert.throws(() => withCustom(new Map([["acme-key", rule]]), [rule]), {
    code: "rule-invalid",
    message: /acme-key-own/,
  });
  assert.equal(withCustom(new Map(), [rule]).get("acme-key"), rule);
});

test("as many rules as are taken have room in the kernel beside the built-in ones; more are refused", () => {
  const random = seededRandom(8);
  const own = (keywords: number, length: number) =>
    Array.from({ length: keywords }, () => ({ ...rule, keywords: [mint(`{{lowalnum ${length}}}`, random)] }));
  const builtin = BUILTIN_IDS.map((_, place) => builtinMatcher(place));
  for (const most of [own(1500, 8), own(250, 200)]) {
    refuseTooMany(most);
    assert.ok(
      compileRules([...builtin, ...most.map(toMatcher)], (all) => all.map(() => ({ bucket: 0, fragment: 0 }))).tables
        .length > 0,
    );
  }
  for (const more of [own(1501, 8), own(251, 200)])
    assert.throws(() => refuseTooMany(more), { code: "rule-invalid", message: /keywords of .* at most/ });
});
