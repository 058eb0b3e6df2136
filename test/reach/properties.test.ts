import { test } from "node:test";
import fc from "fast-check";
import type { Policy, Traits } from "../../src/model/index.ts";
import { score } from "../../src/reach/score.ts";
import { mint, seededRandom } from "../mint/mint.ts";
import { DAY, HOUR, NOW, policy, reachOf, reachOfClaims, ruleOf } from "./setup.ts";
import { ORDERS } from "./traits.ts";

const names = Object.keys(ORDERS) as (keyof Traits)[];
const anyTraits = fc.record(
  Object.fromEntries(names.map((name) => [name, fc.constantFrom(...(ORDERS[name] as readonly unknown[]))])),
) as fc.Arbitrary<Traits>;

for (const name of names) {
  test(`more of ${name} never lowers the score`, () => {
    const order = ORDERS[name] as readonly unknown[];
    fc.assert(
      fc.property(anyTraits, (traits) => {
        const scores = order.map((value) => score({ ...traits, [name]: value } as Traits).score);
        return scores.every((value, at) => at === 0 || value >= scores[at - 1]!);
      }),
      { numRuns: 5000 },
    );
  });
}

test("the score is a function of the traits, from 0 to 10, with one decimal", () => {
  fc.assert(
    fc.property(anyTraits, (traits) => {
      const [one, other] = [score(traits), score({ ...traits })];
      const bounded = one.score >= 0 && one.score <= 10 && Number.isInteger(Math.round(one.score * 10e6) / 1e6);
      return one.score === other.score && one.level === other.level && bounded;
    }),
  );
});

const AUDIENCES = [
  "https://api.shop.example/",
  "https://api.shop.example/v2",
  "https://pay.example/",
  "urn:hr:core",
  "https://vault.azure.net",
  "https://a.northwind.io",
  "https://b.northwind.io",
  "https://api.other.co.uk",
  "cart",
  "https://login.northwind.io/userinfo",
];
const SCOPES =
  "openid profile orders:read orders:write ledger:post read:admin admin secrets:read deploy offline_access * x7";
// The first audience that counts bounds a token; every further one widens it.
const anyAudiences = fc
  .uniqueArray(fc.constantFrom(...AUDIENCES), { minLength: 1, maxLength: 5 })
  .filter((audiences) => audiences.some((audience) => !audience.endsWith("/userinfo")));
const anyScopes = fc.uniqueArray(fc.constantFrom(...SCOPES.split(" ")), { minLength: 1, maxLength: 5 });
const anyIssuer = fc.constantFrom(
  "https://login.northwind.io/",
  "https://login.acme.example/",
  "https://sso.acme.example/realms/a",
);
const anyKey = fc.string().filter((key) => !/^(?:[\w:]|https?:)/.test(key));

const anyClaims = fc.record({
  iss: anyIssuer,
  aud: anyAudiences,
  scope: anyScopes.map((scopes) => scopes.join(" ")),
  sub: fc.constantFrom("svc-cart", "0193"),
  exp: fc.integer({ min: NOW - 2 * DAY, max: NOW + 800 * DAY }),
});
type Claims = typeof anyClaims extends fc.Arbitrary<infer C> ? C : never;

const header = { typ: "at+jwt", alg: "RS256" };
const scoreOf = (claims: object, more = {}) => reachOfClaims(header, { ...claims }, more).score;
const exposed = (exposure: Traits["exposure"]): Policy => ({ ...policy, defaults: { ...policy.defaults, exposure } });

/** A change to a token, and whether it may only raise or only lower the score. */
const changes: readonly [string, (claims: Claims) => readonly [before: number, after: number]][] = [
  ["another unknown scope", (claims) => [scoreOf(claims), scoreOf({ ...claims, scope: `${claims.scope} z9` })]],
  ["another strong scope", (claims) => [scoreOf(claims), scoreOf({ ...claims, scope: `${claims.scope} users:write` })]],
  ["an hour more of life", (claims) => [scoreOf(claims), scoreOf({ ...claims, exp: claims.exp + HOUR })]],
  ["a year more of life", (claims) => [scoreOf(claims), scoreOf({ ...claims, exp: claims.exp + 365 * DAY })]],
  ["no expiry at all", ({ exp, ...claims }) => [scoreOf({ ...claims, exp }), scoreOf(claims)]],
  [
    "a public place",
    (claims) => [scoreOf(claims, { policy: exposed("internal") }), scoreOf(claims, { policy: exposed("public") })],
  ],
  [
    "more than a local file",
    (claims) => [scoreOf(claims, { policy: exposed("local") }), scoreOf(claims, { policy: exposed("internal") })],
  ],
  [
    "the key that a token is bound to",
    (claims) => [scoreOf(claims), scoreOf(claims, { paired: "its key is in dev/key.pem" })],
  ],
  ["time turned back", (claims) => [scoreOf(claims), scoreOf(claims, { now: NOW - HOUR })]],
  ["no key to be bound to", (claims) => [scoreOf({ ...claims, cnf: { jkt: "thumbprint" } }), scoreOf(claims)]],
];

for (const [name, change] of changes) {
  test(`${name} never lowers the score`, () => {
    fc.assert(
      fc.property(anyClaims, (claims) => {
        const [before, after] = change(claims);
        return after >= before;
      }),
      { numRuns: 300 },
    );
  });
}

test("another audience never lowers the score", () => {
  fc.assert(
    fc.property(anyClaims, fc.constantFrom(...AUDIENCES), (claims, audience) => {
      return scoreOf({ ...claims, aud: [...claims.aud, audience] }) >= scoreOf(claims);
    }),
    { numRuns: 1000 },
  );
});

test("another scope never lowers the score", () => {
  fc.assert(
    fc.property(anyClaims, fc.constantFrom(...SCOPES.split(" ")), (claims, scope) => {
      return scoreOf({ ...claims, scope: `${claims.scope} ${scope}` }) >= scoreOf(claims);
    }),
    { numRuns: 1000 },
  );
});

test("expiry never raises the score", () => {
  fc.assert(
    fc.property(anyClaims, (claims) => scoreOf({ ...claims, exp: NOW - 1 }) <= scoreOf(claims)),
    { numRuns: 300 },
  );
});

test("a host name of tests never raises the score", () => {
  const issuers = ["https://login.northwind.io/", "https://login.dev.northwind.io/"] as const;
  fc.assert(
    fc.property(
      anyClaims,
      (claims) => scoreOf({ ...claims, iss: issuers[1] }) <= scoreOf({ ...claims, iss: issuers[0] }),
    ),
    { numRuns: 300 },
  );
});

test("an address that a SAS is bound to never raises the score", () => {
  const sas = ruleOf("azure-sas", { power: 3 }, { decoder: "azure-sas" });
  const kinds = fc.constantFrom("account", "blob", "container");
  const permissions = fc
    .uniqueArray(fc.constantFrom(..."racwdxlt"), { minLength: 1 })
    .map((letters) => letters.join(""));
  fc.assert(
    fc.property(kinds, permissions, (kind, sp) => {
      const minted = (fields: string) => mint(`{{mint azure-sas ${kind} sp=${sp}${fields}}}`, seededRandom(3));
      return reachOf(sas, minted(" sip=203.0.113.7")).score <= reachOf(sas, minted("")).score;
    }),
    { numRuns: 200 },
  );
});

test("the order of claims, audiences and scopes does not matter", () => {
  fc.assert(
    fc.property(anyClaims, (claims) => {
      const turned = Object.fromEntries(Object.entries(claims).reverse());
      const words = claims.scope.split(" ").reverse().join(" ");
      return scoreOf({ ...turned, aud: [...claims.aud].reverse(), scope: words }) === scoreOf(claims);
    }),
    { numRuns: 300 },
  );
});

test("claims that nobody knows do not matter", () => {
  fc.assert(
    fc.property(anyClaims, anyKey, fc.jsonValue(), (claims, key, value) => {
      return scoreOf({ ...claims, [key]: value }) === scoreOf(claims);
    }),
    { numRuns: 300 },
  );
});

test("the stable level changes only when a token expires", () => {
  fc.assert(
    fc.property(anyClaims, fc.nat({ max: 900 * DAY }), fc.nat({ max: 900 * DAY }), (claims, early, late) => {
      const [one, other] = [early, late].map((wait) => reachOfClaims(header, claims, { now: NOW - DAY + wait }));
      const expired = [early, late].map((wait) => claims.exp <= NOW - DAY + wait);
      return expired[0] !== expired[1] || one!.stableLevel === other!.stableLevel;
    }),
    { numRuns: 500 },
  );
});

test("nothing of a secret stands in its reach", () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const secret = mint("ghp_{{crc32-base62 30}}", seededRandom(seed));
      return !JSON.stringify(reachOf(ruleOf("github-pat"), secret)).includes(secret.slice(4));
    }),
    { numRuns: 20 },
  );
});
