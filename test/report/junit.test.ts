import assert from "node:assert/strict";
import { test } from "node:test";
import { render } from "../../src/report/index.ts";
import { fiveFindings, makeFinding, makeOptions, makeReport } from "./make-report.ts";

const junit = (report = makeReport(fiveFindings())) => render("junit", report, makeOptions());

/** The tags of a well-formed text, in order; fails if they do not fit into each other. */
function tags(xml: string): string[] {
  const open: string[] = [];
  const names: string[] = [];
  const rest = xml.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, "");
  for (const [, end, name, , empty] of rest.matchAll(/<(\/?)([a-z]+)((?: [a-z]+="[^"<]*")*)(\/?)>/g)) {
    if (end) assert.equal(open.pop(), name);
    else names.push(name!);
    if (!end && !empty) open.push(name!);
  }
  assert.deepEqual(open, []);
  assert.doesNotMatch(rest.replace(/<\/?[a-z]+(?: [a-z]+="[^"<]*")*\/?>/g, ""), /[<>]|&(?!(?:amp|lt|gt|quot|apos);)/);
  return names;
}

const count = (names: readonly string[], name: string): number => names.filter((each) => each === name).length;

test("a failure for each finding, an error for each gap", () => {
  const findings = [makeFinding("acme-token", 8), makeFinding("acme-key", 3, { suppression: { by: "settings" } })];
  const report = makeReport(findings, { complete: false, gaps: [{ what: "a.zip", why: "broken" }] });
  const names = tags(junit(report));
  assert.deepEqual([count(names, "testcase"), count(names, "failure"), count(names, "error")], [2, 1, 1]);
  assert.match(junit(report), /<testsuite name="leakreach" tests="2" failures="1" errors="1"/);
});

test("nothing found is one test that passed; stopped early is none", () => {
  assert.match(junit(makeReport([])), /tests="1" failures="0" errors="0"/);
  assert.match(junit(makeReport([], { complete: false })), /tests="1" failures="0" errors="1"/);
});

test("names of files and claims stay text, and no secret is in it", () => {
  const hostile = 'a"/><failure/>&#x0;]]>\u0001\ufffe\ud800\u2028.env';
  const finding = makeFinding("acme-token", 8, { paths: [hostile] });
  const xml = junit(makeReport([finding]));
  assert.equal(count(tags(xml), "failure"), 1);
  assert.doesNotMatch(xml, /[\0-\x08\x0b-\x1f\ufffe\uffff]|\p{Surrogate}/u);
  assert.ok(!xml.includes(finding.secret.reveal()));
});
