import assert from "node:assert/strict";
import { test } from "node:test";
import type { Log, Result, Run } from "sarif";
import { Secret } from "../../src/model/index.ts";
import { render, toSarif } from "../../src/report/index.ts";
import { uriOf } from "../../src/report/sarif-place.ts";
import {
  body,
  fiveFindings,
  makeFinding,
  makeMatch,
  makeOptions,
  makeReach,
  makeReport,
  makeRule,
} from "./make-report.ts";
import { noSchema, sarifErrors } from "./sarif-schema.ts";

function runOf(log: Log): Run {
  assert.equal(log.runs.length, 1);
  return log.runs[0]!;
}

function resultsOf(...findings: Parameters<typeof makeReport>[0]): Result[] {
  return runOf(toSarif(makeReport(findings), makeOptions({ minLevel: "none" }))).results!;
}

const gaps = [{ what: "a\x1b[31m.zip", why: "broken: [click](http://x)" }];

test("fits the published schema", { skip: noSchema }, () => {
  const suppressed = makeFinding("acme-token", 5, {
    suppression: { by: "leakreach comment", reason: "a sample" },
    baseline: "new",
  });
  const reports = [
    makeReport([]),
    makeReport([...fiveFindings(), suppressed, makeFinding("unknown-rule", 0)], { gaps, complete: false }),
  ];
  for (const report of reports) {
    assert.equal(sarifErrors(JSON.parse(render("sarif", report, makeOptions({ minLevel: "none" })))), "");
  }
});

test("each place is a result, tied by our fingerprint, with the others as linked related locations", () => {
  const results = resultsOf(
    makeFinding("acme-token", 9.5, { fingerprint: "lr1:f", paths: ["a.ts", "b.ts", "c [1].ts"] }),
  );
  assert.deepEqual(
    results.map((result) => result.locations![0]!.physicalLocation!.artifactLocation!.uri),
    ["a.ts", "b.ts", "c%20%5B1%5D.ts"],
  );
  for (const result of results) {
    assert.deepEqual(result.partialFingerprints, {
      "leakreachFingerprint/v1": "lr1:f",
      primaryLocationLineHash: "a7f2ff13bc495cf2:1",
    });
    assert.deepEqual(
      result.relatedLocations!.map(({ id }) => id),
      [1, 2],
    );
    assert.ok(result.relatedLocations!.every(({ message }) => message!.text));
  }
  assert.match(results[0]!.message.text!, /The same secret stands in \[b\.ts:4\]\(1\), \[c \\\[1\\\]\.ts:5\]\(2\)\.$/);
});

test("the same place is one result and no related location", () => {
  const finding = makeFinding("acme-token", 5);
  const results = resultsOf({ ...finding, exposures: [finding.exposures[0], { ...finding.exposures[0] }] });
  assert.equal(results.length, 1);
  assert.equal(results[0]!.relatedLocations, undefined);
});

test("a place without a line hash leaves the hash to the upload action", () => {
  const { lineHash: _, ...match } = makeMatch("acme-token", "a");
  const [result] = resultsOf(makeFinding("acme-token", 5, { exposures: [match] }));
  assert.deepEqual(Object.keys(result!.partialFingerprints!), ["leakreachFingerprint/v1"]);
});

test("columns are UTF-16 units and the end is exclusive", () => {
  const run = runOf(toSarif(makeReport([makeFinding("acme-token", 5)]), makeOptions()));
  assert.equal(run.columnKind, "utf16CodeUnits");
  assert.deepEqual(run.results![0]!.locations![0]!.physicalLocation!.region, {
    startLine: 3,
    startColumn: 9,
    endLine: 3,
    endColumn: 50,
  });
});

const uris: [path: string, uri: string][] = [
  ["src/a b.ts", "src/a%20b.ts"],
  ["a#b%20c?d.ts", "a%23b%2520c%3Fd.ts"],
  ["docs/größe/漢.md", "docs/gr%C3%B6%C3%9Fe/%E6%BC%A2.md"],
  ["a\\b\x1b\n\u202e", "a%5Cb%1B%0A%E2%80%AE"],
  ["C:evil/x", "C%3Aevil/x"],
  ["http://x/y", "http%3A//x/y"],
  ["node_modules/@scope/x", "node_modules/@scope/x"],
  ["./a/../b", "a/../b"],
  ["/tmp/x y", "file:///tmp/x%20y"],
  ["lone\ud800", "lone%EF%BF%BD"],
];

for (const [path, uri] of uris) {
  test(`percent-encodes the path ${JSON.stringify(path)}`, () => {
    assert.equal(uriOf(path), uri);
    assert.doesNotThrow(() => decodeURIComponent(uri));
  });
}

const levels: [score: number, level: string, severity: string, sarif: string][] = [
  [10, "critical", "9.5", "error"],
  [8, "high", "8.0", "error"],
  [5, "medium", "5.5", "warning"],
  [1, "low", "2.0", "note"],
  [0, "none", "0.1", "note"],
];

for (const [score, level, severity, sarif] of levels) {
  test(`a finding of level ${level} has a rule, a severity and a level that GitHub reads`, () => {
    const run = runOf(toSarif(makeReport([makeFinding("acme-token", score)]), makeOptions({ minLevel: "none" })));
    const [rule] = run.tool.driver.rules!;
    const [result] = run.results!;
    assert.equal(rule!.id, `acme-token/${level}`);
    assert.equal(rule!.properties!["security-severity"], severity);
    assert.equal(rule!.defaultConfiguration!.level, sarif);
    assert.deepEqual(
      [result!.ruleId, result!.ruleIndex, result!.level, result!.rank],
      [rule!.id, 0, sarif, score * 10],
    );
  });
}

test("a rule says what to do, and is described within GitHub's limits", () => {
  const [rule] = runOf(toSarif(makeReport([fiveFindings()[0]!]), makeOptions())).tool.driver.rules!;
  assert.ok(rule!.name!.length <= 255);
  assert.ok(rule!.shortDescription!.text.length <= 1024 && rule!.fullDescription!.text.length <= 1024);
  assert.match(rule!.help!.text, /Revoke it\. Delete it under Settings .*Command: curl -X POST/);
  assert.match(rule!.help!.markdown!, /<https:\/\/github\.com\/settings\/tokens>\n {3}`curl -X POST/);
  assert.equal(rule!.helpUri, "https://docs.github.com/en/authentication");
  const { tags, precision } = rule!.properties!;
  assert.ok(tags!.includes("security") && tags!.length <= 10);
  assert.equal(precision, "very-high");
});

test("the rule id follows the stable level, the level of the result today's", () => {
  const reach = makeReach(3, { stableLevel: "critical" });
  const run = runOf(toSarif(makeReport([makeFinding("acme-token", 3, { reach })]), makeOptions()));
  assert.equal(run.tool.driver.rules![0]!.id, "acme-token/critical");
  assert.equal(run.results![0]!.level, "note");
  assert.equal(run.results![0]!.properties!.blastRadius.level, "low");
});

test("a rule is as precise as its least certain finding", () => {
  const of = (value: string) => makeReach(5, { factors: [{ name: "certainty", value, weight: 1, reason: "" }] });
  const findings = ["verified", "generic", "prefix"].map((value) => makeFinding("acme-token", 5, { reach: of(value) }));
  assert.equal(
    runOf(toSarif(makeReport(findings), makeOptions())).tool.driver.rules![0]!.properties!.precision,
    "medium",
  );
});

test("the message says what it is, how far it reaches and what to do", () => {
  const results = runOf(toSarif(makeReport(fiveFindings()), makeOptions())).results!;
  const text = results.find(({ ruleId }) => ruleId === "github-pat/critical")!.message.text!;
  assert.match(text, /^GitHub personal access token \(classic\) ghp_…: blast radius critical, 10\.0 of 10\./);
  assert.match(text, /Why: can read or create other credentials .*; never expires; /);
  assert.match(text, /What to do: Revoke it.*\(https:\/\/github\.com\/settings\/tokens\)/);
});

test("properties carry the blast radius with its confidence", () => {
  const [result] = resultsOf(makeFinding("acme-token", 9.5));
  const { score, level, impact, factors, reasons, breaches, confidence } = result!.properties!.blastRadius;
  assert.deepEqual(
    [score, level, impact, factors.length, reasons.length, breaches, confidence],
    [9.5, "critical", 9.5, 4, 3, ["BR-LEAK"], "checksum"],
  );
});

test("the place of a secret in an archive is the archive, and the path inside is told", () => {
  const match = makeMatch("acme-token", "backup.tar.gz", { inner: ["lib/x.jar", "app [x](y).properties"], line: 7 });
  const [result] = resultsOf(makeFinding("acme-token", 5, { exposures: [match] }));
  const [location] = result!.locations!;
  assert.equal(location!.physicalLocation!.artifactLocation!.uri, "backup.tar.gz");
  assert.deepEqual(location!.physicalLocation!.region, { startLine: 1 });
  assert.equal(location!.logicalLocations![0]!.fullyQualifiedName, "lib/x.jar!/app [x](y).properties");
  assert.match(result!.message.text!, /inside the archive, in lib\/x\.jar!\/app \[x\] \(y\)\.properties, line 7\./);
});

test("standard input has the name it was given", () => {
  const of = (path: string) => {
    const match = makeMatch("acme-token", "", { provenance: { kind: "stdin", path } });
    return resultsOf(makeFinding("acme-token", 5, { exposures: [match] }))[0]!.locations![0]!.physicalLocation!
      .artifactLocation!.uri;
  };
  assert.deepEqual([of("build log.txt"), of("")], ["build%20log.txt", "stdin"]);
});

test("suppressions say by whom, why and where; the baseline gives a state", () => {
  const suppression = { by: "gitleaks comment", reason: "rotated", until: "2027-01-01" };
  const [inside] = resultsOf(
    makeFinding("acme-token", 5, {
      suppression,
      exposures: [makeMatch("acme-token", "a", { allow: { by: "gitleaks" } })],
    }),
  );
  assert.deepEqual(inside!.suppressions, [
    { kind: "inSource", status: "accepted", justification: "Allowed by gitleaks comment; rotated; until 2027-01-01" },
  ]);
  const [outside] = resultsOf(
    makeFinding("acme-token", 5, { suppression: { by: ".leakreach.yml" }, baseline: "unchanged" }),
  );
  assert.equal(outside!.suppressions![0]!.kind, "external");
  assert.equal(outside!.baselineState, "unchanged");
  const log = toSarif(
    makeReport([makeFinding("acme-token", 5, { suppression })]),
    makeOptions({ leaveOutSuppressed: true }),
  );
  assert.deepEqual(runOf(log).results, []);
});

test("gaps are notifications, and an incomplete scan is no successful one", () => {
  const [invocation] = runOf(toSarif(makeReport([], { gaps, complete: false }), makeOptions())).invocations!;
  assert.equal(invocation!.executionSuccessful, false);
  assert.deepEqual(
    invocation!.toolExecutionNotifications!.map(({ message }) => message.text),
    ["a\\x1b[31m.zip: broken: [click] (http://x)."],
  );
  assert.equal(runOf(toSarif(makeReport([]), makeOptions())).invocations![0]!.executionSuccessful, true);
});

test("one category, one version, no snippet, no personal data", () => {
  const log = toSarif(makeReport(fiveFindings()), makeOptions());
  const { tool, automationDetails } = runOf(log);
  assert.deepEqual(
    [automationDetails!.id, tool.driver.version, tool.driver.semanticVersion],
    ["leakreach/", "0.1.0", "0.1.0"],
  );
  assert.doesNotMatch(JSON.stringify(log), /"snippet"|"contextRegion"|"\/work\/shop/);
});

test("the worst come first", () => {
  const scores = resultsOf(
    makeFinding("acme-token", 2),
    makeFinding("acme-token", 9.5),
    makeFinding("acme-token", 5),
  ).map(({ rank }) => rank);
  assert.deepEqual(scores, [95, 50, 20]);
});

test("no secret is in it, even when secrets are asked for", () => {
  const secret = new Secret(body(40));
  const log = render(
    "sarif",
    makeReport([makeFinding("acme-token", 5, { secret })]),
    makeOptions({ showSecrets: true }),
  );
  for (let at = 0; at + 8 <= 40; at++) assert.ok(!log.includes(secret.reveal().slice(at, at + 8)));
});

test("a rule's text cannot break out of its Markdown", () => {
  const rule = makeRule("evil", {
    impact: "<img src=x> [a](http://b)\n# c",
    revoke: { how: "`x`", url: "javascript:alert(1)", command: "a`b``c" },
  });
  const options = makeOptions({ rules: new Map([["evil", rule]]) });
  const text = runOf(toSarif(makeReport([makeFinding("evil", 5)]), options)).tool.driver.rules![0]!.help!.markdown!;
  assert.doesNotMatch(text, /<img|[^\\]\]\(|\n# c|<javascript/);
  assert.match(text, /``` a`b``c ```/);
});
