import { counts } from "../cli/perform.ts";
import { type Finding, grouped, type Match, type Report } from "../model/index.ts";
import { cut, exposuresOf, listed, plain, type ReportOptions } from "../report/index.ts";
import type { AtEnd } from "./at-end.ts";
import { placeText } from "./places.ts";

/** A summary larger than 1 MiB is not shown at all (GitHub: "Job summaries"); characters outside ASCII take up to four bytes. */
const LARGEST = 900 * 1024;
const LONGEST_TEXT = 300;
const MOST_LISTED = 200;

/** What a summary tells beside the report. */
export interface SummaryOf {
  readonly what: string;
  readonly failOn: string;
  readonly atEnd: AtEnd;
  /** Findings that only a comment of the request itself would allow. */
  readonly untrusted: readonly Match[];
}

/**
 * The job summary: a table of what was found, worst first, then what was not read and what is to be said. It is HTML, in
 * which only what stands in `<code>` comes from what was scanned: there, GitHub links and mentions nothing.
 */
export function summary(report: Report, options: ReportOptions, { what, failOn, atEnd, untrusted }: SummaryOf): string {
  const open = listed(report, options.minLevel).filter((finding) => counts(finding, "any"));
  const tail = [...gapLines(report), ...untrustedLines(untrusted), ...noticeLines(report), ...advice(open)].join("\n");
  const head = [heading(open, report), "", `<p>Looked at: ${code(what)}. ${lookedAt(report)}</p>`, ""].join("\n");
  return `${head}${table(open, options, failOn, atEnd, LARGEST - size(head) - size(tail))}${tail}\n`;
}

function heading(open: readonly Finding[], { complete }: Report): string {
  const found =
    open.length === 0
      ? "no leaked secret found"
      : `${amount(open.length, "leaked secret")}, worst ${open[0]!.reach.level}`;
  return `<h3>leakreach: ${found}${complete ? "" : " <b>(not everything was read)</b>"}</h3>`;
}

function lookedAt({ stats, complete }: Report): string {
  const allowed = Object.values(stats.suppressed).reduce((sum, count) => sum + count, 0);
  const rest = [
    allowed > 0 ? `${grouped(allowed)} allowed` : "",
    stats.none > 0 ? `${grouped(stats.none)} harmless` : "",
  ].filter((text) => text !== "");
  const left = rest.length > 0 ? ` Not listed: ${rest.join(", ")}.` : "";
  return `${amount(stats.rules, "rule")}, ${amount(Math.max(stats.files, stats.blobs), "text")}, ${complete ? "complete" : "INCOMPLETE"}.${left}`;
}

function table(open: readonly Finding[], options: ReportOptions, failOn: string, atEnd: AtEnd, room: number): string {
  if (open.length === 0) return "";
  const start = "<table>\n<tr><th>Level</th><th>What</th><th>Where</th><th>Do now</th></tr>\n";
  const end = "</table>\n";
  let left = room - size(start) - size(end) - LONGEST_TEXT;
  const rows: string[] = [];
  for (const finding of open) {
    const next = row(finding, options, failOn, atEnd);
    left -= size(next);
    if (left < 0) break;
    rows.push(next);
  }
  const more = open.length - rows.length;
  const cutOff =
    more > 0
      ? `<p><b>${amount(more, "more finding")}</b>, none of them worse, in the files <code>report-json</code> and <code>sarif-file</code>.</p>\n`
      : "";
  return start + rows.join("") + end + cutOff;
}

function row(finding: Finding, options: ReportOptions, failOn: string, atEnd: AtEnd): string {
  const { level, score, remedies } = finding.reach;
  const rule = options.rules.get(finding.rule);
  const mark = counts(finding, failOn) ? "❌" : "⚠️";
  const [remedy] = remedies;
  const cells = [
    `${mark} ${level} ${score.toFixed(1)}`,
    `${html(rule?.name ?? finding.rule)}<br>${code(finding.rule)}<br>${code(finding.fingerprint)}`,
    where(finding, atEnd),
    remedy ? [code(remedy.action), ...(remedy.where ? [code(remedy.where)] : [])].join("<br>") : "",
  ];
  return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>\n`;
}

const MOST_PLACES = 3;

function where(finding: Finding, atEnd: AtEnd): string {
  const exposures = exposuresOf(finding);
  const lines = exposures.slice(0, MOST_PLACES).map((match) => {
    const commit = match.provenance.kind === "history" ? match.provenance.commit : undefined;
    const gone = match.provenance.kind === "history" && !atEnd(match) ? ", removed later, still in the history" : "";
    return code(placeText(match)) + (commit ? ` (commit ${code(commit.slice(0, 12))}${gone})` : gone);
  });
  const more = exposures.length - lines.length;
  return [...lines, ...(more > 0 ? [`and ${amount(more, "more place")}`] : [])].join("<br>");
}

function gapLines({ gaps, complete }: Report): string[] {
  if (complete) return [];
  return list(
    "Not read",
    gaps.length > 0 ? gaps.map(({ what, why }) => `${code(what)}: ${code(why)}`) : ["stopped before its end"],
  );
}

function untrustedLines(untrusted: readonly Match[]): string[] {
  const title = "Comments of this request that allow a finding: they do not count before they are merged";
  return list(
    title,
    untrusted.map((match) => `${code(placeText(match))}: <code>${match.allow!.by}:allow</code>`),
  );
}

const noticeLines = ({ stats }: Report): string[] => list("Notes", stats.notices.map(code));

function advice(open: readonly Finding[]): string[] {
  if (open.length === 0) return [];
  return [
    "<p>Revoke first: a commit that removes a secret does not take it out of the history. A finding that is none is allowed in <code>.leakreach.yml</code>: <code>allow: [{fingerprint: …, reason: …}]</code>.</p>",
  ];
}

function list(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  const more = lines.length > MOST_LISTED ? [`<li>and ${amount(lines.length - MOST_LISTED, "more line")}</li>`] : [];
  return [
    `<p><b>${title}</b></p>`,
    "<ul>",
    ...lines.slice(0, MOST_LISTED).map((line) => `<li>${line}</li>`),
    ...more,
    "</ul>",
  ];
}

/** Text of anybody's as code, on one line and not long. */
const code = (text: string): string => `<code>${html(text)}</code>`;

function html(text: string): string {
  return cut(plain(text), LONGEST_TEXT)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

const amount = (count: number, noun: string): string => `${grouped(count)} ${noun}${count === 1 ? "" : "s"}`;

const size = (text: string): number => Buffer.byteLength(text);
