import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { classes, entropy, isHex, isUuid, restlessness, wordiness, words } from "../../src/detect/shape.ts";
import { mint, seededRandom } from "../mint/mint.ts";

const entropies: [text: string, bits: number][] = [
  ["", 0],
  ["aaaa", 0],
  ["abab", 1],
  ["abcd", 2],
  ["abcdefgh", 3],
  ["0123456789abcdef", 4],
  ["aab", 0.918],
];
for (const [text, bits] of entropies)
  test(`"${text}" has ${bits} bits a character`, () => assert.ok(Math.abs(entropy(text) - bits) < 0.001));

test("entropy is between nothing and the logarithm of the length, whatever the order", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(..."abcXYZ019-_"), { minLength: 1, maxLength: 80 }), (letters) => {
      const bits = entropy(letters.join(""));
      assert.ok(bits >= 0 && bits <= Math.log2(letters.length) + 1e-9);
      assert.ok(Math.abs(bits - entropy([...letters].reverse().join(""))) < 1e-9);
    }),
  );
});

const identifiers: [text: string, words: string[]][] = [
  ["apiKey", ["api", "key"]],
  ["API_KEY", ["api", "key"]],
  ["APIKey", ["api", "key"]],
  ["my-secret.token", ["my", "secret", "token"]],
  ["JWTSecret2", ["jwt", "secret"]],
  ["x", ["x"]],
  ["123", []],
];
for (const [text, expected] of identifiers)
  test(`${text} is ${expected.join(" ") || "no word"}`, () => assert.deepEqual(words(text), expected));

const readable = [
  "my-secret-token-name",
  "google-client-secret",
  "com.example.service.TokenProvider",
  "passwordStrengthIndicator",
  "content-security-policy",
  "background-color",
  "ServerHttpBasicAuthenticationConverter",
  "application_default_credentials",
  "kubernetes-dashboard-token",
];
for (const text of readable) test(`${text} is words`, () => assert.ok(wordiness(text) > 0.6, String(wordiness(text))));

const random = seededRandom(1948);
for (const shape of ["{{alnum 32}}", "{{base64url 43}}", "{{hex 40}}", "{{lowalnum 40}}"]) {
  test(`random values such as ${shape.slice(2, -2)} are rarely words, and restless`, () => {
    let wordy = 0;
    let calm = 0;
    for (let n = 0; n < 500; n++) {
      const value = mint(shape, random);
      if (wordiness(value) > 0.5) wordy++;
      if (restlessness(value) < 0.22) calm++;
    }
    // Without capitals more letters stand together, and more of them can be read.
    assert.ok(wordy <= (shape.includes("low") ? 25 : 5), `${wordy} of 500 are words`);
    assert.ok(calm <= (shape.includes("low") ? 25 : 5), `${calm} of 500 are calm`);
  });
}

test("restlessness counts changes of kind", () => {
  assert.equal(restlessness("aaaa"), 0);
  assert.equal(restlessness("a1a1a"), 1);
  assert.equal(restlessness("aA"), 1);
  assert.equal(restlessness("a"), 0);
  assert.ok(restlessness("configuration2") < 0.1);
});

test("classes says which kinds of characters there are", () => {
  assert.deepEqual(classes("aB3-"), { upper: true, lower: true, digit: true, other: true, count: 4 });
  assert.deepEqual(classes("abc"), { upper: false, lower: true, digit: false, other: false, count: 1 });
  assert.equal(classes("").count, 0);
});

test("hexadecimal is of one case; a UUID has five groups", () => {
  assert.ok(isHex("00ff") && isHex("00FF"));
  assert.ok(!isHex("00fF") && !isHex("00fg") && !isHex(""));
  const uuid = mint("{{uuid}}", random);
  assert.ok(isUuid(uuid) && isUuid(uuid.toUpperCase()));
  assert.ok(!isUuid(uuid.slice(1)) && !isUuid(uuid.replaceAll("-", "")));
});
