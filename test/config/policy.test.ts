import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { DEFAULT_POLICY } from "../../src/config/default-policy.ts";
import { loadPolicy } from "../../src/config/policy.ts";
import { loadSettings } from "../../src/config/settings.ts";
import type { Policy } from "../../src/model/index.ts";
import { folder } from "./folder.ts";

const load = (text: string, base?: Policy) => loadPolicy(join(folder({ "policy.yml": text }), "policy.yml"), base);

const durations: readonly [text: string, seconds: number][] = [
  ["0s", 0],
  ["45s", 45],
  ["30m", 1800],
  ["1h", 3600],
  ["30d", 2_592_000],
  ["2w", 1_209_600],
  ["1y", 31_536_000],
];

for (const [text, seconds] of durations) {
  test(`${text} is ${seconds} seconds`, async () => {
    assert.equal((await load(`limits: {accessTokenTtl: ${text}}`)).limits.accessTokenTtl, seconds);
  });
}

test("an empty policy is the default one", async () => {
  assert.deepEqual({ ...(await load("")), boundaries: {} }, DEFAULT_POLICY);
});

test("boundaries, patterns and defaults become the model's", async () => {
  const policy = await load(
    [
      "defaults: {environment: prod, exposure: auto}",
      "boundaries: {shop: {owner: team}, pay: {sensitivity: regulated, regimes: [PCI-DSS], stores: [secrets]}}",
      'audiences: [{match: {provider: aws, account: "1"}, boundary: shop}, {match: "https://*/userinfo", ignore: true}]',
      "publicByDesign: report",
    ].join("\n"),
  );
  assert.deepEqual(policy.defaults, { environment: "prod", exposure: "auto" });
  assert.deepEqual(
    { ...policy.boundaries },
    {
      shop: { owner: "team", sensitivity: "internal", regimes: [], stores: [] },
      pay: { sensitivity: "regulated", regimes: ["PCI-DSS"], stores: ["secrets"] },
    },
  );
  assert.deepEqual(policy.audiences[0], { match: { provider: "aws", account: "1" }, boundary: "shop" });
  assert.equal(policy.publicByDesign, "report");
});

test("tenants stand for the star of their issuer, and keys are found beside the file", async () => {
  const root = folder({
    "policy.yml": 'issuers: [{match: "https://x/*/v2.0", kind: entra, tenants: [a, b], jwks: keys/x.json}]',
  });
  const { issuers } = await loadPolicy(join(root, "policy.yml"));
  assert.deepEqual(
    issuers.map(({ match }) => match),
    ["https://x/a/v2.0", "https://x/b/v2.0"],
  );
  assert.equal(issuers[0]?.jwks, join(root, "keys/x.json"));
});

test("a policy file goes over the settings' policy: its entries are asked first, its limits win, the rest stays", async () => {
  const root = folder({
    ".leakreach.yml":
      "boundaries: {shop: {owner: a}}\nscopes: [{match: x, power: 2}]\nlimits: {maxPower: 4, keyAge: 1d}\n",
  });
  const { policy: base } = await loadSettings(root, undefined);
  const policy = await load(
    "audiences: [{match: y, boundary: shop}]\nscopes: [{match: x, power: 5}]\nlimits: {maxPower: 2}\n",
    base,
  );
  assert.deepEqual(
    policy.scopes.map(({ power }) => power),
    [5, 2],
  );
  assert.deepEqual([policy.limits.maxPower, policy.limits.keyAge], [2, 86_400]);
  assert.equal(policy.boundaries.shop?.owner, "a");
});

test("of whole settings only the policy is taken", async () => {
  const policy = await load(
    "version: 1\nnow: null\nlimits: {maxPower: 1}\nallow: [{kinds: [x]}]\nreport: {redact: strict}\n",
  );
  assert.equal(policy.limits.maxPower, 1);
});

const faults: readonly [name: string, text: string, message: RegExp][] = [
  ["an unknown key", "limit: {}", /policy\.yml:1:1: unknown key `limit`; did you mean `limits`\?/],
  [
    "an unknown boundary",
    "audiences: [{match: a, boundary: b}]",
    /policy\.yml:1:34: audiences\[0\]\.boundary: there is no boundary `b`; describe it/,
  ],
  ["broken YAML", "limits: {", /policy\.yml:1:\d+: /],
];

for (const [name, text, message] of faults) {
  test(`${name} in a policy is refused`, () => assert.rejects(load(text), { code: "policy-invalid", message }));
}

test("a policy file that is not there is refused", () =>
  assert.rejects(loadPolicy("/nowhere/policy.yml"), { code: "policy-invalid", message: /there is no policy file/ }));

test("the products an issuer may be of are the dictionaries there are", () => {
  const schema = JSON.parse(readFileSync("docs/settings.schema.json", "utf8"));
  const ids = readdirSync("rules/scopes").map((name) => name.replace(/\.yml$/, ""));
  assert.deepEqual(kindsOf(schema), ids.sort());
});

const kindsOf = (schema: { properties: { issuers: { items: { properties: { kind: { enum: string[] } } } } } }) =>
  schema.properties.issuers.items.properties.kind.enum;

test("a product without a dictionary is refused, and the nearest one named", async () => {
  await assert.rejects(load('issuers: [{match: "https://x/", kind: keycloack}]'), /did you mean keycloak\?/);
});
