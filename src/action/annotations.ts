import { counts } from "../cli/perform.ts";
import { type Finding, type Report, rank, toldName } from "../model/index.ts";
import { plain, type ReportOptions } from "../report/index.ts";
import { exposuresOf, listed } from "../report/listing.ts";
import type { AtEnd } from "./at-end.ts";
import { command } from "./commands.ts";
import { originText } from "./places.ts";

/** Annotations of one level that a step may have; GitHub drops the rest (GitHub: "Usage limits for annotations"). */
const MOST_OF_A_LEVEL = 10;

type AnnotationLevel = "error" | "warning" | "notice";

/** What is shown beside the lines of a change: the worst findings, as many as GitHub shows, and that something was not read. */
export function annotations(report: Report, options: ReportOptions, failOn: string, atEnd: AtEnd): string {
  const open = listed(report, options.minLevel).filter((finding) => counts(finding, "any"));
  const fails = open.some((finding) => counts(finding, failOn));
  const room: Record<AnnotationLevel, number> = {
    error: MOST_OF_A_LEVEL,
    warning: MOST_OF_A_LEVEL,
    notice: MOST_OF_A_LEVEL,
  };
  const said: string[] = [];
  if (!report.complete) {
    room[fails ? "warning" : "error"]--;
    said.push(incomplete(report, fails ? "warning" : "error"));
  }
  for (const finding of open) {
    const level = counts(finding, failOn)
      ? "error"
      : rank(finding.reach.level) >= rank("medium")
        ? "warning"
        : "notice";
    if (room[level]-- > 0) said.push(annotation(finding, level, options, atEnd));
  }
  return said.join("");
}

function incomplete({ gaps }: Report, level: AnnotationLevel): string {
  const more = gaps.length > 1 ? ` (and ${gaps.length - 1} more, in the summary)` : "";
  const first = gaps[0];
  const why = first ? `${plain(first.what)}: ${plain(first.why)}${more}` : "it was stopped before its end";
  return command(level, { title: "leakreach: not everything was read" }, why);
}

function annotation(finding: Finding, level: AnnotationLevel, options: ReportOptions, atEnd: AtEnd): string {
  const rule = options.rules.get(finding.rule);
  const exposures = exposuresOf(finding);
  const standing = exposures.map((match) => ({ match, shown: atEnd(match) })).find(({ shown }) => shown !== undefined);
  const { shown, match } = standing ?? { shown: undefined, match: exposures[0] };
  const { line, column, endLine, endColumn } = shown?.region ?? {};
  // A column range is only shown of one line.
  const isOneLine = line !== undefined && line === endLine;
  const title = `${finding.reach.level.toUpperCase()} ${finding.reach.score.toFixed(1)}: ${rule?.name ?? finding.rule}`;
  const [remedy] = finding.reach.remedies;
  const message = [
    rule?.impact ?? "",
    originText(match, shown !== undefined),
    exposures.length > 1 ? `It stands in ${exposures.length} places.` : "",
    remedy ? `Do now: ${remedy.action}` : "",
  ];
  return command(
    level,
    {
      title: plain(title),
      ...(shown && { file: plain(toldName(match, shown.path)) }),
      ...(line !== undefined && { line, endLine: endLine! }),
      ...(isOneLine && { col: column!, endColumn: endColumn! }),
    },
    message
      .filter((text) => text !== "")
      .map(plain)
      .join("\n"),
  );
}
