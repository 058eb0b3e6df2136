import {
  type Finding,
  type Gap,
  grouped,
  LEVELS,
  type Level,
  type Report,
  rank,
  type Stats,
  size,
} from "../model/index.ts";
import { colorsOf } from "./colors.ts";
import { exposuresOf, listed, placeOf } from "./listing.ts";
import type { ReportOptions } from "./options.ts";
import { plain } from "./redact.ts";
import { findingLines, type Style } from "./text-finding.ts";
import { wrap } from "./wrap.ts";

const WIDTH = 80;
const NARROWEST = 40;
const MOST_GAPS = 20;

/** Writes a report for people: findings by file, the worst first, then what was allowed, what is missing, what was looked at. */
export function toText(report: Report, options: ReportOptions): string {
  return [...textPieces(report, options)].join("");
}

/** The same in pieces, one for each file that has findings. */
export function* textPieces(report: Report, options: ReportOptions): Generator<string> {
  const style: Style = {
    colors: colorsOf(options.color),
    width: Math.max(NARROWEST, options.width ?? WIDTH),
  };
  const findings = listed(report, options.minLevel).filter(isNews);
  for (const [file, group] of byFile(findings)) yield written(fileLines(file, group, options, style));
  yield written(summaryLines(findings, report, options, style));
  yield written(gapLines(report.gaps, style));
  yield written(noteLines(report.stats, style));
  yield written(closingLines(report, style));
}

function written(lines: readonly string[]): string {
  return lines.map((line) => `${line.trimEnd()}\n`).join("");
}

/** Whether a finding is neither allowed nor known from a baseline. */
function isNews({ suppression, baseline }: Finding): boolean {
  return suppression === undefined && baseline !== "unchanged";
}

/** Findings by the file of their first place. The findings come worst first, so the files do too. */
function byFile(findings: readonly Finding[]): [file: string, findings: Finding[]][] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const { path, inner } = placeOf(exposuresOf(finding)[0]);
    const file = [path, ...inner].join("!/");
    const group = groups.get(file);
    if (group) group.push(finding);
    else groups.set(file, [finding]);
  }
  return [...groups];
}

function fileLines(file: string, group: readonly Finding[], options: ReportOptions, style: Style): string[] {
  const heading = wrap(plain(harmless(file)), style.width).map((line) =>
    style.colors.bold(style.colors.underline(line)),
  );
  return [...heading, "", ...group.flatMap((finding) => [...findingLines(finding, options, style), ""])];
}

function summaryLines(findings: readonly Finding[], report: Report, options: ReportOptions, style: Style): string[] {
  const { stats } = report;
  const allowed = Object.entries(stats.suppressed).filter(([, count]) => count > 0);
  const total = allowed.reduce((sum, [, count]) => sum + count, 0);
  const known = report.findings.filter(({ suppression, baseline }) => !suppression && baseline === "unchanged").length;
  const below = report.findings.filter(
    (finding) => isNews(finding) && isBelow(finding.reach.level, options.minLevel),
  ).length;
  const sentences = [
    findings.length === 0 ? nothingFound(report, options) : counted(findings),
    total > 0
      ? `Allowed, so not listed: ${total} (${allowed.map(([by, count]) => `${plain(by)} ${count}`).join(", ")}).`
      : "",
    stats.none > 0 && options.minLevel !== "none"
      ? `Harmless, so not listed: ${stats.none} (samples, placeholders; see --min-level none).`
      : "",
    knownSentence(known, stats.earlier),
    below > 0 ? `Below ${options.minLevel}, so not listed: ${below}.` : "",
  ];
  return sentences.filter((sentence) => sentence !== "").flatMap((sentence) => wrap(sentence, style.width));
}

/** What earlier runs reported is never left out without a word. */
function knownSentence(again: number, earlier: Stats["earlier"]): string {
  if (!earlier) return again > 0 ? `Known from the baseline, so not listed: ${again}.` : "";
  const levels = [...LEVELS].reverse().filter((level) => earlier[level] > 0);
  const total = levels.reduce((sum, level) => sum + earlier[level], 0);
  const shares = levels.map((level) => `${grouped(earlier[level])} ${level}`).join(", ");
  return [
    total > 0
      ? `Reported by earlier runs, so not listed: ${grouped(total)} (${shares}); a run without --state lists all.`
      : "",
    again > 0 ? `Found again: ${again}.` : "",
  ]
    .join(" ")
    .trim();
}

/** Findings of level none are counted by the scan, as harmless. */
function isBelow(level: Level, minLevel: Level): boolean {
  return level !== "none" && rank(level) < rank(minLevel);
}

function nothingFound(report: Report, options: ReportOptions): string {
  const level =
    options.minLevel === "none" || options.minLevel === "low" ? "" : ` of level ${options.minLevel} or above`;
  const isKnown = report.stats.earlier !== undefined && Object.values(report.stats.earlier).some((count) => count > 0);
  const news = isKnown || report.findings.some(({ baseline }) => baseline === "unchanged") ? "new " : "";
  return `No ${news}leaked secret${level} found${report.complete ? "" : " in the part that was read"}.`;
}

function counted(findings: readonly Finding[]): string {
  const levels = [...LEVELS].reverse().flatMap((level) => {
    const count = findings.filter((finding) => finding.reach.level === level).length;
    return count === 0 ? [] : [`${count} ${level}`];
  });
  const files = new Set(findings.flatMap((finding) => finding.exposures.map((match) => placeOf(match).path)));
  return `${amount(findings.length, "leaked secret")} in ${amount(files.size, "file")}: ${levels.join(", ")}.`;
}

/** What could not be read. */
export function gapLines(gaps: readonly Gap[], { colors, width }: Style): string[] {
  if (gaps.length === 0) return [];
  const title = wrap(`NOT EVERYTHING WAS READ: ${amount(gaps.length, "gap")}`, width).map((line) =>
    colors.bold(colors.yellow(line)),
  );
  const listedGaps = gaps
    .slice(0, MOST_GAPS)
    .flatMap(({ what, why }) => [
      ...wrap(plain(what), width - 4).map((line, at) => (at === 0 ? `  ${colors.yellow("!")} ${line}` : `    ${line}`)),
      ...wrap(plain(why), width - 6).map((line) => `      ${line}`),
    ]);
  const more =
    gaps.length > MOST_GAPS
      ? [`    and ${amount(gaps.length - MOST_GAPS, "more gap")}: --format json lists them all`]
      : [];
  return ["", ...title, ...listedGaps, ...more];
}

function noteLines(stats: Stats, { colors, width }: Style): string[] {
  const skipped = Object.entries(stats.skipped).filter(([, count]) => count > 0);
  const notes = [
    ...stats.notices.map((notice) => `Note: ${plain(notice)}`),
    skipped.length > 0
      ? `Left out on purpose: ${skipped.map(([why, count]) => `${grouped(count)} ${plain(why)}`).join(", ")}.`
      : "",
  ].filter((note) => note !== "");
  return ["", ...notes.flatMap((note) => wrap(note, width).map(colors.dim))];
}

/** Says what was looked at, so that an empty report is never a silent one. One line, unless the terminal is narrow. */
function closingLines({ stats, gaps, complete }: Report, { colors, width }: Style): string[] {
  const what =
    stats.files === 0 && (stats.blobs > 0 || stats.earlier)
      ? amount(stats.blobs, "object")
      : amount(stats.files, "file");
  const looked = `${amount(stats.rules, "rule")} over ${what}, ${size(stats.bytes)}, in ${time(stats.milliseconds)}`;
  const missing = gaps.length > 0 ? amount(gaps.length, "gap") : "stopped early";
  const lines = wrap(`${looked}: ${complete ? "complete" : `INCOMPLETE, ${missing}`}`, width);
  return lines.map((line) =>
    line.replace(/\bcomplete$/, colors.green).replace("INCOMPLETE", (word) => colors.bold(colors.yellow(word))),
  );
}

/** A count with its noun. */
export function amount(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? "" : "s"}`;
}

function time(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  return seconds < 60 ? `${seconds.toFixed(1)} s` : `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
}

/** A line that starts with `::` or `##[` is a command to some CI runners, and a file may be called so. */
function harmless(path: string): string {
  return /^\s*(?:::|##\[)/.test(path) ? `./${path}` : path;
}
