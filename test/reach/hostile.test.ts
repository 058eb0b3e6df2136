import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import type { Anatomy } from "../../src/model/index.ts";
import { formats } from "../mint/formats.ts";
import { mint, seededRandom } from "../mint/mint.ts";
import { decode, jwtRule, makeRule, mintJwt, reachOf } from "./setup.ts";

/** What a terminal obeys, or what makes text look like other text. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|\p{Surrogate}/u;

/** Nothing that a report may print of an anatomy is unsafe, endless, or a slip of ours. */
function assertPrintable(anatomy: Anatomy | undefined, secret: string, where: string): void {
  const { reasons, remedies, factors, score } = reachOf(jwtRule, secret, { anatomy });
  const texts = [
    ...(anatomy?.facts ?? []).flatMap(({ name, value }) => [name, value]),
    ...factors.map(({ reason }) => reason),
    ...reasons,
    ...remedies.map(({ action }) => action),
  ];
  assert.ok(score >= 0 && score <= 10, where);
  for (const text of texts) {
    assert.doesNotMatch(text, UNSAFE, where);
    assert.doesNotMatch(text, /undefined|NaN|\[object/, where);
    assert.ok(text.length < 20_000, `${where}: ${text.length} characters`);
  }
}

const source = readdirSync("src/decode", { recursive: true })
  .map(String)
  .filter((name) => name.endsWith(".ts"))
  .map((name) => readFileSync(`src/decode/${name}`, "utf8"))
  .join("\n");

/** Every claim that some decoder asks for, and those that objects have anyway. */
const names = [
  ...new Set([...source.matchAll(/claims, "([^"]+)"/g)].map((found) => found[1]!)),
  ...["__proto__", "constructor", "toString", "exp", "nbf", "iat", "aud", "sub", "iss", "scope", "roles"],
];

const ISSUERS = [
  undefined,
  "https://token.actions.githubusercontent.com",
  "https://gitlab.com",
  "https://login.microsoftonline.com/x/v2.0",
  "https://securetoken.google.com/p",
  "kubernetes/serviceaccount",
  "https://sso.acme.io/realms/master",
];

const VALUES: readonly unknown[] = [
  "\x1b]0;x\x07\x1b[31m",
  "\0",
  "\ud800",
  "\u202eabc",
  "a".repeat(900),
  "b ".repeat(300),
  "__proto__",
  "*",
  ...[-1, 1e308, -1e308, 1.5, 8.64e12, 8.64e12 + 1, 1e11, 253_402_300_800],
  ...[true, false, null, [], {}, [[]], [{}], [null], { a: { b: 1 } }, "-1", "999999999999999999999"],
];

test("whatever a claim holds, it decodes, and what is printed of it is plain text", () => {
  assert.ok(names.length > 100, "the claims are found in the sources");
  for (const [at, name] of names.entries()) {
    for (const [of, value] of VALUES.entries()) {
      const iss = ISSUERS[(at + of) % ISSUERS.length];
      const token = mintJwt({ alg: "RS256" }, { ...(iss && { iss }), [name]: value });
      assertPrintable(decode(jwtRule, token), token, name);
    }
  }
});

test("several such claims, in any header, are no worse", () => {
  const leaf = fc.oneof(fc.constantFrom(...VALUES), fc.string({ unit: "binary", maxLength: 30 }));
  const some = fc.oneof(leaf, fc.array(leaf, { maxLength: 4 }), fc.dictionary(fc.constantFrom(...names), leaf));
  const claims = fc.dictionary(fc.constantFrom(...names), some, { maxKeys: 8 });
  const members = fc.constantFrom("typ", "kid", "jwk", "jku", "x5u", "x5c", "crit", "b64", "cty", "zip", "tty", "tnk");
  const header = fc.dictionary(members, some, { maxKeys: 4 });
  const algorithm = fc.constantFrom("HS256", "RS256", "ES256", "none", "PBES2-HS256+A128KW");
  fc.assert(
    fc.property(header, claims, algorithm, (head, body, alg) => {
      const token = mintJwt({ ...head, alg }, body);
      assertPrintable(decode(jwtRule, token), token, "jwt");
    }),
    { numRuns: 400 },
  );
});

const DECODERS = [
  "biscuit",
  "pem",
  "pgp",
  "putty",
  "ssh-key",
  "jwk",
  "aws-registry",
  "gitlab-job",
  "ngrok",
  "wireguard",
];

test("minted tokens with any byte changed decode or not, and never throw", () => {
  const kinds = ["biscuit", "pgp", "putty", "ssh-ed25519", "ssh-rsa", "jwk-private", "pem-encrypted"];
  const tokens = kinds.filter((name) => name in formats).map((name) => mint(`{{mint ${name}}}`, seededRandom(1)));
  const change = fc.tuple(fc.constantFrom(...tokens), fc.nat(5000), fc.nat(255), fc.boolean());
  fc.assert(
    fc.property(change, ([token, at, byte, cut]) => {
      const flat = token.replace(/\n/g, "\\n");
      const [run] = /[A-Za-z0-9_\-+/]{40,}(?:\\n[A-Za-z0-9+/]+)*/.exec(flat)!;
      const bytes = Buffer.from(run.replaceAll("\\n", ""), "base64");
      bytes[at % bytes.length] = byte;
      const changed = (cut ? bytes.subarray(0, at % bytes.length) : bytes).toString("base64");
      const text = flat.replace(run, changed.match(/.{1,64}/g)?.join("\\n") ?? "");
      for (const name of DECODERS) {
        for (const secret of [text, text.replaceAll("\\n", "\n"), changed.replace(/=+$/, "")]) {
          const found = decode(makeRule("any", {}, { decoder: name }), secret);
          assertPrintable(found, secret, name);
        }
      }
    }),
    { numRuns: 400 },
  );
});

test("names that every object has are in no table of ours", () => {
  for (const name of ["constructor", "__proto__", "toString", "valueOf"]) {
    for (const claims of [{ cnf: { jwk: { kty: name } } }, { azpacr: name, iss: ISSUERS[3] }]) {
      const token = mintJwt({ alg: "RS256", kid: name }, claims);
      assertPrintable(decode(jwtRule, token), token, name);
    }
    const sas = `https://a.blob.core.windows.net/c?sv=2024-01-01&sr=${name}&sp=${name}&sig=x&se=2030-01-01`;
    assertPrintable(decode(makeRule("any", {}, { decoder: "azure-sas" }), sas), sas, name);
  }
});

test("a token inside a claim is not shown, whatever claim that is", () => {
  const inner = mintJwt({ alg: "RS256" }, { iss: "https://a.io/" });
  for (const name of names) {
    const token = mintJwt({ alg: "RS256", kid: inner }, { [name]: inner });
    for (const { value } of decode(jwtRule, token)?.facts ?? []) assert.ok(!value.includes(inner.slice(0, 40)), name);
    for (const reason of reachOf(jwtRule, token).reasons) assert.ok(!reason.includes(inner.slice(0, 40)), name);
  }
});
