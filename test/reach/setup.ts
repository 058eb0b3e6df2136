import { createHmac } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import { checksum } from "../../src/checksum/index.ts";
import type { Anatomy, Policy, Reach, Rule, RuleId, ScopeDictionary } from "../../src/model/index.ts";
import { type Assessment, assess } from "../../src/reach/assess.ts";
import { decoders } from "../decode/decoders.ts";

/** The clock of every vector: 2026-09-01T00:00:00Z. */
export const NOW = 1_788_220_800;

export const MINUTE = 60;
export const HOUR = 3600;
export const DAY = 86_400;

/** Every dictionary of rules/scopes, as the build compiles them. */
export const dictionaries: ReadonlyMap<string, ScopeDictionary> = new Map(
  readdirSync("rules/scopes")
    .filter((name) => name.endsWith(".yml"))
    .map((name) => parse(readFileSync(`rules/scopes/${name}`, "utf8")) as ScopeDictionary)
    .map((dictionary) => [dictionary.id, dictionary]),
);

const boundary = (fields: Partial<Policy["boundaries"][string]>) => ({
  sensitivity: "internal" as const,
  environment: "prod" as const,
  regimes: [],
  stores: [],
  ...fields,
});

/** The policy of the vectors: four teams, a sandbox, two issuers and a few scopes. */
export const policy: Policy = {
  defaults: { environment: "unknown", sensitivity: "internal", exposure: "internal" },
  boundaries: {
    shop: boundary({ owner: "team-shop" }),
    payments: boundary({ owner: "team-pay", sensitivity: "regulated", regimes: ["PCI-DSS"] }),
    hr: boundary({ owner: "people-tech", sensitivity: "regulated" }),
    platform: boundary({ owner: "sre", sensitivity: "confidential", stores: ["secrets", "identity", "cicd"] }),
    sandbox: boundary({ owner: "team-shop", sensitivity: "public", environment: "test" }),
  },
  audiences: [
    { match: "https://api.shop.example/*", boundary: "shop" },
    { match: "https://pay.example/*", boundary: "payments" },
    { match: "urn:hr:*", boundary: "hr" },
    { match: "https://vault.azure.net", boundary: "platform", reach: "mints" },
    { match: { provider: "aws", account: "210987654321" }, boundary: "platform" },
    { match: { provider: "gcp", project: "acme-dev" }, boundary: "sandbox" },
    { match: { provider: "github", org: "acme" }, boundary: "platform" },
    { match: "https://*/userinfo", ignore: true },
  ],
  issuers: [
    { match: "https://login.acme.example/", kind: "keycloak", audienceRequired: true },
    { match: "https://sso.acme.example/*", kind: "keycloak", boundary: "platform" },
  ],
  scopes: [
    { match: "orders:read", power: 2 },
    { match: "orders:*", power: 3 },
    { match: "/^admin(\\b|:)/", power: 4 },
    { match: "ledger:post", power: 3, data: "regulated" },
  ],
  roles: [{ match: "platform-admin", power: 5, reach: "mints" }],
  limits: {
    accessTokenTtl: HOUR,
    refreshTokenTtl: 30 * DAY,
    keyAge: 90 * DAY,
    maxPower: 3,
    maxBoundaries: 1,
    requireAud: true,
    requireExp: true,
    requireSenderConstraintFromPower: 4,
  },
  publicByDesign: "none",
};

/** The policy for a place that everybody reads. */
export const inPublic: Policy = { ...policy, defaults: { ...policy.defaults, exposure: "public" } };

/** A rule with nothing but what an assessment looks at. */
export function makeRule(id: string, reach: Rule["reach"], more: Partial<Rule> = {}): Rule {
  return {
    id: id as RuleId,
    provider: "Acme",
    name: id,
    impact: "Does what its kind does.",
    keywords: [id],
    pattern: id,
    reach,
    revoke: { how: "Delete it." },
    references: [],
    ...more,
  };
}

const providers = readdirSync("rules/providers").map((name) => readFileSync(`rules/providers/${name}`, "utf8"));

/** The rule as it ships; until it does, one with the reach its vector needs. */
export function ruleOf(id: string, reach?: Rule["reach"], more: Partial<Rule> = {}): Rule {
  const file = providers.find((text) => text.includes(`- id: ${id}\n`));
  if (!file && reach) return makeRule(id, reach, more);
  if (!file) throw new Error(`rules/providers has no rule ${id}`);
  const { provider, rules } = parse(file) as { provider: string; rules: readonly Rule[] };
  return { ...rules.find((rule) => rule.id === id)!, provider };
}

export const jwtRule = ruleOf("jwt");

type Claims = Readonly<Record<string, unknown>>;

const LENGTHS: Readonly<Record<string, number>> = { RS256: 256, PS256: 256, ES256: 64, EdDSA: 64 };

/** A token of these parts: signed with a throw-away key, or with noise of the length its algorithm has. */
export function mintJwt(header: Claims, claims: Claims, key = "a key that nobody uses for anything"): string {
  const signed = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
  const hmac = createHmac("sha256", key).update(signed).digest();
  const length = LENGTHS[String(header.alg)];
  if (header.alg === "none") return `${signed}.`;
  return `${signed}.${(length ? Buffer.alloc(length, hmac) : hmac).toString("base64url")}`;
}

/** Decodes a secret as its rule says. */
export function decode(rule: Rule, secret: string, parts: Readonly<Record<string, string>> = {}): Anatomy | undefined {
  return rule.decoder ? decoders[rule.decoder]?.(secret, parts) : undefined;
}

/** The reach of a secret found by a rule, through its decoder and checksum. */
export function reachOf(rule: Rule, secret: string, more: Partial<Assessment> = {}): Reach {
  return assess({
    rule,
    anatomy: decode(rule, secret),
    match: { checksum: rule.checksum ? checksum(rule.checksum, secret) : "none", encodings: [], parts: {} },
    policy,
    dictionaries,
    now: NOW,
    ...more,
  });
}

/** The reach of a token of these claims. */
export function reachOfClaims(header: Claims, claims: Claims, more: Partial<Assessment> = {}): Reach {
  return reachOf(jwtRule, mintJwt(header, claims), more);
}

/** `power/breadth/reach/data/life/possession/environment/certainty/exposure [+refresh]`. */
export function factsOf({ factors }: Reach): string {
  const value = (name: string) => factors.find((factor) => factor.name === name)!.value;
  const names = "power breadth reach data life possession environment certainty exposure".split(" ");
  return names.map(value).join("/") + (value("refresh") === "true" ? " +refresh" : "");
}
