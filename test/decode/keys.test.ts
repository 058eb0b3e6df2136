import assert from "node:assert/strict";
import { createHash, generateKeyPairSync } from "node:crypto";
import { test } from "node:test";
import { decodeJwk } from "../../src/decode/jwk.ts";
import { decodePem } from "../../src/decode/pem.ts";
import { decodePgp } from "../../src/decode/pgp.ts";
import { decodePutty, decodeSshKey } from "../../src/decode/ssh.ts";
import { facts, minted, traits } from "./hints.ts";

const guarded = { cipher: "aes-256-cbc", passphrase: "correct horse" } as const;
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const small = generateKeyPairSync("rsa", { modulusLength: 1024 });
const ec = generateKeyPairSync("ec", { namedCurve: "secp384r1" });
const ed = generateKeyPairSync("ed25519");
const pem = (key: typeof rsa.privateKey, type: "pkcs1" | "pkcs8" | "sec1", lock = {}) =>
  key.export({ type, format: "pem", ...lock } as never).toString();

const open: readonly (readonly [name: string, text: string, expected: Record<string, string>])[] = [
  ["PKCS #1", pem(rsa.privateKey, "pkcs1"), { kind: "RSA PRIVATE KEY", "key type": "RSA", bits: "2048" }],
  ["PKCS #8", pem(rsa.privateKey, "pkcs8"), { kind: "PRIVATE KEY", "key type": "RSA", bits: "2048" }],
  ["SEC 1", pem(ec.privateKey, "sec1"), { kind: "EC PRIVATE KEY", "key type": "EC", bits: "384", curve: "secp384r1" }],
  ["Ed25519", pem(ed.privateKey, "pkcs8"), { kind: "PRIVATE KEY", "key type": "ed25519", bits: "256" }],
];

for (const [name, text, expected] of open) {
  test(`an open ${name} key tells its type, its size and its public half, however its lines are written`, () => {
    for (const written of [
      text,
      text.replaceAll("\n", "\\n"),
      text.replaceAll("\n", "\r\n"),
      text.replace(/^/gm, "    "),
    ]) {
      const { fingerprint, ...rest } = facts(decodePem(written));
      assert.deepEqual(rest, { ...expected, encrypted: "no" });
      assert.match(fingerprint!, /^SHA256:[A-Za-z0-9+/]{43}=$/);
      assert.deepEqual(traits(decodePem(written)), { certainty: "structure" });
    }
  });
}

test("the fingerprint is that of the public key", () => {
  const der = rsa.publicKey.export({ type: "spki", format: "der" });
  const expected = `SHA256:${createHash("sha256").update(der).digest("base64")}`;
  assert.equal(facts(decodePem(pem(rsa.privateKey, "pkcs1"))).fingerprint, expected);
});

test("a key under a passphrase is partial, and tells what guards it", () => {
  const modern = decodePem(pem(rsa.privateKey, "pkcs8", guarded));
  assert.equal(traits(modern).possession, "partial");
  const { cipher, "key derivation": derivation, bits } = facts(modern);
  assert.deepEqual([cipher, derivation, bits], ["AES-256-CBC", "PBKDF2", undefined]);
  const old = decodePem(pem(rsa.privateKey, "pkcs1", guarded));
  assert.equal(facts(old).cipher, "AES-256-CBC");
  assert.match(old!.weaknesses[0]!.text, /one round of MD5/);
});

test("an RSA key of 1024 bits is weak, in every form", () => {
  const jwk = JSON.stringify(small.privateKey.export({ format: "jwk" }));
  for (const found of [
    decodePem(pem(small.privateKey, "pkcs1")),
    decodeJwk(jwk),
    decodeSshKey(minted("{{mint ssh-rsa 1024}}")),
  ])
    assert.match(found!.weaknesses[0]!.text, /an RSA key of 1024 bits/);
});

test("a key that was cut or changed keeps its kind, and nothing else is said of it", () => {
  const text = pem(rsa.privateKey, "pkcs8");
  for (const broken of [text.slice(0, 600), text.replace(/\n.{64}\n/, "\n")])
    assert.deepEqual(facts(decodePem(broken)), { kind: "PRIVATE KEY", encrypted: "no" });
});

test("an OpenSSH key tells its size, also when encrypted", () => {
  const { kind, bits, cipher, "key derivation": derivation } = facts(decodeSshKey(minted("{{mint ssh-rsa 3072}}")));
  assert.deepEqual([kind, bits, cipher, derivation], ["ssh-rsa", "3072", "aes256-ctr", "bcrypt"]);
  assert.equal(facts(decodeSshKey(minted("{{mint ssh-ed25519}}"))).bits, "256");
});

test("a PuTTY key tells the same", () => {
  const free = decodePutty(minted("{{mint putty none me@host}}"));
  const { kind, bits, encrypted, comment } = facts(free);
  assert.deepEqual([kind, bits, encrypted, comment], ["ssh-rsa", "2048", "no", "me@host"]);
  assert.equal(traits(free).possession, undefined);
  const locked = decodePutty(minted("{{mint putty aes256-cbc}}"));
  assert.deepEqual([facts(locked).cipher, facts(locked)["key derivation"]], ["aes256-cbc", "Argon2id"]);
  assert.equal(traits(locked).possession, "partial");
});

const blocks: readonly (readonly [type: string, state: string, expected: readonly unknown[]])[] = [
  ["rsa", "open", ["RSA", "2048", "no", undefined]],
  ["ed25519", "open", ["EdDSA", "256", "no", undefined]],
  ["rsa", "locked", ["RSA", "2048", "yes", "partial"]],
  ["rsa", "stub", ["RSA", "2048", "yes", "partial"]],
];

for (const [type, state, expected] of blocks) {
  test(`a PGP block with a ${state} ${type} key`, () => {
    const found = decodePgp(minted(`{{mint pgp ${type} ${state}}}`));
    const { "key type": kind, bits, encrypted, created, "user id": user, "key id": id } = facts(found);
    assert.deepEqual([kind, bits, encrypted, traits(found).possession], expected);
    assert.deepEqual([created, user], ["2026-05-28", "ci@acme.io"]);
    assert.match(id!, /^[0-9A-F]{16}$/);
  });
}

test("a stub says that its key is elsewhere", () =>
  assert.match(
    decodePgp(minted("{{mint pgp rsa stub}}"))!.hints.find(({ trait }) => trait === "possession")!.reason!,
    /stub/,
  ));

test("a user id is shown without what a terminal obeys, and cut", () => {
  const user = `\x1b]0;x\x07\u202e${"é".repeat(5000)}`;
  const shown = facts(decodePgp(minted(`{{mint pgp rsa open ${user}}}`)))["user id"]!;
  assert.doesNotMatch(shown, /[\x00-\x1f\u202e]/);
  assert.ok(shown.length <= 201);
});
