import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { Log } from "sarif";
import { csvPieces } from "../../src/report/csv.ts";
import type { JsonFinding } from "../../src/report/json.ts";
import { markdownPieces } from "../../src/report/markdown-table.ts";
import { MOST_GZIP } from "../../src/report/sarif-limits.ts";
import { sarifFiles } from "../../src/report/sarif-sweep.ts";
import { viewsPieces } from "../../src/report/views-json.ts";
import { historyOf, jsonFindingOf, newFingerprint, placeOf, repositoryOf } from "./make-json.ts";
import { body, makeOptions } from "./make-report.ts";
import { noSchema, sarifErrors } from "./sarif-schema.ts";

const options = makeOptions();

const filesOf = (reports: Parameters<typeof sarifFiles>[0]): string[] =>
  [...sarifFiles(reports, options)].map((pieces) => [...pieces].join(""));

function viewsSchema() {
  const ajv = new Ajv2020({ strict: false, formats: { "date-time": true } });
  const [report, views] = ["report", "views"].map((name) =>
    JSON.parse(readFileSync(`docs/${name}.schema.json`, "utf8")),
  );
  ajv.addSchema(report);
  return [ajv.compile(views), views.$id] as const;
}

/** The rows of a CSV text, read by RFC 4180. */
function rowsOf(csv: string): string[][] {
  const rows: string[][] = [];
  const cell = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/gy;
  let row: string[] = [];
  for (const [, text = "", end] of csv.matchAll(cell)) {
    row.push(text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text);
    if (end === ",") continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

test("CSV has a row for each place, with as many cells as its head", () => {
  const finding = jsonFindingOf(9, {
    exposures: [placeOf('a,"b"\nc'), placeOf("log", { log: { system: "github", job: "build" } })],
    owners: ["team; shop"],
    history: historyOf("2024-03-01", undefined, true),
  });
  const [head, ...rows] = rowsOf([...csvPieces([repositoryOf("acme/a", [finding])], options)].join(""));
  assert.equal(rows.length, 2);
  for (const row of rows) assert.equal(row.length, head!.length);
  const first = Object.fromEntries(head!.map((name, at) => [name, rows[0]![at]]));
  assert.equal(first.path, 'a,"b"\\nc', "one line, and quoted");
  assert.equal(first.first_seen, "2024-03-01T00:00:00Z");
  assert.match(rows[1]!.join("|"), /github \/ build/);
});

for (const formula of ["=HYPERLINK(1)", "+1", "-1+2", "@SUM(1)", "\t=1", "  =1", "＝1"])
  test(`a spreadsheet takes no formula from a file called ${JSON.stringify(formula)}`, () => {
    const [, row] = rowsOf(
      [...csvPieces([repositoryOf("a", [jsonFindingOf(5, { exposures: [placeOf(formula)] })])], options)].join(""),
    );
    assert.ok(!row!.some((cell) => /^\s*[=+\-@＝]/.test(cell)), row!.join("|"));
  });

test("Markdown is a table whose cells nobody can leave", () => {
  const hostile = "a|b\n| <img src=x onerror=1> [x](javascript:1) `c` **d**";
  const finding = jsonFindingOf(9, { exposures: [placeOf(hostile)], owners: [hostile] });
  const lines = [...markdownPieces([repositoryOf("acme/a", [finding])], options)].join("").split("\n");
  const row = lines.find((line) => line.startsWith("| critical") || line.startsWith("| high"))!;
  assert.equal(row.split(/(?<!\\)\|/).length, 9, "seven cells");
  assert.doesNotMatch(row, /<img|(?<!\\)\[|(?<!\\)`/);
});

test("Markdown stays within what an issue holds, and says what it leaves out", () => {
  const findings = Array.from({ length: 1000 }, () => jsonFindingOf(9, { exposures: [placeOf("p".repeat(300))] }));
  const text = [...markdownPieces([repositoryOf("acme/a", findings)], options)].join("");
  assert.ok(text.length < 65_536);
  const rows = text.split("\n").filter((line) => line.startsWith("| high")).length;
  assert.match(text, new RegExp(`${1000 - rows} more are left out here`));
});

test("Markdown says that a scan was not complete", () => {
  const { report, ...rest } = repositoryOf("acme/a", []);
  const broken = {
    ...rest,
    report: { ...report, gaps: [{ what: "x", why: "y" }], stats: { ...report.stats, complete: false } },
  };
  assert.match(
    [...markdownPieces([broken], options)].join(""),
    /Not everything was read:\*\* 1 scan incomplete, 1 gap/,
  );
});

test("SARIF made of a report tells GitHub each place by the fingerprint, which moved lines do not change", () => {
  const fingerprint = `lr1:${"0123456789abcdef".repeat(2)}`;
  const places = [placeOf("a.env"), placeOf("a.env", { line: 9, endLine: 9 }), placeOf("b.env")];
  const hashes = (exposures: typeof places) => {
    const finding = {
      ...jsonFindingOf(9, { fingerprint }),
      exposures: exposures as unknown as JsonFinding["exposures"],
    };
    const [text] = filesOf([repositoryOf("a", [finding])]);
    const { results = [] } = (JSON.parse(text!) as Log).runs[0]!;
    return results.map(({ partialFingerprints }) => partialFingerprints?.primaryLocationLineHash);
  };
  const wanted = ["0123456789abcdef:1", "0123456789abcdef:2", "0123456789abcdef:1"];
  assert.deepEqual(hashes(places), wanted);
  assert.deepEqual(hashes(places.map((one) => ({ ...one, line: one.line + 30, endLine: one.endLine + 30 }))), wanted);
});

test("SARIF has a run for each repository, told apart by automationDetails", { skip: noSchema }, () => {
  const history = placeOf("src/a b.ts", { commit: "c0ffee", object: "b10b" });
  const log = placeOf("run.log", { log: { system: "github", job: "build", time: "2026-01-01T00:00:00Z" } });
  const reports = [
    repositoryOf("acme/a", [jsonFindingOf(9, { exposures: [history, log] })], { url: "https://github.com/acme/a" }),
    repositoryOf("acme/b", []),
  ];
  const [text, ...others] = filesOf(reports);
  assert.equal(others.length, 0);
  const sarif = JSON.parse(text!) as Log;
  assert.equal(sarifErrors(sarif), "");
  assert.deepEqual(
    sarif.runs.map((run) => run.automationDetails?.id),
    ["leakreach/github.com/acme/a/", "leakreach/github.com/acme/b/"],
  );
  assert.equal(sarif.runs[0]!.results!.length, 2);
  assert.ok(sarif.runs[0]!.results!.some(({ message }) => /came with commit c0ffee/.test(message.text!)));
});

test("SARIF of 45 repositories takes three files of at most 20 runs", () => {
  const reports = Array.from({ length: 45 }, (_, at) => repositoryOf(`acme/${at}`, [jsonFindingOf(5)]));
  const runs = filesOf(reports).map((text) => (JSON.parse(text) as Log).runs.length);
  assert.deepEqual(runs, [20, 20, 5]);
});

test("SARIF files stay under 10 MB of gzip, and every run is in one", () => {
  const noisy = (name: string) =>
    repositoryOf(
      name,
      Array.from({ length: 4000 }, () =>
        jsonFindingOf(5, { reasons: [body(390), body(390)], exposures: [placeOf(body(300))] }),
      ),
    );
  const reports = ["a", "b", "c", "d"].map(noisy);
  const files = filesOf(reports);
  assert.ok(files.length > 1);
  for (const file of files) assert.ok(gzipSync(file).length < MOST_GZIP);
  assert.equal(files.flatMap((file) => (JSON.parse(file) as Log).runs).length, 4);
});

test("JSON has each secret once with all its places, and identities by fingerprint", () => {
  const fingerprint = newFingerprint();
  const identity = "https://login.acme.example/ svc";
  const reports = ["acme/a", "acme/b"].map((name) => repositoryOf(name, [jsonFindingOf(9, { fingerprint, identity })]));
  const json = JSON.parse([...viewsPieces(reports, options)].join(""));
  const [validate, schema] = viewsSchema();
  const fits = validate(json) as boolean;
  assert.ok(fits, `${schema}: ${JSON.stringify(validate.errors)}`);
  assert.equal(json.credentials.length, 1);
  assert.deepEqual(
    json.credentials[0].exposures.map((place: { repository: string }) => place.repository),
    ["github.com/acme/a", "github.com/acme/b"],
  );
  assert.deepEqual(json.identities[0].credentials, [fingerprint]);
  assert.deepEqual(
    json.repositories.map(({ name }: { name: string }) => name),
    ["acme/a", "acme/b"],
  );
});
