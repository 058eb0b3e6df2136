import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { test } from "node:test";
import { confirmAt } from "../../src/detect/confirm.ts";
import { BUILTIN_IDS, builtinMatcher } from "../../src/scan/builtin.ts";
import { mint, seededRandom } from "../mint/mint.ts";
import { findIn } from "./find.ts";

const random = seededRandom(81);
/** Tokens found by a prefix, by a literal inside them, and by a literal in front of them. */
const tokens: [rule: string, template: string][] = [
  ["github-pat", "ghp_{{crc32-base62 30}}"],
  ["npm-token", "npm_{{crc32-base62 30}}"],
  ["slack-webhook", "https://hooks.slack.com/services/T{{upalnum 9}}/B{{upalnum 9}}/{{alnum 24}}"],
];

const places: [name: string, text: (token: string) => string][] = [
  ["a line feed's escape", (t) => `msg = "first\\n${t}\\nlast"`],
  ["a tab's escape", (t) => `msg = "first\\t${t}\\tlast"`],
  ["CR LF's escapes", (t) => `msg = "first\\r\\n${t}\\r\\nlast"`],
  ["an escaped equal sign", (t) => `state=v%3D${t}%26x%3D1`],
  ["a colour", (t) => `\x1b[36;1m${t}\x1b[0m`],
  ["a colour of 256", (t) => `\x1b[38;5;208m${t}\x1b[m`],
  ["an escaped quote", (t) => `"{\\"v\\":\\"${t}\\"}"`],
  ["a quote escaped twice", (t) => `"{\\"v\\":\\"{\\\\\\"w\\\\\\":\\\\\\"${t}\\\\\\"}\\"}"`],
  ["a quote of HTML", (t) => `<a data-x="{&quot;v&quot;:&quot;${t}&quot;}">`],
  ["a Unicode escape", (t) => `v\\u003d${t}\\u0026b\\u003d1`],
];
for (const [name, text] of places) {
  for (const [rule, template] of tokens) {
    test(`${rule} is found behind ${name}, at its place`, () => {
      const token = mint(template, random);
      const found = findIn(text(token), "app.log").filter((hit) => hit.rule === rule);
      assert.equal(found.length, 1, text(token).replace(token, "…"));
      assert.ok(token.endsWith(found[0]!.secret));
      assert.equal(found[0]!.raw, found[0]!.secret);
    });
  }
}

/** Files that people keep as strings of other files. */
const files: [rule: string, template: string][] = [
  ["npmrc-auth-token", "//registry.acme.test/:_authToken={{uuid}}\n"],
  ["npmrc-auth-token", "always-auth=true\n//registry.acme.test/:_authToken={{uuid}}\n"],
  ["jwk-private", '{"kty":"EC","crv":"P-256","x":"{{base64url 43}}","y":"{{base64url 43}}","d":"{{base64url 43}}"}'],
];
for (const [rule, template] of files) {
  for (let depth = 0; depth <= 3; depth++) {
    test(`${rule} is found in a file inside ${depth} strings of JSON`, () => {
      let text = mint(template, random);
      for (let i = 0; i < depth; i++) text = JSON.stringify({ content: text, mode: "0600" });
      const found = findIn(text, "state.json").find((hit) => hit.rule === rule);
      assert.ok(found, text);
      assert.ok(found.start >= 0 && found.end <= Buffer.byteLength(text) && found.start < found.end);
    });
  }
}

test("a file of beginnings of keys is shown to their patterns about once", () => {
  for (const [id, line] of [
    ["private-key", "-----BEGIN RSA PRIVATE KEY-----\n"],
    ["ssh-private-key", "-----BEGIN OPENSSH PRIVATE KEY-----\n"],
    ["pgp-private-key", "-----BEGIN PGP PRIVATE KEY BLOCK-----\n"],
    ["putty-private-key", "PuTTY-User-Key-File-3: ssh-rsa\n"],
  ] as const) {
    const matcher = builtinMatcher(BUILTIN_IDS.indexOf(id as never));
    const bytes = Buffer.from(line.repeat(1000));
    let shown = 0;
    const pattern = (window: string) => {
      shown += window.length;
      return undefined;
    };
    const text = { bytes, length: bytes.length, path: "a.log" };
    for (let at = line.indexOf(matcher.keywords[0]!); at < bytes.length; at += line.length)
      confirmAt(text, matcher, pattern, at, false);
    assert.ok(shown < 10 * bytes.length, `${id}: ${shown} characters of ${bytes.length}`);
  }
});
