import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { decodeJwt } from "../../src/decode/jwt.ts";
import { COMMON_NAME, certificate } from "../mint/binary.ts";
import { minted, traits } from "./hints.ts";
import { encode, HOUR, type Json, mintHmac, mintJwe, mintJwt, NOW } from "./mint-jwt.ts";

const SOUND = {
  iss: "https://login.acme.com/",
  aud: "https://api.acme.com/",
  sub: "svc-a",
  iat: NOW,
  exp: NOW + HOUR,
  scope: "a:read",
};

const sound = (changes: Json = {}, header: Json = {}) =>
  mintJwt({ ...SOUND, ...changes }, { typ: "at+jwt", ...header });

function without(name: string): Json {
  return Object.fromEntries(Object.entries(SOUND).filter(([claim]) => claim !== name));
}

function idsOf(token: string): readonly string[] {
  return decodeJwt(token)!.weaknesses.map(({ id }) => id);
}

/** Signed by itself, from a day before the clock until a day after it. */
const x5c = certificate([[COMMON_NAME, "kubernetes"]], NOW - 86_400, NOW + 86_400, Buffer.alloc(64, 7)).toString(
  "base64",
);

const hmac = (key: string, changes: Json = {}) => mintHmac({ ...SOUND, ...changes }, key, "sha256", "HS256");

const [head, body] = sound().split(".") as [string, string];
const bytes = (length: number, value: number) => Buffer.alloc(length, value).toString("base64url");
const es256 = encode({ alg: "ES256", typ: "at+jwt" });

const cases: readonly (readonly [string, string, readonly string[]])[] = [
  ["a sound token has none", sound(), []],
  ["alg none", sound({}, { alg: "none" }), ["E1"]],
  ["alg nOnE with a signature", sound({}, { alg: "nOnE" }) + bytes(32, 1), ["E1"]],
  ["a signature taken off", `${head}.${body}.`, ["E1"]],
  ["a key of its own", sound({}, { jwk: { kty: "EC", crv: "P-256" } }), ["E4"]],
  ["jku at another host", sound({}, { jku: "https://evil.com/keys" }), ["E5"]],
  ["jku at its issuer", sound({}, { jku: "https://login.acme.com/keys" }), []],
  ["jku at its issuer without TLS", sound({}, { jku: "http://login.acme.com/keys" }), ["E5"]],
  ["x5u at a cloud's metadata service", sound({}, { x5u: "http://169.254.169.254/latest" }), ["E5"]],
  ["jku with a user name that hides the host", sound({}, { jku: "https://login.acme.com@evil.com/keys" }), ["E5"]],
  ["jku through a redirect", sound({}, { jku: "https://login.acme.com/out?url=https://evil.com" }), ["E5"]],
  ["cnf.jku at another host", sound({ cnf: { jku: "https://evil.com/keys" } }), ["E5"]],
  ["kid with a path that climbs", sound({}, { kid: "../../dev/null" }), ["E6"]],
  ["kid with a device", sound({}, { kid: "/dev/null" }), ["E6"]],
  ["kid with SQL", sound({}, { kid: "x' UNION SELECT 'k" }), ["E6"]],
  ["kid with a command", sound({}, { kid: "a$(id)" }), ["E6"]],
  ["kid with NUL", sound({}, { kid: "a\0b" }), ["E6"]],
  ["kid of 257 characters", sound({}, { kid: "a".repeat(257) }), ["E6"]],
  ["kid as vendors write it", sound({}, { kid: "projects/p/keys/2026-01_a.b=" }), []],
  ["signed with an empty key", hmac(""), ["E2"]],
  ["signed with its issuer's name", hmac(SOUND.iss), ["E2"]],
  ["signed with its subject's name", hmac(SOUND.sub), ["E2"]],
  ["signed with a key of nobody's", hmac("k".repeat(40)), []],
  ["a certificate of its own making", sound({}, { x5c: [x5c] }), ["E7"]],
  ["certificates that are no chain", sound({}, { x5c: [x5c, x5c] }), ["E7"]],
  ["certificates that cannot be read", sound({}, { x5c: ["MIIB", 1] }), ["E7"]],
  ["a list of no certificates", sound({}, { x5c: [] }), ["E7"]],
  ["a password in its claims", sound({ password: "correct horse" }), ["E15"]],
  ["an API key deep in its claims", sound({ ctx: [{ "https://acme.com/apiKey": "k-1234" }] }), ["E15"]],
  ["a token in its claims", sound({ upstream: mintJwt(SOUND) }), ["E15"]],
  ["a private key in its claims", sound({ note: minted("{{pem PRIVATE KEY}}") }), ["E15"]],
  ["a card number in its claims", sound({ cardNumber: 4_000_000_000_000 }), ["E15"]],
  ["claims that speak of secrets without holding one", sound({ token: "access", passwordChanged: 1, secret: "" }), []],
  ["an RSA signature of 1024 bits", `${head}.${body}.${bytes(128, 7)}`, ["E13"]],
  ["an unknown critical extension", sound({}, { crit: ["x"], x: 1 }), ["E8"]],
  ["an empty list of critical extensions", sound({}, { crit: [] }), ["E8"]],
  ["no expiry", mintJwt(without("exp"), { typ: "at+jwt" }), ["E9"]],
  ["an expiry in milliseconds", sound({ exp: (NOW + HOUR) * 1000 }), ["E9"]],
  ["an expiry in a string", sound({ exp: String(NOW + HOUR) }), ["E9"]],
  ["an expiry of null", sound({ exp: null }), ["E9"]],
  ["an expiry before its issue", sound({ exp: NOW - 1 }), ["E9"]],
  ["an expiry before its first use", sound({ nbf: NOW + 2 * HOUR }), ["E9"]],
  ["no audience", mintJwt(without("aud"), { typ: "at+jwt" }), ["E10"]],
  ["an audience of nothing", sound({ aud: [] }), ["E10"]],
  ["an audience of everything", sound({ aud: "*" }), ["E10"]],
  ["its issuer for an audience", sound({ aud: "https://login.acme.com/" }), ["E10"]],
  ["no issuer", mintJwt(without("iss"), { typ: "at+jwt" }), ["E11"]],
  ["an issuer without TLS", sound({ iss: "http://login.acme.com/" }), ["E11"]],
  ["no type", `${encode({ alg: "HS256" })}.${body}.${bytes(32, 7)}`, ["E12"]],
  ["SHA-1", sound({}, { alg: "RS1" }) + bytes(256, 1), ["E13"]],
  ["RSA1_5", mintJwe({ alg: "RSA1_5", enc: "A256GCM" }), ["E13"]],
  ["PBES2 that runs for minutes", mintJwe({ alg: "PBES2-HS256+A128KW", enc: "A256GCM", p2c: 10_000_000 }), ["E13"]],
  ["PBES2 in ten steps", mintJwe({ alg: "PBES2-HS256+A128KW", enc: "A256GCM", p2c: 10 }), ["E13"]],
  ["compression before encryption", mintJwe({ alg: "RSA-OAEP-256", enc: "A256GCM", zip: "DEF" }), ["E13"]],
  ["a sound JWE", mintJwe({ alg: "RSA-OAEP-256", enc: "A256GCM" }), []],
  [
    "an RSA key of 1024 bits in its header",
    sound({}, { jwk: { kty: "RSA", n: bytes(128, 255), e: "AQAB" } }),
    ["E4", "E13"],
  ],
  [
    "a member twice in its header",
    `${encode('{"alg":"RS256","typ":"at+jwt","alg":"RS256"}')}.${body}.${bytes(256, 7)}`,
    ["E14"],
  ],
  [
    "a member twice, once escaped",
    mintJwt(`${JSON.stringify(SOUND).slice(0, -1)},"\\u0073ub":"svc-a"}`, { typ: "at+jwt" }),
    ["E14"],
  ],
  ["the same name in two objects", sound({ a: { x: 1 }, b: { x: 1 } }), []],
  ["padding", `${head}.${body}.${bytes(256, 7)}==`, ["E14"]],
  ["trailing bits", `${head}.${body}.${bytes(256, 7).slice(0, -1)}x`, ["E14"]],
  ["a byte order mark", `${encode('\uFEFF{"alg":"RS256","typ":"at+jwt"}')}.${body}.${bytes(256, 7)}`, ["E14"]],
  ["an ECDSA signature of zeros", `${es256}.${body}.${bytes(64, 0)}`, ["E17"]],
  [
    "an ECDSA signature whose s is zero",
    `${es256}.${body}.${Buffer.concat([Buffer.alloc(32, 7), Buffer.alloc(32)]).toString("base64url")}`,
    ["E17"],
  ],
  ["a signature cut off", `${head}.${body}.${bytes(250, 7)}`, ["E18"]],
  ["an ES256 signature of 70 bytes", `${es256}.${body}.${bytes(70, 7)}`, ["E18"]],
  ["an RSA signature of 3072 bits", `${head}.${body}.${bytes(384, 7)}`, []],
  ["an HS256 signature of 32 bytes", `${encode({ alg: "HS256", typ: "at+jwt" })}.${body}.${bytes(32, 7)}`, []],
];

for (const [name, token, ids] of cases) {
  test(`${name}: ${ids.join(", ") || "nothing"}`, () => assert.deepEqual(idsOf(token), ids));
}

test("a payload that is not encoded and does not say so is noted", () => {
  assert.deepEqual(idsOf(`${encode({ alg: "ES256", b64: false })}..${bytes(64, 7)}`), ["E8"]);
  assert.deepEqual(idsOf(`${encode({ alg: "ES256", b64: false, crit: ["b64"] })}..${bytes(64, 7)}`), []);
});

test("a proof may carry its key, and needs neither audience nor expiry", () => {
  const proof = mintJwt(
    { jti: "j", htm: "GET", htu: "https://api.acme.com/", iat: NOW },
    { typ: "dpop+jwt", alg: "ES256", jwk: { kty: "EC", crv: "P-256" } },
  );
  assert.deepEqual(idsOf(proof), []);
});

test("a vendor's token is not blamed for what that vendor leaves out", () => {
  const key = mintJwt(
    { iss: "supabase", ref: "abcdefghijklmnopqrst", role: "service_role", exp: NOW + HOUR },
    { alg: "HS256" },
  );
  assert.deepEqual(
    idsOf(key).filter((id) => id === "E11" || id === "E12"),
    [],
  );
});

describe("what a weakness does to the hints", () => {
  test("a wrong length makes a token doubtful", () =>
    assert.equal(traits(decodeJwt(`${head}.${body}.${bytes(250, 7)}`)).certainty, "bad-checksum"));
  test("no signature makes it unsigned", () =>
    assert.equal(traits(decodeJwt(`${head}.${body}.`)).certainty, "unsigned"));
  test("an expiry in milliseconds never comes", () =>
    assert.equal(decodeJwt(sound({ exp: (NOW + HOUR) * 1000 }))!.authority!.expires, "never"));
  test("an expiry that is no number is none", () =>
    assert.equal(decodeJwt(sound({ exp: "soon" }))!.authority!.expires, "never"));
});

test("each has a sentence, CWE numbers and references, and repeats nothing of the token", () => {
  for (const [, token] of cases) {
    for (const { text, cwe, references } of decodeJwt(token)!.weaknesses) {
      assert.ok(text.length > 10 && cwe.length > 0 && references.length > 0);
      assert.doesNotMatch(text, /evil|acme|UNION|horse|1234|4000000/);
    }
  }
});
