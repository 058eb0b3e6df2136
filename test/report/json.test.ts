import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import { endLines, findingLine, gapLine, matchLine, render, toDecodeJson, toJson } from "../../src/report/index.ts";
import { fiveFindings, makeFinding, makeMatch, makeOptions, makeReach, makeReport } from "./make-report.ts";

/** What a published schema says against a value; nothing when it fits. */
function checker(name: string): (value: unknown) => string {
  // `date-time` is checked by ajv-formats only, which we do not need for one field.
  const ajv = new Ajv2020({ formats: { "date-time": true } });
  const validate = ajv.compile(JSON.parse(readFileSync(`docs/${name}.schema.json`, "utf8")));
  return (value) => (validate(value) ? "" : JSON.stringify(validate.errors));
}

const gaps = [{ what: "a.zip", why: "broken: central directory missing" }];
const allowed = makeFinding("acme-token", 5, {
  suppression: { by: "gitleaks comment", reason: "a test", until: "2027-01-01" },
  baseline: "unchanged",
  reach: makeReach(5, { references: [{ id: "CWE-798", title: "Hard-coded", url: "https://cwe.mitre.org/798" }] }),
});

test("a report fits its published schema, with and without secrets", () => {
  const errors = checker("report");
  const report = makeReport([...fiveFindings(), allowed], { gaps, complete: false });
  for (const showSecrets of [false, true]) {
    assert.equal(errors(JSON.parse(toJson(report, makeOptions({ showSecrets })))), "");
  }
  assert.equal(errors(JSON.parse(toJson(makeReport([]), makeOptions()))), "");
});

test("the schema refuses what it does not name", () => {
  const errors = checker("report");
  const report = JSON.parse(toJson(makeReport(fiveFindings()), makeOptions()));
  report.findings[0].password = "x";
  assert.match(errors(report), /additional properties/);
});

test("a decoded token fits its published schema and starts with rule, level and score", () => {
  const errors = checker("decode");
  for (const finding of fiveFindings()) {
    const json = JSON.parse(toDecodeJson(finding));
    assert.equal(errors(json), "");
    assert.deepEqual(Object.keys(json).slice(0, 3), ["rule", "level", "score"]);
    assert.ok(!("secret" in json));
  }
});

test("the contract's keys are there, in a stable order", () => {
  const json = JSON.parse(toJson(makeReport(fiveFindings(), { gaps }), makeOptions()));
  assert.deepEqual(Object.keys(json), ["schema", "tool", "findings", "gaps", "stats"]);
  const [finding] = json.findings;
  for (const key of ["rule", "fingerprint", "level", "score", "facts", "factors", "reasons", "remedies", "exposures"]) {
    assert.ok(key in finding, key);
  }
  assert.deepEqual(finding.exposures[0], {
    path: "deploy/production.env",
    line: 3,
    column: 9,
    endLine: 3,
    endColumn: 50,
    encodings: [],
    assignedTo: "GITHUB_TOKEN",
  });
  assert.deepEqual(finding.exposures[2].inner, ["home/ci/.netrc"]);
});

test("findings come with the highest score first, then by fingerprint, whatever their order was", () => {
  const findings = ["b", "a", "c"].map((fingerprint) => makeFinding("acme-token", 5, { fingerprint }));
  const order = (list: typeof findings) =>
    JSON.parse(toJson(makeReport(list), makeOptions())).findings.map(
      (each: { fingerprint: string }) => each.fingerprint,
    );
  assert.deepEqual(order(findings), ["a", "b", "c"]);
  assert.deepEqual(order([...findings, makeFinding("acme-token", 9, { fingerprint: "z" })].reverse()), [
    "z",
    "a",
    "b",
    "c",
  ]);
});

test("the same place is listed once", () => {
  const finding = makeFinding("acme-token", 5, { paths: ["b"] });
  const twice = { ...finding, exposures: [finding.exposures[0], finding.exposures[0]] as const };
  assert.equal(JSON.parse(toJson(makeReport([twice]), makeOptions())).findings[0].exposures.length, 1);
});

test("a report lists what is at or above the level asked for", () => {
  const report = makeReport([
    makeFinding("acme-token", 0),
    makeFinding("acme-token", 3),
    makeFinding("acme-token", 9.5),
  ]);
  const count = (minLevel: "none" | "low" | "critical") =>
    JSON.parse(toJson(report, makeOptions({ minLevel }))).findings.length;
  assert.deepEqual([count("none"), count("low"), count("critical")], [3, 2, 1]);
});

test("a secret is printed with --show-secrets and never otherwise, in any format", () => {
  const findings = fiveFindings();
  const report = makeReport(findings);
  for (const format of ["text", "json", "jsonl", "sarif"] as const) {
    const hidden = render(format, report, makeOptions({ explain: true }));
    for (const { secret } of findings) assertHidden(hidden, secret.reveal(), format);
  }
  for (const format of ["text", "json", "jsonl"] as const) {
    const open = render(format, report, makeOptions({ showSecrets: true }));
    for (const { secret } of findings) assert.ok(open.replace(/\n\s*/g, "").includes(secret.reveal()), format);
  }
});

function assertHidden(output: string, secret: string, format: string): void {
  const body = secret.replace(/^(?:[a-z]+[_-]|AKIA)/, "");
  for (let at = 0; at + 8 <= body.length; at++) {
    assert.ok(!output.includes(body.slice(at, at + 8)), `${format} shows a piece of a secret`);
  }
}

test("hostile names leave JSON as escapes", () => {
  const path = "a\x1b[2J\u202e\x9b\u2028";
  const json = toJson(makeReport([makeFinding("acme-token", 5, { paths: [path] })]), makeOptions());
  assert.doesNotMatch(json.replaceAll("\n", ""), /[\x00-\x1f\x7f-\x9f\u2028\u202e]/);
  assert.equal(JSON.parse(json).findings[0].exposures[0].path, path);
});

test("lines of JSON: every event is one object on one line", () => {
  const report = makeReport(fiveFindings(), { gaps });
  const lines = render("jsonl", report, makeOptions())
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  assert.deepEqual(
    lines.map((line) => line.type),
    ["gap", ...Array(5).fill("finding"), "stats"],
  );
  assert.equal(
    [gapLine(gaps[0]!), ...endLines(report, makeOptions())].join(""),
    render("jsonl", report, makeOptions()),
  );
  assert.equal(lines.at(-1).complete, true);
  const match = makeMatch("acme-token", "a\nb", { demoted: "documented sample" });
  const one = matchLine(match, makeOptions());
  assert.equal(one.split("\n").length, 2);
  const { type, rule, demoted, secret } = JSON.parse(one);
  assert.deepEqual([type, rule, demoted, secret], ["match", "acme-token", "documented sample", undefined]);
  assert.equal(JSON.parse(matchLine(match, makeOptions({ showSecrets: true }))).secret, match.secret.reveal());
  assert.equal(JSON.parse(gapLine(gaps[0]!)).what, "a.zip");
  assert.equal(JSON.parse(findingLine(fiveFindings()[0]!, makeOptions())).rule, "github-pat");
});
