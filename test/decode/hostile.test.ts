import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { test } from "node:test";
import fc from "fast-check";
import { formats } from "../mint/formats.ts";
import { decoders } from "./decoders.ts";
import { minted } from "./hints.ts";

const HEADS = [
  "",
  "hvs.CAES",
  "pypi-AgEIcHlwaS5vcmc",
  "FlyV1 fm2_",
  "glpat-",
  "ops_",
  "k8s-aws-v1.",
  "ABSK",
  "bedrock-api-key-",
  "v4.public.",
  "sntrys_",
  "https://h/?sv=1&sig=",
];
const tokens = Object.keys(formats).flatMap((name) => [1, 2, 3].map((seed) => minted(`{{mint ${name}}}`, seed)));

/** Every decoder, none of which may throw. */
function decodeAll(secret: string): void {
  for (const [name, decode] of Object.entries(decoders)) {
    if (name === "jwt") continue;
    const parts = { host: secret, user: secret, id: secret, path: secret };
    assert.doesNotThrow(() => [decode(secret, {}), decode(secret, parts)], name);
  }
}

test("no decoder throws on random text behind a known head", () => {
  const bytes = fc.uint8Array({ maxLength: 300 }).map((value) => Buffer.from(value).toString("base64url"));
  const text = fc.oneof(fc.string({ maxLength: 300 }), fc.string({ unit: "binary", maxLength: 200 }), bytes);
  fc.assert(
    fc.property(fc.constantFrom(...HEADS), text, (head, tail) => decodeAll(head + tail)),
    { numRuns: 600 },
  );
});

test("no decoder throws on a real token that was cut or changed", () => {
  const change = fc.tuple(fc.constantFrom(...tokens), fc.nat(3000), fc.nat(3000), fc.string({ maxLength: 6 }));
  fc.assert(
    fc.property(change, ([token, at, gap, text]) => {
      const place = at % token.length;
      decodeAll(token.slice(0, place) + text + token.slice(place + (gap % 7)));
      decodeAll(token.slice(0, place));
    }),
    { numRuns: 600 },
  );
});

test("every decoder is done with long text at once", () => {
  for (const unit of [
    "a",
    "A1",
    "=",
    "{",
    "[",
    "/",
    "-----BEGIN PRIVATE KEY-----\n",
    "x=1&",
    "\\n",
    "a:b@",
    "%41",
    '{"a":',
    "MIIB",
  ]) {
    const secret = unit.repeat(Math.floor(120_000 / unit.length));
    for (const [name, decode] of Object.entries(decoders)) {
      if (name === "jwt") continue;
      for (const head of ["", "https://", "glpat-", "pypi-AgEI", "-----BEGIN OPENSSH PRIVATE KEY-----"]) {
        const start = performance.now();
        decode(head + secret, {});
        assert.ok(performance.now() - start < 250, `${name} took too long over ${head}${unit}…`);
      }
    }
  }
});

/** Facts that are ids, names and places, which may be long. */
const OPEN = new Set([
  "client",
  "account",
  "key",
  "token",
  "host",
  "server",
  "region",
  "registry",
  "fingerprint",
  "workflow",
  "email",
  "index",
  "cluster",
]);

test("no fact gives away the random part of a token", () => {
  for (const name of Object.keys(formats)) {
    const token = minted(`{{mint ${name}}}`);
    for (const [decoder, decode] of Object.entries(decoders)) {
      for (const fact of decode(token, {})?.facts ?? []) {
        const told = fact.value.length >= 20 && token.includes(fact.value);
        assert.ok(!told || OPEN.has(fact.name), `${decoder} shows ${fact.name} of ${name}`);
      }
    }
  }
});
