import assert from "node:assert/strict";
import { test } from "node:test";
import { DEFAULT_POLICY } from "../../src/config/default-policy.ts";
import type { Policy } from "../../src/model/index.ts";
import { matches } from "../../src/reach/policy.ts";
import { linearPolicy } from "../../src/setup/linear-policy.ts";

const withAudience = (match: Policy["audiences"][number]["match"]): Policy => ({
  ...DEFAULT_POLICY,
  audiences: [{ match, boundary: "shop" }],
});

const cases: [name: string, match: Policy["audiences"][number]["match"], text: string, holds: boolean][] = [
  ["an expression that another engine would never finish", "/^(a+)+$/", `${"a".repeat(2000)}b`, false],
  ["an expression that holds", "/^urn:(shop|pay):/", "urn:pay:core", true],
  ["an expression without case", "/^URN:SHOP/i", "urn:shop", true],
  ["a plain pattern", "urn:shop:*", "urn:shop:core", true],
];

for (const [name, match, text, holds] of cases) {
  test(`a policy's patterns run in linear time: ${name}`, async () => {
    const policy = await linearPolicy(withAudience(match));
    assert.equal(matches(policy.audiences[0]!.match, text, []), holds);
  });
}

test("fields of a pattern run in linear time, too", async () => {
  const policy = await linearPolicy(withAudience({ provider: "aws", account: "/^2109/" }));
  const facts = [
    { name: "provider", value: "aws", basis: "claimed" as const },
    { name: "account", value: "210987654321", basis: "claimed" as const },
  ];
  assert.equal(matches(policy.audiences[0]!.match, undefined, facts), true);
});
