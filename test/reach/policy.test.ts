import assert from "node:assert/strict";
import { test } from "node:test";
import { type Authority, type Fact, type Pattern, type Policy, ScanError } from "../../src/model/index.ts";
import { domainOf } from "../../src/reach/domain.ts";
import { extentOf, matches, ownersOf, spanSentence } from "../../src/reach/policy.ts";
import { factsOf, HOUR, makeRule, NOW, policy, reachOf, reachOfClaims } from "./setup.ts";

const fact = (name: string, value: string): Fact => ({ name, value, basis: "claimed" });
const aws = [fact("provider", "aws"), fact("account", "210987654321")];

const patterns: readonly [Pattern, string, readonly Fact[], boolean][] = [
  ["urn:hr:core", "urn:hr:core", [], true],
  ["urn:hr:*", "urn:hr:core", [], true],
  ["urn:hr:*", "urn:hrx", [], false],
  ["https://api.shop.example/*", "https://api.shop.example/", [], true],
  ["https://api.shop.example/*", "https://api.shop.example", [], true],
  ["https://api.shop.example", "https://api.shop.example/", [], true],
  ["https://api.shop.example/*", "https://api.shop.example.evil.io/", [], false],
  ["https://*/userinfo", "https://login.acme.io/userinfo", [], true],
  ["https://*.acme.io/*", "https://a.acme.io/x", [], true],
  ["/^admin(\\b|:)/", "admin:all", [], true],
  ["/^admin(\\b|:)/", "administrator", [], false],
  ["/^ADMIN$/i", "admin", [], true],
  [{ provider: "aws", account: "210987654321" }, "", aws, true],
  [{ provider: "aws", account: "2109*" }, "", aws, true],
  [{ provider: "aws", account: "1" }, "", aws, false],
  [{ provider: "aws", project: "x" }, "", aws, false],
  [{}, "", aws, false],
];

for (const [pattern, text, facts, expected] of patterns) {
  test(`${JSON.stringify(pattern)} ${expected ? "names" : "does not name"} ${text || "the account"}`, () =>
    assert.equal(matches(pattern, text, facts), expected));
}

test("a pattern that is no regular expression is the user's to mend", () => {
  assert.throws(
    () => matches("/(/", "x", []),
    (error) => error instanceof ScanError && error.code === "policy-invalid",
  );
});

test("many stars cost no more than a few", () => {
  const before = performance.now();
  matches(`${"a*".repeat(200)}b`, "a".repeat(50_000), []);
  assert.ok(performance.now() - before < 200);
});

const authority = (audiences: readonly string[] | undefined, issuer = "https://login.northwind.io/"): Authority => ({
  dictionary: "generic",
  kind: "access",
  issuer,
  ...(audiences && { audiences }),
  scopes: ["orders:read"],
  roles: [],
});

const reached = (audiences: readonly string[], issuer?: string) =>
  extentOf(authority(audiences, issuer), [], policy).reached.map(({ name }) => name);

const extents: readonly [string, readonly string[], readonly string[]][] = [
  ["one mapped audience", ["https://api.shop.example/"], ["shop"]],
  ["two audiences of one boundary", ["https://api.shop.example/a", "https://api.shop.example/b"], ["shop"]],
  ["two boundaries", ["https://api.shop.example/", "https://pay.example/"], ["shop", "payments"]],
  ["a user-info endpoint does not count", ["https://api.shop.example/", "https://x.io/userinfo"], ["shop"]],
  ["an unmapped one beside a mapped one", ["https://api.shop.example/", "https://x.io/"], ["shop", "https://x.io/"]],
  [
    "unmapped ones by domain",
    ["https://a.northwind.io", "https://b.northwind.io", "https://x.co.uk"],
    ["northwind.io", "x.co.uk"],
  ],
  ["clients of the issuer", ["web", "cart"], ["northwind.io"]],
  ["Keycloak's default beside a client", ["account", "cart"], ["northwind.io"]],
];

for (const [name, audiences, expected] of extents) {
  test(`extent: ${name}`, () => assert.deepEqual(reached(audiences), expected));
}

test("clients and hosts of an issuer stand in its boundary, other hosts do not", () => {
  const issuer = "https://sso.acme.example/realms/master";
  assert.deepEqual(reached(["cart", "web", "https://api.acme.example/"], issuer), ["platform"]);
  assert.deepEqual(reached(["cart", "https://pay.example/", "https://x.io"], issuer), [
    "platform",
    "payments",
    "https://x.io",
  ]);
  assert.deepEqual(reached([], issuer), ["platform"]);
});

test("facts map a token without audiences", () => {
  const { reached: found, derived } = extentOf(undefined, aws, policy);
  assert.deepEqual(
    found.map(({ name, by, reach }) => [name, by, reach]),
    [["platform", "facts", "mints"]],
  );
  assert.equal(derived, false);
});

const unbounded: readonly [string, readonly string[] | undefined, RegExp | undefined][] = [
  ["missing", undefined, /has no audience/],
  ["empty", [], /has no audience/],
  ["an empty text", [""], /has no audience/],
  ["a star", ["*"], /wildcard/],
  ["JFrog's star", ["*@*"], /wildcard/],
  ["Keycloak's account", ["account"], /`account`/],
  ["the issuer", ["https://login.northwind.io"], /issuer as its only audience/],
  ["an API", ["https://api.northwind.io"], undefined],
];

for (const [name, audiences, expected] of unbounded) {
  test(`an audience that is ${name} is ${expected ? "none" : "one"}`, () => {
    const why = extentOf(authority(audiences), [], policy).unbounded;
    if (expected) assert.match(why ?? "", expected);
    else assert.equal(why, undefined);
  });
}

const domains: readonly [string, string | undefined, string][] = [
  ["https://api.acme.co.uk/x", undefined, "acme.co.uk"],
  ["https://acme.eu.auth0.com/api/v2/", undefined, "acme.eu.auth0.com"],
  ["https://kv1.vault.azure.net", undefined, "kv1.vault.azure.net"],
  ["api.acme.io", undefined, "acme.io"],
  ["https://10.0.0.1:8443/", undefined, "10.0.0.1"],
  ["urn:hr:core", undefined, "urn:hr"],
  ["arn:aws:iam::210987654321:role/x", undefined, "AWS account 210987654321"],
  ["spiffe://prod.acme.io/cart", undefined, "acme.io"],
  ["web", "https://sso.acme.io/realms/shop", "acme.io, realm shop"],
  ["web", undefined, "web"],
];

for (const [audience, issuer, expected] of domains) {
  test(`${audience} of ${issuer ?? "nobody"} stands in ${expected}`, () =>
    assert.equal(domainOf(audience, issuer), expected));
}

const spans: readonly [string, readonly string[], Partial<Policy["limits"]>, string | undefined][] = [
  [
    "two owners",
    ["https://api.shop.example/", "https://pay.example/"],
    {},
    "token is good for shop (team-shop, internal) and payments (team-pay, regulated, PCI-DSS)",
  ],
  [
    "an audience that nobody mapped",
    ["https://api.shop.example/", "https://x.io/"],
    {},
    "token is good for shop (team-shop, internal) and https://x.io/ (unmapped)",
  ],
  [
    "more boundaries allowed, but owners differ",
    ["https://api.shop.example/", "urn:hr:a"],
    { maxBoundaries: 3 },
    "token is good for shop (team-shop, internal) and hr (people-tech, regulated)",
  ],
  ["one boundary", ["https://api.shop.example/"], {}, undefined],
  [
    "nothing mapped",
    ["https://a.io", "https://b.io"],
    {},
    "token is good for a.io (unmapped) and b.io (unmapped); the policy maps none of them, so they are told apart by domain and account",
  ],
  ["nothing mapped, and two allowed", ["https://a.io", "https://b.io"], { maxBoundaries: 2 }, undefined],
];

for (const [name, audiences, limits, expected] of spans) {
  test(`span: ${name}`, () =>
    assert.equal(spanSentence(extentOf(authority(audiences), [], policy), { ...policy.limits, ...limits }), expected));
}

test("every owner is named once", () => {
  const extent = extentOf(authority(["https://api.shop.example/", "https://pay.example/", "urn:hr:a"]), [], policy);
  assert.deepEqual(ownersOf(extent), ["team-shop", "team-pay", "people-tech"]);
});

const header = { typ: "at+jwt", alg: "RS256" };
const token = (more: Record<string, unknown>) =>
  reachOfClaims(header, {
    iss: "https://login.acme.example/",
    sub: "svc",
    scope: "orders:read",
    iat: NOW,
    exp: NOW + HOUR,
    ...more,
  });

test("a boundary's environment beats what the host name seems to mean", () => {
  assert.match(factsOf(token({ aud: "https://api.shop.example/" })), /\/prod\//);
  assert.match(factsOf(token({ aud: "https://api.other.io/" })), /\/test\//);
});

test("a token that is for tests by its own making stays so", () => {
  const rule = makeRule("aws-key", { power: 4, environment: "test" }, { provider: "AWS" });
  const anatomy = { facts: aws, hints: [], weaknesses: [] };
  assert.match(factsOf(reachOf(rule, "x", { anatomy })), /confidential.*\/test\//);
});

test("what acts in a boundary that keeps secrets makes credentials", () => {
  const reach = token({ aud: "https://vault.azure.net" });
  assert.match(factsOf(reach), /^2\/service\/mints\/confidential/);
  assert.ok(reach.reasons.some((reason) => reason.includes("platform keeps secrets, identity, cicd")));
  assert.ok(reach.breaches.includes("BR-MINT"));
});

test("an ID token of the same boundary makes none", () => {
  const claims = { iss: "https://sso.acme.example/realms/acme", aud: "web", nonce: "n", sub: "1", exp: NOW + HOUR };
  assert.match(factsOf(reachOfClaims({ alg: "RS256" }, claims)), /^1\/single\/none\/confidential/);
});

test("the policy's scopes beat the words of the dictionary", () => {
  const scopes = [{ match: "orders:admin", power: 2 as const }];
  const claims = { iss: "https://i.io", aud: "https://a.io", scope: "orders:admin", exp: NOW + HOUR };
  assert.match(factsOf(reachOfClaims(header, claims)), /^3/);
  assert.match(factsOf(reachOfClaims(header, claims, { policy: { ...policy, scopes: [] } })), /^4/);
  assert.match(factsOf(reachOfClaims(header, claims, { policy: { ...policy, scopes } })), /^2/);
});

test("one issuer may do without audiences and another may not", () => {
  const lax: Policy = { ...policy, limits: { ...policy.limits, requireAud: false } };
  const claims = (iss: string) => ({ iss, scope: "orders:read", exp: NOW + HOUR });
  const breaches = (iss: string) => reachOfClaims(header, claims(iss), { policy: lax }).breaches;
  assert.ok(!breaches("https://login.northwind.io/").includes("BR-NOAUD"));
  assert.ok(breaches("https://login.acme.example/").includes("BR-NOAUD"));
});

test("a life longer than the policy allows is a breach, and says both", () => {
  const reach = token({ aud: "https://api.shop.example/", exp: NOW + 8 * HOUR });
  assert.ok(reach.breaches.includes("BR-TTL"));
  assert.ok(reach.reasons.includes("lasts 8 h; the policy allows access tokens 1 h"));
  assert.ok(!token({ aud: "https://api.shop.example/" }).breaches.includes("BR-TTL"));
});

test("a token got for a password and one bought with a wildcard are breaches", () => {
  const claims = {
    iss: "https://acme.eu.auth0.com/",
    aud: "https://a.io",
    gty: "password",
    scope: "orders:*",
    exp: NOW + HOUR,
  };
  const { breaches, references } = reachOfClaims(header, claims);
  for (const id of ["BR-LEAK", "BR-PWDGRANT", "BR-SCOPE"]) assert.ok(breaches.includes(id), id);
  for (const id of ["CWE-798", "NHI5:2025", "RFC 9700 2.4", "CSF 2.0 PR.AA-05"])
    assert.ok(
      references.some((reference) => reference.id === id),
      id,
    );
});

test("a production token that its name calls a test is a breach", () => {
  const reach = token({ aud: "https://api.shop.example/" });
  assert.ok(!reach.breaches.includes("BR-ENV"));
  const match = { checksum: "none", encodings: [], parts: {}, assignedTo: "DEV_TOKEN" } as const;
  const claims = { aud: "https://api.shop.example/", scope: "orders:read", exp: NOW + HOUR };
  assert.ok(reachOfClaims(header, claims, { match }).breaches.includes("BR-ENV"));
});

test("remedies come in order, with their owner", () => {
  const reach = token({
    aud: ["https://api.shop.example/", "https://pay.example/"],
    scope: "admin",
    exp: NOW + 8 * HOUR,
  });
  const actions = reach.remedies.map(({ action }) => action.split(" ").slice(0, 2).join(" "));
  assert.deepEqual(actions, ["Revoke it:", "Then remove", "Ask for", "Ask only", "Let it", "Bind tokens", "Look for"]);
  assert.ok(reach.remedies.every(({ owner }) => owner === "team-shop and team-pay"));
});

test("what was demoted reaches nothing, and says why", () => {
  const match = { checksum: "good", encodings: [], parts: {}, demoted: "placeholder: EXAMPLE" } as const;
  const reach = reachOf(makeRule("acme-key", { power: 5, life: "none" }), "x", { match });
  assert.deepEqual([reach.score, reach.level, reach.breaches, reach.remedies], [0, "none", [], []]);
  assert.ok(reach.reasons.includes("placeholder: EXAMPLE"));
});

test("the product of an issuer says which dictionary reads its scopes and roles", () => {
  const claims = { iss: "https://id.northwind.io/", aud: "https://api.northwind.io/", exp: NOW + HOUR };
  const kinds = (kind?: string): Policy => ({
    ...policy,
    issuers: [{ match: "https://id.northwind.io/", ...(kind && { kind }) }],
  });
  const power = (kind: string | undefined, more: object) =>
    factsOf(reachOfClaims({ alg: "RS256" }, { ...claims, ...more }, { policy: kinds(kind) }))[0];
  // Okta's scope is one of its administrators; the words of the generic dictionary say `manage` only.
  assert.deepEqual(
    [power(undefined, { scp: ["okta.apps.manage"] }), power("okta", { scp: ["okta.apps.manage"] })],
    ["4", "5"],
  );
  assert.deepEqual(
    [power(undefined, { roles: ["manage-users"] }), power("keycloak", { roles: ["manage-users"] })],
    ["4", "5"],
  );
});

test("remedies say what fits their kind", () => {
  const actions = (reach: { readonly remedies: readonly { readonly action: string }[] }) =>
    reach.remedies.map(({ action }) => action).join("\n");
  const keys = makeRule(
    "some-key",
    { power: 4, life: "none" },
    { provider: "private keys", revoke: { how: "Revoke its certificate." } },
  );
  assert.match(actions(reachOf(keys, "x")), /^Revoke its certificate\.$/m);
  assert.match(actions(reachOf(keys, "x")), /Replace it at least every 90 days\n[\s\S]*the logs of whatever trusts it/);
  const legacy = "kubernetes.io/serviceaccount/";
  const claims = {
    iss: "kubernetes/serviceaccount",
    [`${legacy}namespace`]: "shop",
    [`${legacy}secret.name`]: "web-token",
  };
  assert.match(
    actions(reachOfClaims({ alg: "RS256" }, claims)),
    /^Revoke it: delete the Secret web-token of namespace shop$/m,
  );
});
