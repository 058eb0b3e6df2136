import assert from "node:assert/strict";
import { test } from "node:test";
import { annotations } from "../../src/action/annotations.ts";
import type { AtEnd } from "../../src/action/at-end.ts";
import { summary } from "../../src/action/summary.ts";
import type { Match } from "../../src/model/index.ts";
import { makeFinding, makeOptions, makeReport } from "../report/make-report.ts";

const atEnd: AtEnd = ({ provenance, region }) => ({ path: provenance.path, region });
const how = { what: "what this request adds", failOn: "medium", atEnd, untrusted: [] as Match[] };

/** Many findings, whose names take up to four bytes a character. */
const many = (count: number) =>
  makeReport(
    [...Array(count).keys()].map((at) =>
      makeFinding("acme-token", 1 + (8 * at) / count, { paths: [`${"\u{1f511}".repeat(100)}/${at}.env`] }),
    ),
  );

test("a summary stays below 1 MiB, the worst come first, and it says how many it leaves out", () => {
  const text = summary(many(4000), makeOptions(), how);
  assert.ok(Buffer.byteLength(text) < 950 * 1024);
  const rows = text.match(/<tr><td>/g)!.length;
  assert.match(text, new RegExp(`<b>${(4000 - rows).toLocaleString("en-US")} more findings</b>, none of them worse`));
  const scores = [...text.matchAll(/<td>(?:❌|⚠️) \w+ ([\d.]+)<\/td>/gu)].map(([, score]) => Number(score));
  assert.deepEqual(
    scores,
    [...scores].sort((a, b) => b - a),
  );
  assert.ok(rows > 300 && rows < 4000);
});

test("ten annotations of a level, errors for what fails the step", () => {
  const said = annotations(many(200), makeOptions(), "medium", atEnd).trimEnd().split("\n");
  const count = (level: string) => said.filter((line) => line.startsWith(`::${level} `)).length;
  assert.deepEqual([count("error"), count("warning"), count("notice")], [10, 0, 10]);
  assert.match(said[0]!, /^::error title=HIGH 9\.0/);
});

test("what was not read takes the first place, and a place of its level", () => {
  const report = makeReport(many(20).findings, { complete: false, gaps: [{ what: "x", why: "broken" }] });
  const said = annotations(report, makeOptions(), "low", atEnd).trimEnd().split("\n");
  assert.match(said[0]!, /^::warning title=leakreach%3A not everything was read::x: broken/);
  assert.match(
    summary(report, makeOptions(), how),
    /not everything was read[\s\S]*<code>x<\/code>: <code>broken<\/code>/,
  );
});

test("many gaps are counted, not all written", () => {
  const gaps = [...Array(5000).keys()].map((at) => ({ what: `file ${at}`, why: "x".repeat(1000) }));
  const text = summary(makeReport([], { complete: false, gaps }), makeOptions(), how);
  assert.match(text, /and 4,800 more lines/);
  assert.ok(Buffer.byteLength(text) < 200 * 1024);
});
