import assert from "node:assert/strict";
import { test } from "node:test";
import { token } from "../scan/running.ts";
import { lineColumnOf, placesOf, read } from "./reading.ts";

const secret = token(1);
const [head, tail] = [secret.slice(0, 12), secret.slice(12)];
const big = 3_000_000;

/** Each hides a whole token in text that no terminal would end. */
const cases: readonly [name: string, log: string | Uint8Array][] = [
  ["an OSC that never ends", `\x1b]0;${"x ".repeat(big)}\n${secret}\n`],
  ["an OSC that never ends, in one line", `\x1b]0;${"x ".repeat(big)} ${secret} `],
  ["an APC without an end", `\x1b_bk;t=17419444130\n${secret}`],
  ["a ConsoleNote without an end", `\x1b[8mha:////4${"QUJD".repeat(200_000)} ${secret}`],
  ["a control sequence of parameters alone", `\x1b[${"1;".repeat(big)} ${secret}`],
  ["an escape at the very end", `${secret}\x1b`],
  ["a string at the very end", `${secret} \x1b]0;`],
  ["a stamp at the very end", `${secret}\n2025-03-14T09:26:53.589`],
  ["escapes only", `${"\x1b".repeat(big)} ${secret}`],
  ["a colour behind each byte", `${"a\x1b[m".repeat(big)}\n${secret}\n`],
  ["a link in each word", `${"a\x1b]8;;https://example.org/x\x07b".repeat(200_000)}\n${secret}\n`],
  ["stamps and nothing else", `${"2025-03-14T09:26:53.5897932Z \n".repeat(200_000)}${secret}`],
  ["lines that all go on", `${"2025-03-14T09:26:53.589793Z 00O+a\n".repeat(200_000)} ${secret}`],
  ["sections one in another", `${"section_start:1741944413:a\r\x1b[0K".repeat(200_000)}\n${secret}`],
  ["sections that end and never began", `${"section_end:1741944413:a\r\x1b[0K".repeat(200_000)}\n${secret}`],
  ["masks and nothing else", `2025-03-14T09:26:53.5897932Z ##[group]Run a\n${"A=*** ".repeat(500_000)}\n${secret}`],
  ["a day that no calendar has", `2025-99-99T99:99:99.5897932Z ##[group]Run a\n2025-99-99T99:99:99.5897932Z ${secret}`],
  [
    "CircleCI's JSON with a million messages",
    `[{"message":"a\\n","time":"x"}${',{"message":"b\\u001b[0m\\n"}'.repeat(1_000_000)},{"message":"${head}"},{"message":"${tail}"}]`,
  ],
  ["CircleCI's JSON that breaks off in an escape", `[{"message":"${secret} \\u00`],
  ["CircleCI's JSON without an end of its string", `[{"message":"${"a".repeat(big)} ${secret}`],
  ["halves of surrogates", `[{"message":"\\ud83d\\ud83d\\ude00\\udc00 ${secret}`],
  [
    "zeros and every byte",
    Buffer.concat([Buffer.from(Array.from({ length: 256 }, (_, at) => at)), Buffer.from(`\n${secret}\n`)]),
  ],
];

for (const [name, log] of cases) {
  test(`${name}: what stands there is found`, async () => {
    const report = await read(log);
    assert.equal(placesOf(report, secret).length, 1);
    assert.deepEqual(report.gaps, []);
  });
}

test("a line of 200 MB is read in little memory, and the place in it is right", async () => {
  const filler = Buffer.alloc(200 << 20, "ab cd \x1b[0m");
  const log = Buffer.concat([Buffer.from("first\n"), filler, Buffer.from(` ${head}\x1b[1m${tail} `)]);
  const before = process.memoryUsage().arrayBuffers;
  const [place] = placesOf(await read(log), secret);
  assert.equal(lineColumnOf(place!), `2:${filler.length + 2}`);
  assert.ok(process.memoryUsage().arrayBuffers - before < 64 << 20, "what was taken is given back");
});

test("an empty log, and one of a line feed, are clean", async () => {
  for (const log of ["", "\n", "\ufeff", "\x1b[0m", "[]", '[{"message":""}]']) {
    const report = await read(log);
    assert.ok(report.complete && report.findings.length === 0);
  }
});
