import type { Finding, Gap, Match, Report } from "../model/index.ts";
import { jsonExposure, jsonFinding, jsonGap, jsonStats } from "./json.ts";
import { listed } from "./listing.ts";
import type { ReportOptions } from "./options.ts";
import { safeJson } from "./redact.ts";

/** One line for a match, as soon as it is found: where, and of which rule. What it reaches comes with its finding. */
export function matchLine(match: Match, options: ReportOptions): string {
  const secret = options.showSecrets ? { secret: match.secret.reveal() } : {};
  const demoted = match.demoted === undefined ? {} : { demoted: match.demoted };
  return line("match", { rule: match.rule, ...jsonExposure(match), checksum: match.checksum, ...demoted, ...secret });
}

/** One line for a gap. */
export function gapLine(gap: Gap): string {
  return line("gap", jsonGap(gap));
}

/** One line for a finding, in the shape it has in the JSON report. */
export function findingLine(finding: Finding, options: ReportOptions): string {
  return line("finding", jsonFinding(finding, options));
}

/** The last line: what was looked at, and whether that was everything. */
export function statsLine(report: Report, options: ReportOptions): string {
  return line("stats", { tool: { name: "leakreach", version: options.version }, ...jsonStats(report) });
}

/** The lines that end a stream whose matches and gaps are written already: findings worst first, then stats. */
export function* endLines(report: Report, options: ReportOptions): Generator<string> {
  for (const finding of listed(report, options.minLevel)) yield findingLine(finding, options);
  yield statsLine(report, options);
}

/** Writes a whole report as lines: gaps, findings worst first, stats. Matches stand in their findings. */
export function* toJsonLines(report: Report, options: ReportOptions): Generator<string> {
  for (const gap of report.gaps) yield gapLine(gap);
  yield* endLines(report, options);
}

function line(type: string, event: object): string {
  return `${safeJson({ type, ...event })}\n`;
}
