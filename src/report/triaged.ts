import type { JsonFinding } from "./json.ts";
import type { RepositoryReport } from "./repository-report.ts";
import type { TriageMark } from "./sweep-report.ts";

/** A repository's report in which what somebody decided about is allowed, with the reason. */
export function triaged(repository: RepositoryReport, marks: ReadonlyMap<string, TriageMark>): RepositoryReport {
  const { report } = repository;
  if (!report.findings.some(({ fingerprint }) => marks.has(fingerprint))) return repository;
  const findings = report.findings.map((finding) => allowed(finding, marks.get(finding.fingerprint)));
  return { ...repository, report: { ...report, findings } };
}

function allowed(finding: JsonFinding, mark: TriageMark | undefined): JsonFinding {
  if (!mark) return finding;
  const { status, on, by, reason, expires } = mark;
  const what = `triage: ${status.replace("-", " ")}${on === undefined ? "" : ` on ${on}`}${by === undefined ? "" : `, by ${by}`}`;
  return { ...finding, suppression: { by: what, reason, ...(expires !== undefined && { until: expires }) } };
}
