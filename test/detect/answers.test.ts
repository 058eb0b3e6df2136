import assert from "node:assert/strict";
import { test } from "node:test";
import { Answers } from "../../src/detect/answers.ts";
import { hitsOf, wholeVersion } from "../../src/detect/versions.ts";
import { Unpacker } from "../../src/kernel/history.ts";
import { mint, seededRandom } from "../mint/mint.ts";
import { scanner } from "./find.ts";

const { plan } = scanner;
const unpacker = new Unpacker(plan.kernel, { memory: 64 << 20, input: 1 << 20 });
const token = mint("ghp_{{crc32-base62 30}}", seededRandom(7)) as string;
const FAR = "nothing of note stands in this line\n".repeat(200);

/** What is found in a text, and how many close looks it took. */
function found(text: string, answers?: Answers): { hits: string[]; looks: number } {
  const held = unpacker.hold(Buffer.from(text, "latin1"))!;
  const effort = { candidates: 0, ...(answers && { answers }) };
  const hits = hitsOf(wholeVersion(plan, { ...held, bytes: unpacker.bytes(held) }, effort));
  unpacker.pop(held);
  return { hits: hits.map(({ matcher, start, end }) => `${matcher.id} ${start}-${end}`), looks: effort.candidates };
}

test("what was looked at among the same bytes is not looked at again, wherever it stands", () => {
  const answers = new Answers();
  const line = `token = "${token}"\n`;
  const first = found(FAR + line + FAR, answers);
  assert.ok(first.hits.length > 0 && first.looks > 0);
  const second = found(`${FAR}${FAR}${line}${FAR}`, answers);
  assert.ok(second.looks < first.looks, `${second.looks} looks after ${first.looks}`);
  assert.deepEqual(second.hits, found(`${FAR}${FAR}${line}${FAR}`).hits);
});

const changes: [name: string, before: string, after: string][] = [
  ["a byte of it", `${FAR}a = "${token}"\n${FAR}`, `${FAR}a = "${token.slice(0, -1)}-"\n${FAR}`],
  ["a byte before it", `${FAR}a = "${token}"\n${FAR}`, `${FAR}a = x${token}"\n${FAR}`],
  ["the text's end, which is now behind it", `${FAR}a = "${token}"\n${FAR}`, `${FAR}a = "${token}`],
  ["the text's start, which is now before it", `${FAR}a = "${token}"\n${FAR}`, `${token}"\n${FAR}`],
];
for (const [name, before, after] of changes) {
  test(`an answer holds no longer for ${name}`, () => {
    const answers = new Answers();
    found(before, answers);
    assert.deepEqual(found(after, answers).hits, found(after).hits);
  });
}

test("what is remembered is bounded, and what was not asked for for long is looked at again", () => {
  const answers = new Answers();
  const line = `token = "${token}"\n`;
  found(FAR + line + FAR, answers);
  for (let i = 0; i < 60; i++) {
    const other = Array.from({ length: 1500 }, (_, n) => `password = "${i}x${n}y${"z".repeat(30)}"`).join("\n");
    found(FAR + other + FAR, answers);
  }
  assert.ok(found(FAR + line + FAR, answers).looks > 0);
});
