import assert from "node:assert/strict";
import { test } from "node:test";
import { CompactSign, exportJWK, exportSPKI, generateKeyPair, type JWK } from "jose";
import { verifyWithJwks, verifyWithSecret } from "../../src/decode/verify.ts";
import { ScanError } from "../../src/model/index.ts";
import { encode, HOUR, mintHmac, mintJwt, NOW } from "./mint-jwt.ts";

const CLAIMS = { iss: "https://login.acme.com/", sub: "svc-a", exp: NOW - HOUR };

interface Signer {
  readonly token: string;
  readonly publicKey: JWK;
  readonly privateKey: JWK;
  readonly pem: string;
}

async function sign(alg: string, kid = "k1"): Promise<Signer> {
  const pair = await generateKeyPair(alg, { extractable: true });
  const token = await new CompactSign(Buffer.from(JSON.stringify(CLAIMS)))
    .setProtectedHeader({ alg, kid })
    .sign(pair.privateKey);
  return {
    token,
    publicKey: { ...(await exportJWK(pair.publicKey)), kid },
    privateKey: { ...(await exportJWK(pair.privateKey)), kid },
    pem: await exportSPKI(pair.publicKey),
  };
}

for (const alg of ["RS256", "PS256", "ES256", "ES384", "EdDSA"]) {
  test(`${alg} verifies with its public key, though the token has expired`, async () => {
    const { token, publicKey } = await sign(alg);
    const found = await verifyWithJwks(token, { keys: [publicKey] });
    assert.deepEqual([found.verified, found.verified && found.keyId], [true, "k1"]);
  });
}

test("a private key verifies as its public half does", async () => {
  const { token, privateKey } = await sign("ES256");
  assert.equal((await verifyWithJwks(token, privateKey)).verified, true);
});

test("the right key is found among others, without a key id", async () => {
  const [one, other] = [await sign("RS256"), await sign("RS256")];
  const keys = [other, one].map(({ publicKey: { kid: _, ...key } }) => key);
  assert.equal((await verifyWithJwks(one.token, { keys })).verified, true);
});

test("a changed token with the same key id is told from one of an unknown key", async () => {
  const { token, publicKey } = await sign("ES256");
  const [head, , tail] = token.split(".");
  const changed = `${head}.${encode({ ...CLAIMS, sub: "root" })}.${tail}`;
  assert.deepEqual(await verifyWithJwks(changed, { keys: [publicKey] }), { verified: false, keyIdMatched: true });
  const stranger = await sign("ES256", "k2");
  assert.deepEqual(await verifyWithJwks(token, { keys: [stranger.publicKey] }), {
    verified: false,
    keyIdMatched: false,
  });
});

test("an HMAC over a public key is no signature of that key", async () => {
  const { publicKey, pem } = await sign("RS256");
  assert.equal((await verifyWithJwks(mintHmac(CLAIMS, pem), { keys: [publicKey] })).verified, false);
  assert.equal((await verifyWithJwks(mintHmac(CLAIMS, publicKey.n!), { keys: [publicKey] })).verified, false);
});

test("a key's own algorithm binds it", async () => {
  const { token, publicKey } = await sign("RS256");
  assert.equal((await verifyWithJwks(token, { keys: [{ ...publicKey, alg: "PS256" }] })).verified, false);
  assert.equal((await verifyWithJwks(token, { keys: [{ ...publicKey, alg: "RS256" }] })).verified, true);
  assert.equal((await verifyWithJwks(token, { keys: [{ ...publicKey, use: "enc" }] })).verified, false);
});

test("an oct key verifies HMAC", async () => {
  const secret = "a key for nothing but this test, long enough";
  const key = { kty: "oct", k: Buffer.from(secret).toString("base64url") };
  assert.equal((await verifyWithJwks(mintHmac(CLAIMS, secret), { keys: [key] })).verified, true);
  assert.equal((await verifyWithJwks(mintHmac(CLAIMS, `${secret}x`), { keys: [key] })).verified, false);
});

test("a key in the token itself proves nothing", async () => {
  const { publicKey } = await sign("ES256");
  const other = await generateKeyPair("ES256", { extractable: true });
  const token = await new CompactSign(Buffer.from("{}"))
    .setProtectedHeader({ alg: "ES256", jwk: await exportJWK(other.publicKey) })
    .sign(other.privateKey);
  assert.equal((await verifyWithJwks(token, { keys: [publicKey] })).verified, false);
});

test("an unsecured token verifies with no key", async () => {
  const { publicKey } = await sign("ES256");
  assert.equal((await verifyWithJwks(mintJwt(CLAIMS, { alg: "none" }), { keys: [publicKey] })).verified, false);
});

test("broken keys are passed over", async () => {
  const { token, publicKey } = await sign("ES256");
  const keys = [{ kty: "EC", crv: "P-256", x: "!" }, { kty: "what" }, {}, "key", publicKey];
  assert.equal((await verifyWithJwks(token, { keys })).verified, true);
});

for (const [name, jwks] of [
  ["a list", []],
  ["null", null],
  ["text", "keys"],
  ["an object without keys", {}],
] as const) {
  test(`${name} is no JWK set`, async () => {
    await assert.rejects(
      verifyWithJwks(mintJwt(CLAIMS), jwks),
      (error) => error instanceof ScanError && error.code === "jwks-invalid",
    );
  });
}

const hmacs = [
  ["sha256", "HS256"],
  ["sha384", "HS384"],
  ["sha512", "HS512"],
] as const;

for (const [hash, alg] of hmacs) {
  test(`${alg} verifies with its secret and with no other`, () => {
    const token = mintHmac(CLAIMS, "secret", hash, alg);
    assert.equal(verifyWithSecret(token, Buffer.from("secret")), true);
    assert.equal(verifyWithSecret(token, Buffer.from("Secret")), false);
    assert.equal(verifyWithSecret(token, new Uint8Array()), false);
  });
}

test("an empty secret is tried like any other", () => {
  assert.equal(verifyWithSecret(mintHmac(CLAIMS, ""), new Uint8Array()), true);
});

test("a secret verifies no other algorithm, and nothing that is no token", () => {
  assert.equal(verifyWithSecret(mintHmac(CLAIMS, "secret", "sha256", "RS256"), Buffer.from("secret")), false);
  assert.equal(verifyWithSecret("one.two.three", Buffer.from("secret")), false);
});
