import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { decodeJwt } from "../../src/decode/jwt.ts";
import type { Traits } from "../../src/model/index.ts";
import { facts, traits } from "./hints.ts";
import { DAY, encode, HOUR, type Json, MINUTE, mintHmac, mintJwe, mintJwt, NOW } from "./mint-jwt.ts";

const ACME = {
  iss: "https://login.acme.example/",
  aud: "https://api.shop.example/",
  sub: "svc-cart",
  client_id: "cart",
  iat: NOW - 300,
  jti: "a1",
};
const ENTRA = {
  iss: "https://sts.windows.net/11111111-2222-3333-4444-555555555555/",
  tid: "11111111-2222-3333-4444-555555555555",
  appid: "aaaaaaaa-2222-3333-4444-555555555555",
  ver: "1.0",
};
const LEGACY = "kubernetes.io/serviceaccount/";

interface Vector {
  readonly kind: string;
  readonly dictionary?: string;
  readonly expires?: number | "never" | undefined;
  readonly audiences?: readonly string[];
  readonly scopes?: readonly string[];
  readonly roles?: readonly string[];
  readonly traits: Partial<Traits>;
}

/** Docs/architecture.md, "Scores": the anatomies from which the vectors' facts follow. */
const vectors: readonly (readonly [string, string, Vector])[] = [
  [
    "V02 leaves an access token's scope to the policy",
    mintJwt({ ...ACME, scope: "orders:read", exp: NOW + 600 }, { typ: "at+jwt" }),
    {
      kind: "access",
      expires: NOW + 600,
      audiences: ["https://api.shop.example/"],
      scopes: ["orders:read"],
      traits: { certainty: "structure", environment: "test" },
    },
  ],
  [
    "V03 gives an expiry that has passed as it stands",
    mintJwt({ ...ACME, scope: "orders:read", exp: NOW - 800 }, { typ: "at+jwt" }),
    { kind: "access", expires: NOW - 800, traits: {} },
  ],
  [
    "V04 gives every audience and scope",
    mintJwt(
      {
        ...ACME,
        aud: ["https://api.shop.example/", "https://pay.example/", "urn:hr:core"],
        scope: "orders:write ledger:post",
        exp: NOW + 12 * HOUR,
      },
      { typ: "at+jwt" },
    ),
    {
      kind: "access",
      audiences: ["https://api.shop.example/", "https://pay.example/", "urn:hr:core"],
      scopes: ["orders:write", "ledger:post"],
      traits: {},
    },
  ],
  [
    "V05 takes a scope of everything for confidential, with no audience and no expiry",
    mintHmac({ sub: "root", scope: "*" }, "secret"),
    { kind: "access", expires: "never", scopes: ["*"], traits: { data: "confidential" } },
  ],
  [
    "V06 sees an application permission that rules the tenant",
    mintJwt({
      ...ENTRA,
      aud: "https://graph.microsoft.com",
      appidacr: "1",
      idtyp: "app",
      roles: ["RoleManagement.ReadWrite.Directory"],
      exp: NOW + 45 * MINUTE,
    }),
    {
      kind: "access",
      dictionary: "entra",
      roles: ["RoleManagement.ReadWrite.Directory"],
      traits: { power: 5, reach: "mints", data: "confidential" },
    },
  ],
  [
    "V07 sees a Global Administrator in Azure Resource Manager",
    mintJwt({
      ...ENTRA,
      aud: "https://management.azure.com/",
      scp: "user_impersonation",
      wids: ["62e90394-69f5-4237-9190-012177145e10"],
      xms_cc: ["cp1"],
      exp: NOW + 20 * HOUR,
    }),
    {
      kind: "access",
      dictionary: "entra",
      traits: { power: 5, breadth: "multi", reach: "mints", data: "confidential" },
    },
  ],
  [
    "V08 sees a scope about nobody but its user",
    mintJwt({ ...ENTRA, aud: "https://graph.microsoft.com", scp: "User.Read openid profile", exp: NOW + 50 * MINUTE }),
    { kind: "access", dictionary: "entra", scopes: ["User.Read", "openid", "profile"], traits: { breadth: "single" } },
  ],
  [
    "V09 sees an offline token that administers every realm",
    mintJwt({
      typ: "Offline",
      azp: "admin-cli",
      iss: "https://sso.acme.example/realms/master",
      resource_access: { "realm-management": { roles: ["realm-admin"] } },
      iat: NOW,
    }),
    {
      kind: "refresh",
      dictionary: "keycloak",
      expires: "never",
      roles: ["realm-admin"],
      traits: { power: 5, breadth: "cross", reach: "mints", data: "confidential", refresh: true },
    },
  ],
  [
    "V10 takes a nonce for an ID token",
    mintJwt({ nonce: "n", aud: "web", exp: NOW + 30 * MINUTE }),
    { kind: "id", traits: { power: 1, breadth: "single", reach: "none", data: "confidential" } },
  ],
  [
    "V11 sees a token bound to a key",
    mintJwt({ cnf: { jkt: "0ZcO-thumbprint" }, scope: "orders:write", exp: NOW + HOUR }, { typ: "at+jwt" }),
    {
      kind: "access",
      scopes: ["orders:write"],
      traits: { possession: "sender-bound", data: "confidential", breadth: "service" },
    },
  ],
  [
    "V12 takes a DPoP proof for no credential",
    mintJwt(
      { jti: "j", htm: "POST", htu: "https://server.example/token", iat: NOW },
      { typ: "dpop+jwt", alg: "ES256", jwk: { kty: "EC" } },
    ),
    { kind: "proof", expires: undefined, traits: { power: 0 } },
  ],
  [
    "V13 sees a legacy token of a controller",
    mintJwt({
      iss: "kubernetes/serviceaccount",
      [`${LEGACY}namespace`]: "kube-system",
      [`${LEGACY}service-account.name`]: "clusterrole-aggregation-controller",
      [`${LEGACY}secret.name`]: "controller-token-x",
    }),
    {
      kind: "access",
      dictionary: "kubernetes",
      expires: "never",
      traits: { power: 5, breadth: "multi", reach: "mints", data: "confidential" },
    },
  ],
  [
    "V14 sees a token bound to a pod",
    mintJwt({
      iss: "https://kubernetes.default.svc.cluster.local",
      aud: ["https://kubernetes.default.svc"],
      sub: "system:serviceaccount:shop:cart",
      "kubernetes.io": { namespace: "shop", pod: { name: "cart-0" }, serviceaccount: { name: "cart" } },
      exp: NOW + 40 * MINUTE,
    }),
    {
      kind: "access",
      dictionary: "kubernetes",
      traits: { power: 3, breadth: "service", reach: "secrets-likely", data: "internal" },
    },
  ],
  [
    "V15 sees a workflow's identity that AWS exchanges",
    mintJwt({
      iss: "https://token.actions.githubusercontent.com",
      sub: "repo:acme@1/infra@2:environment:production",
      aud: "sts.amazonaws.com",
      exp: NOW + 4 * MINUTE,
    }),
    {
      kind: "workload",
      dictionary: "github",
      expires: NOW + 4 * MINUTE,
      traits: { power: 4, breadth: "multi", reach: "mints", data: "internal" },
    },
  ],
  [
    "V17 sees a Supabase service role",
    mintJwt(
      { iss: "supabase", ref: "abcdefghijklmnopqrst", role: "service_role", iat: 1_700_000_000, exp: 2_015_576_000 },
      { alg: "HS256" },
    ),
    {
      kind: "key",
      expires: 2_015_576_000,
      traits: { power: 4, breadth: "service", reach: "mints", data: "confidential" },
    },
  ],
  [
    "V18 takes a Supabase anon key for public",
    mintJwt(
      { iss: "supabase", ref: "abcdefghijklmnopqrst", role: "anon", iat: 1_700_000_000, exp: 2_015_576_000 },
      { alg: "HS256" },
    ),
    { kind: "key", traits: { publicByDesign: true } },
  ],
  [
    "V37 cannot look into a JWE",
    mintJwe({ alg: "RSA-OAEP-256", enc: "A256GCM" }),
    {
      kind: "unknown",
      expires: undefined,
      traits: { power: 3, breadth: "service", reach: "none", data: "internal", certainty: "structure" },
    },
  ],
  [
    "V38 takes an unsigned token for little",
    mintJwt({ role: "admin", exp: NOW + 20 * HOUR }, { alg: "none" }),
    { kind: "unknown", roles: ["admin"], traits: { certainty: "unsigned", breadth: "service" } },
  ],
  [
    "V41 sees a refresh token",
    mintJwt({ typ: "Refresh", azp: "web", iss: "https://sso.acme.example/realms/shop", exp: NOW + 25 * DAY }),
    {
      kind: "refresh",
      dictionary: "keycloak",
      traits: { power: 3, breadth: "multi", data: "confidential", refresh: true },
    },
  ],
  [
    "V42 takes a logout token for no credential",
    mintJwt(
      {
        iss: "https://op.acme.example",
        aud: "web",
        sid: "s",
        events: { "http://schemas.openid.net/event/backchannel-logout": {} },
      },
      { typ: "logout+jwt" },
    ),
    { kind: "notice", traits: { power: 0 } },
  ],
  [
    "a JWT that says nothing reads one service",
    mintJwt({ sub: "42", exp: NOW + HOUR }, { alg: "HS256" }),
    { kind: "unknown", traits: { power: 2, breadth: "service", data: "internal" } },
  ],
];

describe("the test vectors", () => {
  for (const [name, token, expected] of vectors) {
    test(name, () => {
      const anatomy = decodeJwt(token);
      const found = traits(anatomy);
      assert.equal(anatomy?.authority?.kind, expected.kind);
      assert.equal(anatomy.authority.dictionary, expected.dictionary ?? "generic");
      if ("expires" in expected) assert.equal(anatomy.authority.expires, expected.expires);
      if (expected.audiences) assert.deepEqual(anatomy.authority.audiences, expected.audiences);
      if (expected.scopes) assert.deepEqual(anatomy.authority.scopes, expected.scopes);
      if (expected.roles) assert.deepEqual(anatomy.authority.roles, expected.roles);
      for (const [trait, value] of Object.entries(expected.traits)) assert.equal(found[trait], value, trait);
    });
  }

  test("what a dictionary decides carries no hint of ours", () => {
    for (const at of [0, 2]) {
      const found = traits(decodeJwt(vectors[at]![1]));
      for (const trait of ["power", "breadth", "reach", "data"]) assert.equal(found[trait], undefined);
    }
  });
});

const samples: readonly (readonly [string, Json, Json])[] = [
  ["V01 jwt.io", { sub: "1234567890", name: "John Doe", iat: 1516239022 }, { alg: "HS256" }],
  ["jwt.io of 2015", { sub: "1234567890", name: "John Doe", admin: true }, { alg: "HS256" }],
  ["RFC 7519, 3.1", { iss: "joe", exp: 1300819380, "http://example.com/is_root": true }, { alg: "HS256" }],
  [
    "V19 the demo project of Supabase",
    { iss: "supabase-demo", role: "service_role", exp: 1983812996 },
    { alg: "HS256" },
  ],
  ["the Firebase emulator", { iss: "https://securetoken.google.com/demo-shop", sub: "u" }, { alg: "none" }],
  [
    "RFC 9449",
    { jti: "-BwC3ESc6acc2lTc", htm: "POST", htu: "https://server.example.com/token", iat: 1562262616 },
    { alg: "ES256", typ: "dpop+jwt" },
  ],
];

for (const [name, claims, header] of samples) {
  test(`${name} is a documented sample`, () => assert.notEqual(decodeJwt(mintJwt(claims, header))?.sample, undefined));
}

test("a token that only resembles the sample is none", () => {
  assert.equal(decodeJwt(mintJwt({ sub: "1234567890", name: "John Doe", iat: NOW }))?.sample, undefined);
});

const claims = { sub: "svc-a", role: "editor", exp: NOW };
const plain = mintJwt(claims);
const [head, body, tail] = plain.split(".") as [string, string, string];

const shapes: readonly (readonly [string, string])[] = [
  ["after Bearer", `Bearer ${plain}`],
  ["wrapped over lines", `${plain.slice(0, 30)}\n  ${plain.slice(30)}`],
  ["percent-encoded", `${head}%2E${body}%2E${tail}`],
  ["with padding", `${head}.${body}${"=".repeat((4 - (body.length % 4)) % 4)}.${tail}`],
  [
    "in the standard alphabet",
    [head, body, tail].map((part) => part.replaceAll("-", "+").replaceAll("_", "/")).join("."),
  ],
  ["with white space in its header", `${encode('{"typ":"JWT",\r\n "alg":"RS256"}')}.${body}.${tail}`],
  ["with a byte order mark", `${encode('\uFEFF{"alg":"RS256"}')}.${body}.${tail}`],
  ["in JSON serialization", JSON.stringify({ payload: body, signatures: [{ protected: head, signature: tail }] })],
  ["in flattened JSON serialization", JSON.stringify({ payload: body, protected: head, signature: tail })],
  ["nested in another", `${encode({ alg: "RS256", cty: "JWT" })}.${encode(plain)}.${tail}`],
  ["without its signature", `${head}.${body}.`],
];

for (const [name, token] of shapes) {
  test(`reads a token ${name}`, () => assert.deepEqual(decodeJwt(token)?.authority?.roles, ["editor"]));
}

const deep = (depth: number) => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;

const none: readonly (readonly [string, string])[] = [
  [
    "a Flask session",
    `${encode({ user: 1 })}.${Buffer.from([0x66, 1, 2, 3]).toString("base64url")}.${encode("signature-of-20-bytes")}`,
  ],
  ["three words", "one.two.three"],
  ["a header without algorithm and type", `${encode({ a: 1 })}.${encode({ b: 2 })}.${tail}`],
  ["two parts with an algorithm", `${head}.${body}`],
  ["six parts", `${plain}.a.b.c`],
  ["more than 64 KiB", mintJwt({ filler: "x".repeat(70_000) })],
  ["claims nested 5,000 deep under an unknown algorithm", `${encode({ alg: "X1" })}.${encode(deep(5000))}.${tail}`],
  ["a header nested 5,000 deep", `${encode(deep(5000))}.${body}.${tail}`],
  ["a header that is an array", `${encode("[]")}.${body}.${tail}`],
  ["nothing", ""],
  ["dots", ".."],
];

for (const [name, text] of none) {
  test(`takes ${name} for no token`, () => assert.equal(decodeJwt(text), undefined));
}

test("claims nested 64 deep are read, deeper ones are opaque", () => {
  assert.notEqual(facts(decodeJwt(mintJwt(`{"sub":"svc-a","x":${deep(62)}}`))).subject, undefined);
  assert.equal(facts(decodeJwt(mintJwt(`{"sub":"svc-a","x":${deep(64)}}`))).subject, undefined);
});

test("__proto__ and constructor are claims without effect", () => {
  const anatomy = decodeJwt(mintJwt('{"__proto__":{"role":"admin","exp":1},"constructor":"x","sub":"svc-a"}'));
  assert.deepEqual(anatomy?.authority?.roles, []);
  assert.equal(anatomy.authority.expires, "never");
  assert.equal(Object.hasOwn(Object.prototype, "role"), false);
});

test("the order of claims and unknown claims do not matter", () => {
  const one = { iss: "https://a.acme.com/", aud: "x", scope: "a:read", sub: "svc-a", exp: NOW };
  const other = { exp: NOW, sub: "svc-a", scope: "a:read", aud: "x", iss: "https://a.acme.com/", unknown: [1] };
  assert.deepEqual(decodeJwt(mintJwt(one)), decodeJwt(mintJwt(other)));
});

const kinds: readonly (readonly [string, string, Json, Json])[] = [
  ["an access token by RFC 9068", "access", {}, { typ: "application/AT+JWT" }],
  ["an ID token for its own client", "id", { aud: "web", azp: "web" }, {}],
  ["an access token for its own client with a scope", "access", { aud: "web", azp: "web", scope: "a" }, {}],
  ["a refresh token of Django or Flask", "refresh", { token_type: "refresh" }, {}],
  ["a client assertion", "assertion", { iss: "c", sub: "c", aud: "https://as.acme.com/oauth2/token" }, {}],
  ["a security event", "notice", { events: { "urn:x": {} } }, {}],
  ["a request object", "notice", { response_type: "code", redirect_uri: "https://a" }, { typ: "oauth-authz-req+jwt" }],
  ["an introspection response", "notice", { token_introspection: {} }, { typ: "token-introspection+jwt" }],
  ["a status list", "notice", {}, { typ: "statuslist+jwt" }],
  ["a key binding proof", "proof", { nonce: "n", sd_hash: "h" }, { typ: "kb+jwt" }],
  ["a verifiable credential", "id", { vct: "urn:card" }, { typ: "dc+sd-jwt" }],
];

for (const [name, kind, payload, header] of kinds) {
  test(`knows ${name}`, () => assert.equal(decodeJwt(mintJwt(payload, header))?.authority?.kind, kind));
}

test("a detached signature proves one request and opens nothing", () => {
  assert.equal(traits(decodeJwt(`${encode({ alg: "ES256", kid: "k" })}..${tail}`)).power, 0);
});

test("an SD-JWT tells how much it discloses, and nothing of it", () => {
  const token = `${mintJwt({ vct: "urn:card", cnf: { jwk: { kty: "OKP", crv: "Ed25519", x: "abc" } } }, { typ: "dc+sd-jwt" })}~${encode('["salt","name","Jo"]')}~`;
  const anatomy = decodeJwt(token);
  assert.equal(facts(anatomy).disclosures, "1");
  assert.match(facts(anatomy)["bound to"]!, /^jkt:[\w-]{43}$/);
  assert.equal(traits(anatomy).possession, "sender-bound");
});

const bindings: readonly (readonly [string, Json, string])[] = [
  ["a thumbprint", { jkt: "abc" }, "jkt:abc"],
  ["a certificate", { "x5t#S256": "def" }, "x5t#S256:def"],
  ["a key id", { kid: "k1" }, "kid:k1"],
  // RFC 8037, appendix A.3.
  [
    "a key, by its thumbprint",
    { jwk: { crv: "Ed25519", kty: "OKP", x: ["11qYAYKxCrfVS", "7TyWQHOg7hcvPapiMlrwIaaPcHURo"].join("_") } },
    `jkt:${["kPrK", "qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"].join("_")}`,
  ],
];

for (const [name, cnf, bound] of bindings) {
  test(`names the key a token is bound to: ${name}`, () =>
    assert.equal(facts(decodeJwt(mintJwt({ cnf })))["bound to"], bound));
}

const hosts: readonly (readonly [string, string | undefined])[] = [
  ["https://login.example.com/", "test"],
  ["https://login.acme.example/", "test"],
  ["https://id.acme.invalid", "test"],
  ["http://localhost:8080/realms/x", "test"],
  ["https://dev-12345.okta.com/oauth2/default", "test"],
  ["https://login-staging.acme.com", "staging"],
  ["https://auth.acme.dev", undefined],
  ["https://vstoken.dev.azure.com/acme", undefined],
  ["https://kubernetes.default.svc.cluster.local", undefined],
  ["https://contest.acme.com", undefined],
];

for (const [iss, environment] of hosts) {
  test(`the issuer ${iss} speaks of ${environment ?? "no environment"}`, () =>
    assert.equal(traits(decodeJwt(mintJwt({ iss }))).environment, environment));
}

test("people stay out of the facts, machines do not", () => {
  const person = decodeJwt(mintJwt({ sub: "jo@acme.com", email: "jo@acme.com", name: "Jo Doe", exp: NOW }));
  assert.equal(JSON.stringify(person).includes("jo@acme.com"), false);
  assert.equal(facts(person)["subject kind"], "user");
  assert.equal(facts(decodeJwt(mintJwt({ sub: "svc-cart" }))).subject, "svc-cart");
});

test("facts hold times in ISO 8601, and no part of the token", () => {
  const token = mintJwt({ ...ACME, nbf: NOW, exp: NOW + HOUR }, { kid: "k1" });
  const anatomy = decodeJwt(token);
  assert.equal(facts(anatomy).expires, "2026-09-01T01:00:00Z");
  assert.equal(facts(anatomy).issued, "2026-08-31T23:55:00Z");
  assert.equal(facts(anatomy)["not before"], "2026-09-01T00:00:00Z");
  const shown = JSON.stringify(anatomy);
  for (const part of token.split(".")) assert.equal(shown.includes(part.slice(0, 16)), false);
});

test("hostile claims are cut, stripped of control characters and few", () => {
  const anatomy = decodeJwt(
    mintJwt({ iss: `https://a/\u001B[31m${"x".repeat(500)}`, aud: Array.from({ length: 500 }, (_, at) => `a${at}`) }),
  );
  assert.equal(facts(anatomy).issuer!.includes("\u001B"), false);
  assert.ok(facts(anatomy).issuer!.length <= 201);
  assert.ok(anatomy!.facts.filter(({ name }) => name === "audience").length <= 32);
});

test("roles are found where applications put them", () => {
  const roles = (payload: Json) => decodeJwt(mintJwt(payload))?.authority?.roles;
  assert.deepEqual(roles({ admin: true }), ["admin"]);
  assert.deepEqual(roles({ user: { role: "owner" } }), ["owner"]);
  assert.deepEqual(roles({ "https://acme.com/roles": ["editor"] }), ["editor"]);
  assert.deepEqual(roles({ groups: ["a", "a"] }), ["a"]);
});

test("every hint has a reason", () => {
  for (const [, token] of vectors) for (const { reason, trait } of decodeJwt(token)!.hints) assert.ok(reason, trait);
});
