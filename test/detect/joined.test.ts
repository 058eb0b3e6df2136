import assert from "node:assert/strict";
import { test } from "node:test";
import { mint, seededRandom } from "../mint/mint.ts";
import { findIn } from "./find.ts";

const random = seededRandom(4242);
/** `PIECE|PIECE` is written in pieces, each in its quotes, with what stands between them. */
const ways: readonly (readonly [name: string, path: string, between: string, quote: string])[] = [
  ["added in JavaScript", "app.js", " + ", "'"],
  ["added over lines", "app.java", " +\n    ", '"'],
  ["side by side in Python", "app.py", "\n  ", "'"],
  ["joined in PHP", "app.php", " . ", "'"],
  ["joined in Lua", "app.lua", " .. ", '"'],
];
const tokens: readonly (readonly [rule: string, parts: readonly string[]])[] = [
  ["github-pat", ["ghp_", "{{crc32-base62 30}}"]],
  ["stripe-secret-key", ["sk_live_", "{{alnum 24}}"]],
  ["slack-bot-token", ["xoxb-{{digits 12}}-", "{{digits 13}}-{{alnum 24}}"]],
  ["generic-secret", ["{{alnum 20}}", "{{alnum 20}}"]],
];

for (const [name, path, between, quote] of ways)
  for (const [rule, templates] of tokens)
    test(`a ${rule} in strings ${name} is found whole`, () => {
      const parts = templates.map((template) => mint(template, random));
      const written = parts.map((part) => quote + part + quote).join(between);
      const found = findIn(`const apiToken = ${written};\n`, path);
      const hit = found.find(({ secret }) => secret === parts.join(""));
      assert.ok(hit, found.map((other) => `${other.rule} ${other.secret}`).join(", ") || "nothing");
      assert.deepEqual(hit.encodings, ["joined strings"]);
      assert.ok(hit.raw.startsWith(parts[0]!) && hit.raw.endsWith(parts.at(-1)!), hit.raw);
    });

test("values of a list are not put together", () => {
  const text = mint('tokens = ["{{alnum 20}}", "{{alnum 20}}"]\n', random);
  assert.ok(findIn(text, "app.py").every(({ secret }) => secret.length === 20));
});

test("a text of more pieces than are read is left alone", () => {
  const pieces = Array.from({ length: 200 }, () => mint('"{{alnum 24}}"', random)).join(" +\n");
  assert.ok(findIn(`token = ${pieces};\n`, "app.js").every(({ encodings }) => encodings.length === 0));
});
