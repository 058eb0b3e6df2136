import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import type { Log } from "sarif";
import type { Finding } from "../../src/model/index.ts";
import { render, toSarif } from "../../src/report/index.ts";
import { shares } from "../../src/report/sarif-limits.ts";
import { body, makeFinding, makeMatch, makeOptions, makeReach, makeReport } from "./make-report.ts";
import { noSchema, sarifErrors } from "./sarif-schema.ts";

function logOf(findings: readonly Finding[]): Log {
  const log = JSON.parse(render("sarif", makeReport(findings), makeOptions({ minLevel: "none" }))) as Log;
  assertWithinLimits(log);
  if (!noSchema) assert.equal(sarifErrors(log), "");
  return log;
}

/** GitHub's limits, which the multitool does not check (docs.github.com, "SARIF results exceed one or more limits"). */
function assertWithinLimits(log: Log): void {
  assert.ok(gzipSync(JSON.stringify(log)).length <= 10_000_000);
  assert.equal(log.runs.length, 1);
  const [run] = log.runs;
  assert.ok(run!.results!.length <= 25_000);
  assert.ok(run!.tool.driver.rules!.length <= 25_000);
  for (const rule of run!.tool.driver.rules!) {
    assert.ok(rule.properties!.tags!.length <= 10);
    assert.ok(rule.name!.length <= 255);
    assert.ok(rule.shortDescription!.text.length <= 1024 && rule.fullDescription!.text.length <= 1024);
    assert.ok(Number(rule.properties!["security-severity"]) > 0);
  }
  for (const result of run!.results!) {
    assert.equal(result.locations!.length, 1);
    assert.ok((result.relatedLocations ?? []).length < 100);
    assert.ok(result.locations![0]!.physicalLocation!.artifactLocation!.uri);
    assert.ok(result.locations![0]!.physicalLocation!.region!.startLine! >= 1);
  }
}

function notes(log: Log): string {
  return log.runs[0]!.invocations![0]!.toolExecutionNotifications!.map(({ message }) => message.text).join("\n");
}

test("of 26,000 findings the 25,000 worst stay, and it is said", () => {
  const findings = Array.from({ length: 26_000 }, (_, at) =>
    makeFinding("acme-token", at < 1000 ? 1 : 9.5, { paths: [`f${at}`] }),
  );
  const started = performance.now();
  const log = logOf(findings);
  assert.ok(performance.now() - started < 20_000);
  assert.equal(log.runs[0]!.results!.length, 25_000);
  assert.ok(log.runs[0]!.results!.every(({ rank }) => rank === 95));
  assert.match(notes(log), /1,000 of 26,000 results are left out, the least severe/);
  assert.match(notes(log), /GitHub shows the 5,000 most severe of these 25,000 results/);
});

test("a secret in 30,000 places hides no other secret", () => {
  const paths = Array.from({ length: 30_000 }, (_, at) => `copies/${at}.env`);
  const log = logOf([makeFinding("acme-token", 10, { paths }), makeFinding("acme-key", 1)]);
  const results = log.runs[0]!.results!;
  assert.equal(results.length, 25_000);
  assert.equal(results.filter(({ ruleId }) => ruleId === "acme-key/low").length, 1);
});

test("a secret in more than 1,000 places has a result for each, with at most 99 related locations", () => {
  const paths = Array.from({ length: 1500 }, (_, at) => `copies/${at}.env`);
  const log = logOf([makeFinding("acme-token", 10, { paths })]);
  const results = log.runs[0]!.results!;
  assert.equal(results.length, 1500);
  assert.ok(results[0]!.relatedLocations!.length > 10);
  assert.match(results[0]!.message.text!, /, 1489 more places\.$/);
  assert.match(notes(log), /link to only part of the other places/);
});

test("what does not fit into 10 MB of gzip is cut, the least severe first", () => {
  // Random reasons do not compress: 12,000 results of 1.6 KB are about 15 MB of gzip.
  const reasons = () => [body(390), body(390), body(390)];
  const findings = Array.from({ length: 12_000 }, (_, at) => {
    const score = at % 2 === 0 ? 9.5 : 2;
    return makeFinding("acme-token", score, { paths: [`f${at}`], reach: makeReach(score, { reasons: reasons() }) });
  });
  const log = logOf(findings);
  const results = log.runs[0]!.results!;
  assert.ok(results.length > 3000 && results.length < 12_000, String(results.length));
  assert.ok(results.slice(0, Math.min(6000, results.length)).every(({ rank }) => rank === 95));
  assert.match(notes(log), /results are left out, the least severe/);
});

test("endless text in a finding is cut", () => {
  const long = "x".repeat(100_000);
  const finding = makeFinding("acme-token", 5, {
    exposures: [makeMatch("acme-token", "a", { inner: [long] }), makeMatch("acme-token", "b", { inner: [long] })],
    reach: makeReach(5, { reasons: [long], remedies: [{ action: long }] }),
  });
  const log = logOf([finding]);
  assert.ok(log.runs[0]!.results![0]!.message.text!.length < 10_000);
});

test("ten thousand gaps become a thousand notifications and a count", () => {
  const gaps = Array.from({ length: 10_000 }, (_, at) => ({ what: `f${at}`, why: "unreadable" }));
  const log = toSarif(makeReport([], { gaps, complete: false }), makeOptions());
  assert.ok(log.runs[0]!.invocations![0]!.toolExecutionNotifications!.length <= 1000);
  assert.match(notes(log), /90\d\d more gaps are left out/);
});

test("hostile names make a valid log", { skip: noSchema }, () => {
  const names = [
    "a b#c%d?e",
    "\x1b[31m\n\r\0",
    "\u202e漢😀",
    "..",
    "[x](http://y)",
    "\\\\host\\x",
    "a:b",
    "\ud800",
    "-".repeat(4000),
  ];
  const log = logOf([makeFinding("acme-token", 5, { paths: names })]);
  for (const result of log.runs[0]!.results!) {
    const { uri } = result.locations![0]!.physicalLocation!.artifactLocation!;
    assert.match(uri!, /^[\w.~!'()*@%/-]+$/);
  }
});

const cases: [name: string, places: number[], most: number, expected: number[]][] = [
  ["all fit", [2, 1, 3], 10, [2, 1, 3]],
  ["one of each first, then the worst's others", [3, 1, 3], 5, [3, 1, 1]],
  ["not even one of each", [3, 3, 3], 2, [1, 1, 0]],
  ["nothing", [], 5, []],
];

for (const [name, places, most, expected] of cases) {
  test(`places shared out: ${name}`, () => assert.deepEqual(shares(places, most), expected));
}
