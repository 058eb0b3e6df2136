import type { Finding, Gap, Report } from "../model/index.ts";
import { exposuresOf, listed, placeOf } from "./listing.ts";
import type { ReportOptions } from "./options.ts";
import { plain } from "./redact.ts";

/** JUnit XML, as CI systems show it: a failure for each finding, an error for each gap, one passed test if there is neither. */
export function toJunit(report: Report, options: ReportOptions): string {
  const open = listed(report, options.minLevel).filter(
    ({ suppression, baseline }) => !suppression && baseline !== "unchanged",
  );
  const cases = [...open.map((finding) => failed(finding, options)), ...report.gaps.map(unread)];
  if (!report.complete && report.gaps.length === 0)
    cases.push(unread({ what: "the rest", why: "the scan was stopped" }));
  const errors = cases.length - open.length;
  if (cases.length === 0) cases.push('    <testcase classname="leakreach" name="no leaked secret"/>\n');
  const counts = `tests="${cases.length}" failures="${open.length}" errors="${errors}"`;
  const time = (report.stats.milliseconds / 1000).toFixed(3);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ${counts} time="${time}">\n  <testsuite name="leakreach" ${counts} time="${time}">\n${cases.join("")}  </testsuite>\n</testsuites>\n`;
}

function failed(finding: Finding, { rules }: ReportOptions): string {
  const { reach, rule: id, fingerprint } = finding;
  const rule = rules.get(id);
  const places = exposuresOf(finding).map((match) => {
    const { path, inner, region, commit } = placeOf(match);
    return `${[path, ...inner].join("!")}:${region.line}:${region.column}${commit ? ` in commit ${commit}` : ""}`;
  });
  const title = `${reach.level.toUpperCase()} ${reach.score.toFixed(1)}: ${rule?.name ?? id}`;
  const steps = reach.remedies.map(({ action, where }) => `${action}${where ? ` ${where}` : ""}`);
  const text = [rule?.impact ?? "", ...places, ...steps, fingerprint]
    .filter((line) => line !== "")
    .map(xml)
    .join("\n");
  return `    <testcase classname="${xml(id)}" name="${xml(places[0]!)}">\n      <failure type="${reach.level}" message="${xml(title)}">${text}</failure>\n    </testcase>\n`;
}

function unread({ what, why }: Gap): string {
  return `    <testcase classname="not read" name="${xml(what)}">\n      <error type="gap" message="${xml(why)}"/>\n    </testcase>\n`;
}

/** Text of anybody's in XML 1.0 (2.2, 2.4): no markup, and no character that XML cannot hold. */
function xml(text: string): string {
  return plain(text)
    .replace(/[\ufffe\uffff]/g, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&apos;");
}

/** The same as pieces, of which there is one. */
export const junitPieces = (report: Report, options: ReportOptions): Iterable<string> => [toJunit(report, options)];
