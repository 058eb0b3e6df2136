import assert from "node:assert/strict";
import { test } from "node:test";
import { folder } from "../config/folder.ts";
import { leak, reportOf } from "./running.ts";

const line = (seed: number, comment: string) => leak(seed).replace("\n", ` ${comment}\n`);

const cases: [name: string, files: Record<string, string>, unused: string[]][] = [
  ["a comment on the line of a token", { "a.env": line(1, "# leakreach:allow") }, []],
  ["a comment on the line before", { "a.env": `# leakreach:allow github-pat -- old\n${leak(1)}` }, []],
  ["a comment with nothing near it", { "a.env": "x = 1\ny = 2 # leakreach:allow -- gone\n" }, ["a.env:2"]],
  ["a comment for another rule", { "a.env": line(1, "# leakreach:allow npm-token") }, ["a.env:1"]],
  ["a comment two lines before", { "a.js": `// leakreach:allow\n\n${leak(1)}` }, ["a.js:1"]],
  ["one of two comments", { "a.env": `# leakreach:allow\nx=1\n${line(1, "# leakreach:allow")}` }, ["a.env:1"]],
  ["documentation", { "a.md": "Write `# leakreach:allow` beside it, or # leakreach:allow\n" }, []],
  ["a comment in a string of a program", { "a.ts": "say(\"x # leakreach:allow\", 'a \\' # leakreach:allow');\n" }, []],
  ["a comment behind a string", { "a.ts": 'say("it\'s \\" here"); // leakreach:allow\n' }, ["a.ts:1"]],
  ["the word in a program's text", { "a.js": 'say("leakreach:allow");\n' }, []],
  [
    "a comment behind megabytes of text",
    { "a.log": `${"a line\n".repeat(900_000)}# leakreach:allow\n${"a line\n".repeat(10)}` },
    ["a.log:900001"],
  ],
];

for (const [name, files, unused] of cases) {
  test(`${name} gives ${unused.length ? "a notice with its place" : "no notice"}`, async () => {
    const { notices } = (await reportOf({ paths: [folder(files)] })).stats;
    const places = notices.flatMap((notice) => /^unused: the comment at (\S+) allows nothing/.exec(notice)?.[1] ?? []);
    assert.deepEqual(places, unused, notices.join("\n"));
  });
}

test("of many unused comments some are named and the rest counted", async () => {
  const { notices } = (await reportOf({ paths: [folder({ "a.env": "# leakreach:allow\n".repeat(50) })] })).stats;
  assert.equal(notices.length, 21);
  assert.equal(notices.at(-1), "unused: 30 more comments allow nothing");
});
