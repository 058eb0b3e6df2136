import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ScanError } from "../../../src/model/index.ts";
import { readReport } from "../../../src/report/input/read-report.ts";
import { boundary, historyOf, jsonFindingOf, jsonReportOf, placeOf, repositoryOf } from "../make-json.ts";
import { body } from "../make-report.ts";

const whole = jsonReportOf([
  jsonFindingOf(9, {
    boundaries: [boundary("shop", { owner: "o", sensitivity: "internal" })],
    history: historyOf("2024-03-01", "2025-01-01", false),
    suppression: { by: "x", reason: "y", until: "2027-01-01" },
    exposures: [
      placeOf("a", {
        inner: ["b"],
        commit: "c",
        object: "d",
        log: { system: "github", exact: true, time: "2026-01-01T00:00:00Z" },
      }),
    ],
  }),
]);

test("a report is read as it was written, and called by its file", () => {
  const read = readReport(JSON.stringify(whole), "shop");
  assert.deepEqual(read.report, JSON.parse(JSON.stringify(whole)));
  assert.deepEqual(read.repository, { id: "shop", name: "shop" });
  assert.equal(read.finishedAt, whole.stats.now);
});

test("a repository of a store is read with its name, and what a later version adds is left out", () => {
  const stored = {
    version: 7,
    ...repositoryOf("acme/shop", [jsonFindingOf(3)], { url: "https://github.com/acme/shop", visibility: "public" }),
  };
  const read = readReport(JSON.stringify(stored), "x");
  assert.deepEqual(Object.keys(read), ["repository", "finishedAt", "report"]);
  assert.deepEqual(read.repository, stored.repository);
});

test("a secret that --show-secrets put into a report is not kept", () => {
  const secret = body(40);
  const report = { ...whole, findings: [{ ...whole.findings[0]!, secret }] };
  assert.ok(!JSON.stringify(readReport(JSON.stringify(report), "x")).includes(secret));
});

const replaced = (path: string, value: unknown): string => {
  const copy = structuredClone(whole) as unknown as Record<string, unknown>;
  const names = path.split(path.includes("\0") ? "\0" : ".");
  const last = names.pop()!;
  const target = names.reduce<Record<string, unknown>>((at, name) => at[name] as Record<string, unknown>, copy);
  target[last] = value;
  return JSON.stringify(copy);
};

const refused: readonly [what: string, json: string, message: RegExp][] = [
  ["text", "hello", /^report x: is not JSON: write it with leakreach/],
  ["JSON lines", '{"type":"match"}\n{"type":"stats"}', /is one of JSON lines.*--format json/],
  ["SARIF", '{"version":"2.1.0","runs":[]}', /it is SARIF/],
  ["a baseline", '{"fingerprints":[]}', /it is a baseline/],
  ["nothing", "null", /it is no object/],
  ["a list", "[]", /it is no object/],
  ["another schema", replaced("schema", "https://x.example/"), /schema is none of/],
  [
    "a fingerprint that is code",
    replaced("findings.0.fingerprint", '"><script>'),
    /findings\[0\]\.fingerprint is no fingerprint/,
  ],
  ["a level nobody knows", replaced("findings.0.level", "grave"), /findings\[0\]\.level is none of none, low/],
  ["a score that is a text", replaced("findings.0.score", "9"), /findings\[0\]\.score is no number/],
  ["a finding without a place", replaced("findings.0.exposures", []), /findings\[0\]\.exposures is empty/],
  ["reasons that are an object", replaced("findings.0.reasons", { length: 3 }), /findings\[0\]\.reasons is no list/],
  ["a clock that is none", replaced("stats.now", "yesterday"), /stats\.now is no time/],
];
for (const [what, json, message] of refused)
  test(`${what} is refused, with what to do`, () => {
    assert.throws(
      () => readReport(json, "x"),
      (error) => error instanceof ScanError && error.code === "report-invalid" && message.test(error.message),
    );
  });

test("names of Object's own are names like others", () => {
  const json = replaced("stats.skipped", JSON.parse('{"__proto__": 3, "constructor": 4}'));
  const { skipped } = readReport(json, "x").report.stats;
  assert.deepEqual(Object.entries(skipped), [
    ["__proto__", 3],
    ["constructor", 4],
  ]);
});

test("a text of megabytes is cut", () => {
  const { report } = readReport(replaced("findings.0.rule", "r".repeat(3_000_000)), "x");
  assert.ok(report.findings[0]!.rule.length < 20_000);
});

test("whatever stands anywhere in a report, it is read or refused", () => {
  const paths = pathsOf(whole).filter((path) => path !== "");
  fc.assert(
    fc.property(fc.constantFrom(...paths), fc.jsonValue(), (path, value) => {
      try {
        readReport(replaced(path, value), "x");
      } catch (error) {
        if (!(error instanceof ScanError)) throw error;
      }
    }),
    { numRuns: 500 },
  );
});

function pathsOf(value: unknown, at = ""): string[] {
  if (typeof value !== "object" || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([name, each]) => pathsOf(each, at === "" ? name : `${at}\0${name}`))];
}
