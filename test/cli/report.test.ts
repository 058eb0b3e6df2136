import assert from "node:assert/strict";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { folder } from "../config/folder.ts";
import { jsonFindingOf, jsonReportOf, placeOf, repositoryOf } from "../report/make-json.ts";
import { leak, token } from "../scan/running.ts";
import { many, place, sweeping } from "../sweep/sweeping.ts";
import { leakreach } from "./leakreach.ts";

const finding = () => jsonFindingOf(9);

test("reports of scans become one page, in which no secret is", async () => {
  const secret = token(1);
  const root = folder({ "a/config.env": `TOKEN=${secret}\n`, "b/config.env": `TOKEN=${secret}\n` });
  for (const name of ["a", "b"])
    await leakreach(["scan", name, "--quiet", "--show-secrets", "--output", `${name}.json`], { cwd: root });
  assert.ok(
    readFileSync(join(root, "a.json"), "utf8").includes(secret),
    "the report that it is made of has the secret",
  );
  const { code, stderr } = await leakreach(["report", "a.json", "b.json", "--output", "leaks.html"], { cwd: root });
  assert.equal(code, 0, stderr);
  const page = readFileSync(join(root, "leaks.html"), "utf8");
  assert.match(page, /<h1><bdi>Leaks in 2 repositories/);
  assert.match(page, /and 1 more place in 2 repositories/);
  assert.ok(!page.includes(secret));
});

test("scan writes a page itself, and CSV and Markdown", async () => {
  const root = folder({ "config.env": leak(1) });
  const { code, stdout, stderr } = await leakreach(
    ["scan", ".", "--show-secrets", "--format", "html", "--output", "a.csv", "--output", "a.md", "--output", "a.html"],
    { cwd: root },
  );
  assert.equal(code, 1, stderr);
  assert.match(stdout, /^<!doctype html>/);
  assert.equal(readFileSync(join(root, "a.html"), "utf8").slice(0, 15), "<!doctype html>");
  assert.match(readFileSync(join(root, "a.csv"), "utf8"), /^level,score,status,rule/);
  assert.match(readFileSync(join(root, "a.md"), "utf8"), /^\*\*1 leaked secret in 1 repository\*\*/);
  for (const name of ["a.html", "a.csv", "a.md"]) assert.ok(!readFileSync(join(root, name), "utf8").includes(token(1)));
});

test("a store of a sweep is read: a file for each repository, with its names", async () => {
  const names = ["acme/shop", "acme/pay"];
  const stored = names.map((name, at): [string, string] => [
    `store/repositories/${at}.json`,
    JSON.stringify(repositoryOf(name, [finding()])),
  ]);
  const root = folder({ ...Object.fromEntries(stored), "store/run.json": "{}" });
  const { code, stdout } = await leakreach(["report", "store", "--format", "json"], { cwd: root });
  assert.equal(code, 0);
  assert.deepEqual(
    JSON.parse(stdout).repositories.map(({ name }: { name: string }) => name),
    ["acme/pay", "acme/shop"],
  );
});

test("a report comes on standard input, too, and the same file counts once", async () => {
  const root = folder({ "a.json": JSON.stringify(jsonReportOf([finding()])) });
  const input = JSON.stringify(jsonReportOf([finding()]));
  const { stdout } = await leakreach(["report", "-", "a.json", "./a.json", "--format", "csv"], { cwd: root, input });
  assert.equal(stdout.trimEnd().split("\r\n").length, 3);
});

test("SARIF of more repositories than a file takes is several files, and both are named", async () => {
  const stored = Array.from({ length: 21 }, (_, at): [string, string] => [
    `s/repositories/${at}.json`,
    JSON.stringify(repositoryOf(`acme/${at}`, [finding()])),
  ]);
  const root = folder(Object.fromEntries(stored));
  const { code, stderr } = await leakreach(["report", "s", "--output", "leaks.sarif"], { cwd: root });
  assert.equal(code, 0, stderr);
  assert.match(stderr, /leaks-1\.sarif.*leaks-2\.sarif.*21 runs in 2 files: GitHub takes 20 runs/s);
  const runs = [1, 2].map((at) => JSON.parse(readFileSync(join(root, `leaks-${at}.sarif`), "utf8")).runs.length);
  assert.deepEqual(runs, [20, 1]);
  const onOutput = await leakreach(["report", "s", "--format", "sarif"], { cwd: root });
  assert.equal(onOutput.code, 2);
  assert.match(onOutput.stderr, /ask for 2 files of SARIF: write them with --output/);
});

const mistakes: readonly [what: string, args: readonly string[], message: RegExp][] = [
  ["nothing", [], /missing required argument/],
  ["a file that is not there", ["x.json"], /there is no x\.json: give JSON reports/],
  ["a folder that is no store", ["plain"], /plain is no store: it has no folder repositories/],
  ["an empty store", ["empty"], /there is no report in what was given/],
  ["what is no JSON", ["text.json"], /report text: is not JSON: write it with leakreach/],
  ["SARIF", ["a.sarif"], /it is SARIF/],
  [
    "a format it does not write",
    ["good.json", "--output", "x.xml"],
    /report does not write junit; it writes html, sarif/,
  ],
  ["a level nobody knows", ["good.json", "--min-level", "grave"], /Allowed choices/],
];
for (const [what, args, message] of mistakes)
  test(`${what} is refused, with what to do`, async () => {
    const root = folder({
      "good.json": JSON.stringify(jsonReportOf([])),
      "text.json": "hello",
      "a.sarif": '{"runs":[]}',
      "plain/a.json": "{}",
      "empty/repositories/readme.txt": "",
    });
    const { code, stderr, stdout } = await leakreach(["report", ...args], { cwd: root });
    assert.equal(code, 2, stderr);
    assert.match(stderr, message);
    assert.equal(stdout, "");
  });

test("a page of low findings only leaves out what --min-level says", async () => {
  const root = folder({
    "a.json": JSON.stringify(jsonReportOf([jsonFindingOf(2, { exposures: [placeOf("low.txt")] }), finding()])),
  });
  const { stdout } = await leakreach(["report", "a.json", "--min-level", "high"], { cwd: root });
  assert.match(stdout, /1 finding, the worst first/);
  assert.doesNotMatch(stdout, /low\.txt/);
});

test("a link in a store that leads nowhere is said, not passed over", async () => {
  const root = folder({ "good.json": JSON.stringify(jsonReportOf([])) });
  mkdirSync(join(root, "s/repositories"), { recursive: true });
  symlinkSync("/nowhere/at/all.json", join(root, "s/repositories/a.json"));
  writeFileSync(join(root, "s/repositories/b.json"), JSON.stringify(repositoryOf("acme/b", [])));
  const { code, stderr } = await leakreach(["report", "s"], { cwd: root });
  assert.equal(code, 2);
  assert.match(stderr, /a\.json is gone/);
});

test("of a store the report is what its last sweep was of, and what was decided there is not open", async () => {
  const root = many(4);
  const store = place();
  await sweeping(store, join(root, "team"));
  const before = await leakreach(["report", store, "--format", "csv"], { cwd: root });
  const fingerprint = /lr1:[0-9a-f]{32}/.exec(before.stdout)![0];
  await leakreach(["triage", fingerprint, "--store", store, "--status", "revoked", "--reason", "rotated"], {
    cwd: root,
  });
  await sweeping(store, join(root, "team"), "--exclude", "r003", "--output", join(root, "sweep.json"));
  for (const operand of [store, "sweep.json"]) {
    const { stdout } = await leakreach(["report", operand, "--format", "json"], { cwd: root });
    const { repositories, credentials } = JSON.parse(stdout) as {
      repositories: { name: string }[];
      credentials: { fingerprint: string; status: string }[];
    };
    assert.deepEqual(repositories.map(({ name }) => name).sort(), ["r000", "r001", "r002"]);
    assert.equal(credentials.find((each) => each.fingerprint === fingerprint)?.status, "allowed");
    assert.ok(credentials.some(({ status }) => status === "open"));
  }
});
