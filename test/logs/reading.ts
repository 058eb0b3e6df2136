import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Finding, type LogsRequest, type Match, type Report, scanLogs } from "../../src/index.ts";
import { folder } from "../config/folder.ts";

/** The report on logs. */
export async function reportOn(request: LogsRequest): Promise<Report> {
  let report: Report | undefined;
  for await (const event of scanLogs({ jobs: 1, ...request })) if (event.type === "report") report = event.report;
  if (!report) throw new Error("a scan ended without a report");
  return report;
}

// Made while the file loads: what is made in a test is gone after it.
const root = folder({});

/** The report on one log with such a name. */
export function read(log: string | Uint8Array, request: LogsRequest = {}, name = "build.log"): Promise<Report> {
  writeFileSync(join(root, name), log);
  return reportOn({ ...request, paths: [join(root, name)] });
}

/** Where a secret stands in logs. */
export function placesOf(report: Report, secret: string): Match[] {
  return (findingOf(report, secret)?.exposures ?? []).filter((match) => match.secret.reveal() === secret);
}

export const findingOf = (report: Report, secret: string): Finding | undefined =>
  report.findings.find((finding) => finding.secret.reveal() === secret);

/** What is known of a place in a log. */
export function logOf(match: Match | undefined) {
  if (match?.provenance.kind !== "log") throw new Error("no place in a log");
  return match.provenance.log;
}

/** `line:column` of the first place of `part` in a text: columns are UTF-16 units, a byte order mark is none. */
export function lineColumn(text: string, part: string): string {
  const at = text.indexOf(part);
  if (at < 0) throw new Error("the text does not have it");
  const start = text.lastIndexOf("\n", at - 1) + 1;
  const mark = text.startsWith("\ufeff", start) ? 1 : 0;
  return `${text.slice(0, at).split("\n").length}:${at - start - mark + 1}`;
}

export const lineColumnOf = ({ region }: Match): string => `${region.line}:${region.column}`;
