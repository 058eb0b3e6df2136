import type { Report } from "../model/index.ts";
import { type JsonReport, jsonFinding, jsonGap, jsonStats, REPORT_SCHEMA } from "./json.ts";
import { listed } from "./listing.ts";
import type { ReportOptions } from "./options.ts";
import type { RepositoryReport } from "./repository-report.ts";

/** A report as a JSON report has it; without secrets, whatever was asked for. */
export function toJsonReport(report: Report, options: ReportOptions): JsonReport {
  return {
    schema: REPORT_SCHEMA,
    tool: { name: "leakreach", version: options.version },
    findings: listed(report, options.minLevel).map((finding) =>
      jsonFinding(finding, { ...options, showSecrets: false }),
    ),
    gaps: report.gaps.map(jsonGap),
    stats: jsonStats(report),
  };
}

/** One scan as a repository of a sweep, called by the folder that was scanned. */
export function asRepository(report: Report, options: ReportOptions): RepositoryReport {
  const name =
    report.root
      .split(/[\\/]/)
      .filter(Boolean)
      .at(-1)
      ?.replace(/\.git$/, "") || "what was scanned";
  return { repository: { id: name, name }, finishedAt: report.now, report: toJsonReport(report, options) };
}
