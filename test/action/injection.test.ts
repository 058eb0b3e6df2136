import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { leak, token } from "../scan/running.ts";
import { checkout, commit, type Ended, pullRequest, server, started, step } from "./runner.ts";

/** Names of files that try to be something else. */
const HOSTILE = [
  "::set-output name=worst::none",
  "::add-mask::leakreach",
  "##[add-mask]leakreach",
  "a\n::stop-commands::x\n.env",
  "a\r\n::error::x",
  "</code></td></tr></table><script>alert(1)</script>",
  "[click](https://attacker.example) | `x` | <b>y</b>",
  "![x](https://attacker.example/x.png)",
  "@everyone https://attacker.example www.attacker.example #1",
  "a,line=1,title=b:c.env",
  "\u202eexe.env\u2028x",
  "<!-- x --><details open>",
];

const COMMAND = /^\s*(?:::|##\[)([a-zA-Z-]*)/;

/** The commands that a runner would obey in what a step prints. */
const commandsIn = ({ stdout, stderr }: Ended): string[] =>
  `${stdout}\n${stderr}`.split(/\r\n|\r|\n/).flatMap((line) => COMMAND.exec(line)?.[1] ?? []);

async function requestWith(paths: readonly string[]): Promise<Ended> {
  const origin = started({ "a.txt": "a\n" });
  for (const path of paths) mkdirSync(dirname(join(origin, path)), { recursive: true });
  commit(origin, Object.fromEntries(paths.map((path, at) => [path, leak(at + 1)])));
  const request = pullRequest(origin);
  return step({ event: "pull_request", payload: request.payload, workspace: checkout(server(origin), request.merge) });
}

test("names of files are no workflow commands, no cells, no links and no HTML", async () => {
  const ended = await requestWith(HOSTILE);
  assert.equal(ended.code, 1, ended.stdout + ended.stderr);
  assert.equal(ended.outputs.findings, String(HOSTILE.length));
  assert.deepEqual(Object.keys(ended.outputs).sort(), ["findings", "incomplete", "report-json", "sarif-file", "worst"]);
  assert.equal(ended.outputs.worst, "critical");
  const commands = commandsIn(ended);
  assert.equal(commands.filter((name) => name === "add-mask").length, HOSTILE.length);
  assert.deepEqual([...new Set(commands)].sort(), ["add-mask", "error"]);
  assert.ok(HOSTILE.every((_, at) => ended.stdout.includes(`::add-mask::${token(at + 1)}\n`)));
  const tags = ended.summary.match(/<[^>]*>/g)!;
  assert.deepEqual([...new Set(tags.map((tag) => tag.replace(/[</>]/g, "")))].sort(), [
    "b",
    "br",
    "code",
    "h3",
    "li",
    "p",
    "table",
    "td",
    "th",
    "tr",
    "ul",
  ]);
  assert.equal(ended.summary.match(/<tr>/g)!.length, HOSTILE.length + 1);
  assert.equal(ended.summary.match(/<td>/g)!.length, 4 * HOSTILE.length);
  // What is not in <code> is this project's own text: GitHub links and mentions nothing in code.
  const outside = ended.summary.replace(/<code>[^<]*<\/code>/g, "");
  assert.doesNotMatch(outside, /attacker|everyone|alert|\[click/);
  assert.doesNotMatch(ended.summary, /\n\s*\n[^<]/, "an empty line would end the HTML, and Markdown begin");
});

test("an annotation's properties are those of the file, not of its name", async () => {
  const ended = await requestWith(["a,line=1,title=b:c.env"]);
  assert.match(ended.annotations[0]!, /,file=a%2Cline=1%2Ctitle=b%3Ac\.env,line=1,/);
});

test("at most ten annotations of a level are given, the worst first, and the summary has all", async () => {
  const ended = await requestWith([...Array(14).keys()].map((at) => `f${at}.env`));
  assert.equal(ended.annotations.length, 10);
  assert.equal(ended.summary.match(/<tr><td>/g)!.length, 14);
});

test("without GITHUB_ACTIONS no secret is printed, not even to be masked", async () => {
  const origin = started({ "a.txt": "a\n" });
  commit(origin, { "b.env": leak(1) });
  const { payload, merge } = pullRequest(origin);
  const workspace = checkout(server(origin), merge);
  const ended = await step({ event: "pull_request", payload, workspace, env: { GITHUB_ACTIONS: "false" } });
  assert.equal(ended.code, 1);
  assert.ok(!ended.stdout.includes(token(1)));
});

test("show-summary: false writes none", async () => {
  const origin = started({ "a.txt": "a\n" });
  commit(origin, { "b.env": leak(1) });
  const { payload, merge } = pullRequest(origin);
  const workspace = checkout(server(origin), merge);
  const ended = await step({ event: "pull_request", payload, workspace, inputs: { "show-summary": "false" } });
  assert.equal(ended.summary, "");
});
