import { randomBytes } from "node:crypto";
import type { ReachedBoundary } from "../../src/model/index.ts";
import { toJsonReport } from "../../src/report/as-repository.ts";
import type { JsonExposure, JsonFinding, JsonReport } from "../../src/report/json.ts";
import type { RepositoryReport, SweptRepository } from "../../src/report/repository-report.ts";
import { makeFinding, makeOptions, makeReport } from "./make-report.ts";

export const newFingerprint = (): string => `lr1:${randomBytes(16).toString("hex")}`;

/** A finding as a JSON report has it. */
export function jsonFindingOf(score: number, over: Partial<JsonFinding> = {}): JsonFinding {
  const report = makeReport([
    makeFinding(over.rule ?? "jwt", score, { fingerprint: over.fingerprint ?? newFingerprint() }),
  ]);
  const [finding] = toJsonReport(report, makeOptions({ minLevel: "none" })).findings;
  return { ...finding!, ...over };
}

export function jsonReportOf(findings: readonly JsonFinding[], over: Partial<JsonReport> = {}): JsonReport {
  return { ...toJsonReport(makeReport([]), makeOptions()), findings, ...over };
}

/** A repository of a sweep, scanned on 2026-09-01. */
export function repositoryOf(
  name: string,
  findings: readonly JsonFinding[],
  over: Partial<SweptRepository> = {},
): RepositoryReport {
  return {
    repository: { id: `github.com/${name}`, name, ...over },
    finishedAt: "2026-09-01T00:00:00Z",
    report: jsonReportOf(findings),
  };
}

export function placeOf(path: string, over: Partial<JsonExposure> = {}): JsonExposure {
  return { path, line: 3, column: 1, endLine: 3, endColumn: 40, encodings: [], ...over };
}

export const boundary = (name: string, over: Partial<ReachedBoundary> = {}): ReachedBoundary => ({
  name,
  audiences: [`https://${name}.example/`],
  mapped: true,
  ...over,
});

/** What a history says of a secret that came and went on these days. */
export function historyOf(
  introduced: string,
  removed: string | undefined,
  atHead: boolean,
): NonNullable<JsonFinding["history"]> {
  const commit = (date: string | undefined) =>
    date === undefined
      ? { count: 0, commits: [] }
      : { count: 1, commits: [{ id: "c0ffee", date: `${date}T00:00:00Z` }] };
  return {
    versions: 1,
    paths: 1,
    introduced: commit(introduced),
    removed: commit(removed),
    atHead,
    reach: "ref",
    refs: { count: 0, names: [] },
    inHistoryOf: { count: 0, names: [] },
  };
}
