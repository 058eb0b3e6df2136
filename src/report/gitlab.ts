import { createHash } from "node:crypto";
import { type Finding, type Level, type Match, type Report, rank } from "../model/index.ts";
import { exposuresOf, listed, placeOf } from "./listing.ts";
import type { ReportOptions } from "./options.ts";
import { cut, markdown, plain, safeJson } from "./redact.ts";

/** The version of GitLab's security report schemas that this is written to (`secret-detection-report-format.json`). */
export const GITLAB_SCHEMA_VERSION = "15.2.1";

const SEVERITY: Readonly<Record<Level, string>> = {
  none: "Info",
  low: "Low",
  medium: "Medium",
  high: "High",
  critical: "Critical",
};

/** What GitLab's own analyzer writes where there is no commit. */
const NO_COMMIT = "0000000";
/** Bounds of the schema: characters. */
const NAME = 255;
const SOLUTION = 7000;
const MOST_MESSAGES = 100;

/** GitLab's secret detection report: one vulnerability for each place. What is allowed or known is left out, and so is the code. */
export function toGitLab(report: Report, options: ReportOptions): object {
  const open = listed(report, options.minLevel).filter(
    ({ suppression, baseline, reach }) =>
      !suppression && baseline !== "unchanged" && rank(reach.level) >= rank(options.minLevel),
  );
  const tool = { id: "leakreach", name: "leakreach", version: options.version, vendor: { name: "leakreach" } };
  const end = new Date(Date.parse(report.now) + report.stats.milliseconds).toISOString();
  return {
    version: GITLAB_SCHEMA_VERSION,
    scan: {
      type: "secret_detection",
      analyzer: tool,
      scanner: tool,
      start_time: report.now.slice(0, 19),
      end_time: end.slice(0, 19),
      status: report.complete ? "success" : "failure",
      messages: messages(report),
    },
    vulnerabilities: open.flatMap((finding) =>
      exposuresOf(finding).map((match) => vulnerability(finding, match, options)),
    ),
  };
}

function messages({ gaps, complete }: Report): object[] {
  const said = gaps.slice(0, MOST_MESSAGES).map(({ what, why }) => `not read: ${plain(what)}: ${plain(why)}`);
  const more = gaps.length > MOST_MESSAGES ? [`not read: ${gaps.length - MOST_MESSAGES} more`] : [];
  const stopped = !complete && gaps.length === 0 ? ["the scan was stopped before its end"] : [];
  return [...said, ...more, ...stopped].map((value) => ({ level: "warn", value }));
}

function vulnerability(finding: Finding, match: Match, options: ReportOptions): object {
  const { reach, rule: id, fingerprint } = finding;
  const rule = options.rules.get(id);
  const { path, inner, region, commit } = placeOf(match);
  const file = [path, ...inner].join("!");
  const links = (rule?.references ?? []).filter((url) => /^https?:\/\//.test(url)).map((url) => ({ url }));
  const steps = reach.remedies.map(({ action, where }, at) => `${at + 1}. ${action}${where ? ` ${where}` : ""}`);
  return {
    id: uuid([fingerprint, file, commit ?? "", region.line, region.column].join("\0")),
    name: cut(plain(rule?.name ?? id), NAME),
    description: [rule?.impact ?? "", ...reach.reasons]
      .filter((text) => text !== "")
      .map(markdown)
      .join("\n\n"),
    severity: SEVERITY[reach.level],
    solution: cut(steps.map(plain).join("\n"), SOLUTION),
    identifiers: [
      { type: "leakreach_rule_id", name: `leakreach rule ${id}`, value: id },
      ...reach.references.flatMap(({ id: name }) => cwe(name)),
    ],
    links,
    details: { fingerprint: { type: "text", name: "fingerprint", value: fingerprint } },
    location: {
      file: plain(file),
      commit: { sha: commit ?? NO_COMMIT },
      start_line: region.line,
      end_line: region.endLine,
    },
  };
}

function cwe(name: string): object[] {
  const number = /^CWE-(\d+)$/.exec(name)?.[1];
  if (number === undefined) return [];
  return [{ type: "cwe", name, value: number, url: `https://cwe.mitre.org/data/definitions/${number}.html` }];
}

/** The same place of the same secret has the same id in every report. */
function uuid(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    "-",
  );
}

/** The same as text. */
export const gitLabPieces = (report: Report, options: ReportOptions): Iterable<string> => [
  `${safeJson(toGitLab(report, options), 2)}\n`,
];
