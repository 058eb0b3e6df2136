import { type Report, type ScanEvent, type ScanRequest, scan } from "../../src/index.ts";
import { mint, seededRandom } from "../mint/mint.ts";

/** A GitHub token that no other seed gives. */
export const token = (seed: number): string => mint("ghp_{{crc32-base62 30}}", seededRandom(seed));

/** A line of settings that leaks it. */
export const leak = (seed: number): string => `token = "${token(seed)}"\n`;

/** Every event of a scan. */
export async function eventsOf(request: ScanRequest, signal?: AbortSignal): Promise<ScanEvent[]> {
  const events: ScanEvent[] = [];
  for await (const event of scan(request, signal)) events.push(event);
  return events;
}

/** The report of a scan. */
export async function reportOf(request: ScanRequest, signal?: AbortSignal): Promise<Report> {
  const last = (await eventsOf(request, signal)).at(-1);
  if (last?.type !== "report") throw new Error("a scan ended without a report");
  return last.report;
}

/** Where secrets stand, sorted: `src/a.env:1:10`, `logs.zip!a.txt:1:10`. */
export function placesOf(report: Report): string[] {
  return report.findings
    .flatMap((finding) => finding.exposures)
    .map(({ provenance, region }) => {
      const inner = provenance.kind === "file" ? (provenance.inner ?? []) : [];
      return `${[provenance.path, ...inner].join("!")}:${region.line}:${region.column}`;
    })
    .sort();
}

/** The files that secrets stand in, sorted. */
export const filesOf = (report: Report): string[] => placesOf(report).map((place) => place.replace(/:\d+:\d+$/, ""));

/** The gaps as `what: why`. */
export const gapsOf = (report: Report): string[] => report.gaps.map(({ what, why }) => `${what}: ${why}`);
