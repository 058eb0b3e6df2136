import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { placeholder } from "../../src/detect/placeholder.ts";
import { mint, seededRandom } from "../mint/mint.ts";

const templates = [
  "${TOKEN}",
  "{{ .Values.token }}",
  "<your-token>",
  "%API_TOKEN%",
  "$(get_token)",
  "$TOKEN",
  "{token}",
  "#{token}",
  "@token@",
  "__TOKEN__",
  "[YOUR TOKEN]",
];
for (const value of templates) test(`${value} is a template`, () => assert.match(placeholder(value) ?? "", /template/));

const empty: [value: string, why: RegExp][] = [
  ["xxxxxxxxxxxxxxxxxxxx", /four characters/],
  ["XXXX-XXXX-XXXX-XXXX", /four characters/],
  ["00000000-0000-0000-0000-000000000000", /four characters/],
  ["aaaaaaaaaabbbbbbbbbb", /four characters/],
  ["********************", /says|four/],
  ["abc1abc1abc1abc1abc1", /four|repeated/],
  ["q1w2e3r4q1w2e3r4q1w2e3r4", /repeated/],
  ["your-api-key-here", /says/],
  ["YOUR_ACCESS_TOKEN", /says/],
  ["my-secret-token", /says/],
  ["changeme", /says/],
  ["CHANGE_ME_NOW", /says/],
  ["replace-with-real-one", /says/],
  ["insert_token_here", /says/],
  ["REDACTED", /says/],
  [`AKIA${"IOSFODNN7"}EXAMPLE`, /says/],
  ["dummy-token-1234", /says/],
  ["fake_key_9", /says/],
  ["sample-client-secret", /says/],
  ["placeholder123", /says/],
  ["TODO-fill-in", /says/],
  ["notarealtoken-xyz", /says/],
  ["deadbeefdeadbeefdeadbeefdeadbeef", /says|four/],
  ["1234567890abcdef1234567890abcdef", /sequence|repeated/],
  ["abcdefghijklmnopqrstuvwxyz123456", /says|sequence/],
  ["0123456789012345678901234567890123456789", /sequence|repeated/],
  ["qwertyuiopasdfghjkl", /sequence/],
  ["A1B2C3D4E5F6G7H8I9J0", /sequence/],
  ["a1b2c3d4e5f6a1b2c3d4e5f6", /repeated|sequence/],
];
for (const [value, why] of empty)
  test(`${value} is a placeholder`, () => assert.match(placeholder(value) ?? "none", why));

const random = seededRandom(4086);
const shapes = [
  "{{alnum 20}}",
  "{{hex 32}}",
  "{{hex 40}}",
  "{{base64 40}}",
  "{{base64url 43}}",
  "{{upalnum 16}}",
  "{{lowalnum 24}}",
  "{{uuid}}",
  "{{base32 32}}",
];
for (const shape of shapes) {
  test(`random values such as ${shape.slice(2, -2)} are no placeholders`, () => {
    const wrong: string[] = [];
    for (let n = 0; n < 2000; n++) {
      const value = mint(shape, random);
      if (placeholder(value)) wrong.push(value);
    }
    assert.deepEqual(wrong, []);
  });
}

const passwords = ["Tr0ub4dor&3", "kX9!fp2Lq", "Winter-Sonne-71", "p7Gq-Zz19", "s0m3th1ngL0ng", "mistake-Horse-12"];
for (const value of passwords) test(`${value} is no placeholder`, () => assert.equal(placeholder(value), undefined));

test("any text is answered, and the same text in the same way", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), (value) => assert.equal(placeholder(value), placeholder(value))),
  );
});
