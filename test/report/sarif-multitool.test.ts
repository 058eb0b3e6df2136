import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { Log, Result } from "sarif";
import { render } from "../../src/report/index.ts";
import { fiveFindings, makeFinding, makeOptions, makeReport } from "./make-report.ts";
import { MULTITOOL } from "./sarif-schema.ts";

const binary = `${MULTITOOL}/Sarif.Multitool`;
const skip = existsSync(binary) ? false : `${binary} is not installed (it is for Linux x64)`;

/** Notes, never warnings, that the tool makes about a log of ours, and why it stays so. */
const accepted: Readonly<Record<string, string>> = {
  SARIF2002: "message texts are per finding: ids and arguments would repeat the same words",
  SARIF2003: "the writer knows no repository: it gets a report, not a clone",
  SARIF2006: "the schema's address cannot be reached offline",
  SARIF2009: "the level is part of the rule id, since GitHub reads a severity per rule",
  SARIF2010: "snippets are left out: they would carry the secret",
  SARIF2011: "context regions are left out: they would carry the secret",
  SARIF2012: "GitHub shows the name of a rule: it is for people, not an identifier",
};

test("Microsoft's multitool finds no error and no warning, and no note but those explained", { skip }, () => {
  const suppressed = makeFinding("acme-token", 5, { suppression: { by: "gitleaks comment" }, baseline: "unchanged" });
  const gaps = [{ what: "a.zip", why: "broken" }];
  for (const report of [makeReport([...fiveFindings(), suppressed], { gaps, complete: false }), makeReport([])]) {
    const notes = validate(render("sarif", report, makeOptions())).filter(
      ({ ruleId, level }) => level !== "note" || !(ruleId! in accepted),
    );
    assert.deepEqual(notes.map(describe), []);
  }
});

function describe({ ruleId, level, message, locations }: Result): string {
  const pointer = locations?.[0]?.logicalLocations?.[0]?.fullyQualifiedName ?? "";
  return `${ruleId} ${level ?? "warning"} ${pointer} ${message.id} ${message.arguments?.join(" | ") ?? message.text}`;
}

function validate(sarif: string): Result[] {
  const folder = mkdtempSync(join(tmpdir(), "leakreach-"));
  try {
    const [file, out] = [join(folder, "report.sarif"), join(folder, "out.sarif")];
    writeFileSync(file, sarif);
    chmodSync(binary, 0o755);
    const options = [
      "--rule-kind",
      "Sarif;Ghas",
      "--level",
      "Error;Warning;Note",
      "--output",
      out,
      "--log",
      "ForceOverwrite;PrettyPrint",
    ];
    execFileSync(binary, ["validate", file, ...options], { stdio: "ignore" });
    const log = JSON.parse(readFileSync(out, "utf8").replace(/^\ufeff/, "")) as Log;
    return log.runs.flatMap((run) => run.results ?? []);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
