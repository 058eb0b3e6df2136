import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { test } from "node:test";
import { mayBeJose, objectIn } from "../../src/detect/jose-header.ts";
import { joseAt } from "../../src/detect/jwt.ts";
import type { Matcher, Text } from "../../src/detect/matcher.ts";

const objects: readonly [json: string, is: ReturnType<typeof objectIn>][] = [
  ['{"alg":"HS256"}', "whole"],
  ['{ "a" : [1, -2.5e3, true, null, {"b": "\\"{"}], "c": {} } ', "whole"],
  ['{"\\u0061lg":"\\\\"}', "whole"],
  ["{", "begun"],
  ['{"alg":"HS2', "begun"],
  ['{"alg":"HS2\\', "begun"],
  ['{"a":1,', "begun"],
  ["", "begun"],
  ["[1]", undefined],
  ['{"a" "b"}', undefined],
  ['{"a":1}{', undefined],
  ['{"a","b"', undefined],
  ['{"a":\xbe', undefined],
  ['{"a":"\n"', undefined],
  ['{"a":'.repeat(65), undefined],
];
for (const [json, is] of objects)
  test(`${JSON.stringify(json).slice(0, 60)} is ${is ?? "no"} object`, () => {
    assert.equal(objectIn(json), is);
    // What begins every beginning of it begins it.
    if (is) for (let end = 0; end < json.length; end++) assert.ok(objectIn(json.slice(0, end)), json.slice(0, end));
  });

test("a header ends at its dot, is whole there and names what it is", () => {
  const header = (json: string) => Buffer.from(json).toString("base64url");
  assert.ok(mayBeJose(`${header('{"alg":"HS256"}')}.`));
  assert.ok(mayBeJose(header('{"alg":"HS256","kid":"a')));
  assert.ok(!mayBeJose(`${header('{"alg":"HS256"')}.`));
  assert.ok(!mayBeJose(`${header('{"a":"HS256"}')}.`));
});

const matcher = { id: "jwt", way: "prefix", anchor: "start", keywords: ["eyJ"], pattern: "" } as unknown as Matcher;
const start = (json: string) => Buffer.from(json).toString("base64url");
const hostile: readonly [name: string, text: string][] = [
  ["starts in one run with a dot at its end", `${`${start('{"alg":')}-`.repeat(6000)}.a.b\n`],
  ["starts of every alignment inside a string", `${start('{"alg":"')}${"zeyJhbGciOiJ".repeat(5000)}.a.b\n`],
  ["objects in a list", `${start(`{"alg":[${'{"alg":1},'.repeat(5000)}`)}.a.b\n`],
  ["objects in objects", `${start('{"algo":'.repeat(8000))}.a.b\n`],
  ["wrapped starts", `${start('{"alg":')}-${start('{"alg":')}\n`.repeat(4000)],
];
for (const [name, raw] of hostile)
  test(`${name}: few of them are read far`, () => {
    const bytes = Buffer.from(raw);
    let far = 0;
    const note = (from: number, to: number) => {
      if (to - from > 4096) far++;
    };
    const text: Text = { bytes, length: bytes.length, path: "x", note };
    let starts = 0;
    for (let at = raw.indexOf("eyJ"); at >= 0; at = raw.indexOf("eyJ", at + 1)) {
      starts++;
      assert.equal(joseAt(text, matcher, at), undefined);
    }
    assert.ok(starts >= 1000, `${starts} starts`);
    assert.ok(far <= 100, `${far} of ${starts} were read far`);
  });
