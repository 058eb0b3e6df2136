import assert from "node:assert/strict";
import { createHmac, createSign, generateKeyPairSync } from "node:crypto";
import { test } from "node:test";
import type { Finding } from "../../src/index.ts";
import { folder } from "../config/folder.ts";
import { encode, type Json, mintHmac } from "../decode/mint-jwt.ts";
import { leak, reportOf, token } from "./running.ts";

const NOW = 1_788_220_800;
const CLAIMS = { iss: "https://login.acme.io/", sub: "svc-a", aud: "https://api.acme.io/", exp: NOW + 600 };
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const pem = rsa.publicKey.export({ type: "spki", format: "pem" }).toString();
const jwks = JSON.stringify({ keys: [{ ...rsa.publicKey.export({ format: "jwk" }), kid: "k1" }] });

function signed(claims: Json, header: Json = {}): string {
  const text = `${encode({ alg: "RS256", typ: "JWT", ...header })}.${encode(claims)}`;
  return `${text}.${createSign("sha256").update(text).sign(rsa.privateKey).toString("base64url")}`;
}

/** An ES256 signature of noise with this nonce. */
function es256(claims: Json, nonce: number, rest: number): string {
  const signature = Buffer.concat([Buffer.alloc(32, nonce), Buffer.alloc(32, rest)]).toString("base64url");
  return `${encode({ alg: "ES256", typ: "JWT" })}.${encode(claims)}.${signature}`;
}

/** The findings of a folder by the file of their first place. */
async function found(files: Readonly<Record<string, string>>): Promise<Record<string, Finding>> {
  const { findings } = await reportOf({ paths: [folder(files)], now: NOW });
  return Object.fromEntries(findings.map((finding) => [finding.exposures[0].provenance.path, finding]));
}

const says = (finding: Finding | undefined, words: RegExp) =>
  assert.ok(
    finding?.reach.reasons.some((reason) => words.test(reason)),
    `${words}: ${finding?.reach.reasons}`,
  );

const silent = (finding: Finding | undefined, words: RegExp) =>
  assert.ok(finding && !finding.reach.reasons.some((reason) => words.test(reason)), finding?.reach.reasons.join("; "));

test("a secret in two files is reused, one that stands twice in a file is not", async () => {
  const one = await found({ "a.env": leak(1) + leak(1) });
  assert.ok(!one["a.env"]!.reach.breaches.includes("BR-REUSE"));
  const two = await found({ "a.env": leak(1), "b.env": leak(1) });
  assert.ok(two["a.env"]!.reach.breaches.includes("BR-REUSE"));
  assert.ok(two["a.env"]!.reach.references.some(({ id }) => id.startsWith("NHI9")));
  says(two["a.env"], /stands in 2 files/);
});

test("an identity with tokens in two files is reused", async () => {
  const files = await found({ "a.txt": signed({ ...CLAIMS, n: 1 }), "b.txt": signed({ ...CLAIMS, n: 2 }) });
  for (const name of ["a.txt", "b.txt"]) says(files[name], /2 tokens of its identity stand in 2 files/);
  const apart = await found({ "a.txt": signed(CLAIMS), "b.txt": signed({ ...CLAIMS, sub: "svc-b" }) });
  silent(apart["a.txt"], /identity stand/);
});

test("a token id belongs to one token of its issuer", async () => {
  const files = await found({
    "a.txt": signed({ ...CLAIMS, jti: "1", n: 1 }),
    "b.txt": signed({ ...CLAIMS, jti: "1", n: 2 }),
    "c.txt": signed({ ...CLAIMS, iss: "https://login.other.io/", jti: "1" }),
  });
  says(files["a.txt"], /its id \(jti\) stands in another token too/);
  silent(files["c.txt"], /jti/);
});

test("a signature under another payload, and a nonce used twice, give themselves away", async () => {
  const files = await found({
    "a.txt": es256({ ...CLAIMS, n: 1 }, 7, 8),
    "b.txt": es256({ ...CLAIMS, n: 2 }, 7, 8),
    "c.txt": es256({ ...CLAIMS, n: 3 }, 7, 9),
    "d.txt": es256({ ...CLAIMS, n: 4 }, 5, 9),
  });
  says(files["a.txt"], /one of the two was changed/);
  says(files["c.txt"], /can compute the signing key/);
  assert.ok(files["c.txt"]!.reach.breaches.includes("BR-WEAK"));
  silent(files["d.txt"], /another token/);
});

test("a key that signs for two issuers, or is shorter than its hash, is weak", async () => {
  const key = token(77).slice(4, 34);
  const files = await found({
    ".env": `JWT_SECRET=${key}\n`,
    "a.txt": mintHmac(CLAIMS, key),
    "b.txt": mintHmac({ ...CLAIMS, iss: "https://login.other.io/" }, key),
  });
  says(files[".env"], /shorter than the 32 bytes that HS256 asks for/);
  says(files[".env"], /signs tokens of 2 issuers/);
  assert.equal(files["a.txt"]!.reach.factors.find(({ name }) => name === "certainty")!.value, "verified");
});

test("a token whose HMAC key is a public key was made to confuse", async () => {
  const root = folder({ "keys.json": jwks });
  for (const form of [pem, pem.trimEnd(), pem.replaceAll("\n", "\r\n")]) {
    const text = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(CLAIMS)}`;
    const forged = `${text}.${createHmac("sha256", form).update(text).digest("base64url")}`;
    const { findings } = await reportOf({ paths: [folder({ "a.txt": forged })], now: NOW, jwks: `${root}/keys.json` });
    says(findings[0], /its HMAC key is a public key/);
    assert.equal(findings[0]!.reach.factors.find(({ name }) => name === "certainty")!.value, "structure");
  }
  const mixed = mintHmac(CLAIMS, "k".repeat(32)).replace(/^[^.]+/, encode({ alg: "HS256", typ: "JWT", kid: "k1" }));
  const { findings } = await reportOf({ paths: [folder({ "a.txt": mixed })], now: NOW, jwks: `${root}/keys.json` });
  says(findings[0], /by HMAC under the id \(kid\) of a public key/);
});

test("the private key of the scan shows the same", async () => {
  const text = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(CLAIMS)}`;
  const files = await found({
    "a.txt": `${text}.${createHmac("sha256", pem).update(text).digest("base64url")}`,
    "key.pem": rsa.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  });
  says(files["a.txt"], /its HMAC key is a public key/);
});

test("a token that names a key of its issuer and does not verify with it was changed", async () => {
  const files = {
    "keys.json": jwks,
    ".leakreach.yml": "issuers: [{match: 'https://login.acme.io/', jwks: keys.json}]\n",
    "a.txt": signed(CLAIMS, { kid: "k1" }).replace(/\.([^.]+)$/, (_, end: string) => `.${[...end].reverse().join("")}`),
    "b.txt": signed(CLAIMS, { kid: "k2", alg: "RS384" }),
  };
  const { findings } = await reportOf({ paths: [folder(files)], now: NOW });
  const certainty = (name: string) =>
    findings
      .find(({ exposures }) => exposures[0].provenance.path === name)!
      .reach.factors.find((factor) => factor.name === "certainty")!;
  assert.deepEqual([certainty("a.txt").value, certainty("b.txt").value], ["bad-checksum", "structure"]);
  assert.match(certainty("a.txt").reason, /does not verify with it/);
});
