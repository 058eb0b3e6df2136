import assert from "node:assert/strict";
import { test } from "node:test";
import { FlattenedSign, GeneralSign } from "jose";
import { findIn } from "./find.ts";

const CLAIMS = new TextEncoder().encode(
  JSON.stringify({ iss: "https://login.acme.test/", aud: "https://api.acme.test/", groups: Array(300).fill("staff") }),
);
const KEYS = [Buffer.alloc(32, 5), Buffer.alloc(32, 9)];

const jwts = (text: string) => findIn(text, "token.json").filter(({ rule }) => rule === "jwt");

test("a JWS in flattened JSON is a token, whatever stands first", async () => {
  const {
    payload,
    protected: header,
    signature,
  } = await new FlattenedSign(CLAIMS).setProtectedHeader({ alg: "HS256", kid: "a" }).sign(KEYS[0]!);
  const compact = `${header}.${payload}.${signature}`;
  for (const object of [
    { payload, protected: header, signature },
    { signature, protected: header, payload },
    { protected: header, header: { note: "x" }, signature, payload },
  ])
    for (const indent of [0, 2]) {
      const text = `{"token": ${JSON.stringify(object, null, indent)}}\n`;
      const found = jwts(text);
      assert.deepEqual(
        found.map(({ secret }) => secret),
        [compact],
        text,
      );
      for (const part of [payload, header!, signature])
        assert.ok(found[0]!.raw.includes(part), "all of it is in its place");
    }
});

test("a JWS in JSON with several signatures is a token, with the signature beside its header", async () => {
  const sign = new GeneralSign(CLAIMS);
  for (const [i, key] of KEYS.entries()) sign.addSignature(key).setProtectedHeader({ alg: "HS256", kid: String(i) });
  const object = await sign.sign();
  const compact = object.signatures.map((each) => `${each.protected}.${object.payload}.${each.signature}`);
  // One place holds the payload of all.
  assert.deepEqual(
    jwts(JSON.stringify(object)).map(({ secret }) => secret),
    compact.slice(0, 1),
  );
  const last = { signatures: object.signatures.slice(1), payload: object.payload };
  assert.deepEqual(
    jwts(JSON.stringify(last)).map(({ secret }) => secret),
    compact.slice(1),
  );
});

test("a protected header without its signature, or without its payload, is no token", async () => {
  const {
    payload,
    protected: header,
    signature,
  } = await new FlattenedSign(CLAIMS).setProtectedHeader({ alg: "HS256" }).sign(KEYS[0]!);
  assert.deepEqual(jwts(JSON.stringify({ payload, protected: header })), []);
  assert.deepEqual(jwts(JSON.stringify({ protected: header, signature })), []);
  assert.deepEqual(jwts(JSON.stringify({ payload, guarded: header, signature })), []);
});

test("what stands in another object belongs to no header", async () => {
  const [one, other] = await Promise.all(
    KEYS.map((key) => new FlattenedSign(CLAIMS).setProtectedHeader({ alg: "HS256" }).sign(key)),
  );
  const text = `const a = {"protected": "${one!.protected}"};
const token = "${other!.protected}.${other!.payload}.${other!.signature}";
const b = ${JSON.stringify(one)};\n`;
  assert.deepEqual(
    jwts(text).map(({ secret }) => secret),
    [other!, one!].map((each) => `${each.protected}.${each.payload}.${each.signature}`),
  );
});
