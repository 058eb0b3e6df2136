import { type Finding, type Gap, grouped, type Report } from "../model/index.ts";
import { listed } from "../report/listing.ts";

/** What of one repository a store keeps at most: a report has to fit into memory some times over. */
const MOST_FINDINGS = 50_000;
const MOST_PLACES = 250_000;
export const MOST_PLACES_EACH = 1_000;

/** A report cut to what a store keeps, the worst first, and gaps that say what is missing. */
export function bounded(report: Report): { readonly report: Report; readonly gaps: readonly Gap[] } {
  const all = listed(report, "low");
  const findings: Finding[] = [];
  let places = 0;
  let isCut = false;
  for (const finding of all) {
    const room = Math.min(MOST_PLACES_EACH, MOST_PLACES - places);
    if (findings.length === MOST_FINDINGS || room === 0) break;
    const [first, ...rest] = finding.exposures;
    isCut ||= rest.length >= room;
    const kept = [first, ...rest.slice(0, room - 1)] as const;
    places += kept.length;
    findings.push({ ...finding, exposures: kept });
  }
  const left = all.length - findings.length;
  const gaps = left > 0 ? [{ what: `${grouped(left)} findings`, why: `a sweep keeps the worst: ${ALL}` }] : [];
  const notices = isCut ? [`not all places of all findings are kept: ${ALL}`] : [];
  const stats = { ...report.stats, notices: [...report.stats.notices, ...notices] };
  return { report: { ...report, findings, stats }, gaps };
}

const ALL = "leakreach history --format json has all";
