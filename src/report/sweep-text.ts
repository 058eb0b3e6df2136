import { type Gap, grouped, LEVELS, size } from "../model/index.ts";
import { colorsOf } from "./colors.ts";
import { areLogs, countsText } from "./counted.ts";
import type { ReportOptions } from "./options.ts";
import { plain } from "./redact.ts";
import { type Credential, type CredentialPlace, credentialsOf, isAtLeast, isOpen } from "./sweep-credentials.ts";
import type { SweepReport } from "./sweep-report.ts";
import { amount, gapLines } from "./text.ts";
import { labelled, type Style, titleLines } from "./text-finding.ts";
import { wrap } from "./wrap.ts";

/** As many credentials are listed; a longer list is for other formats. */
const MOST = 50;
const LABELS = 12;
const NARROWEST = 40;

/** Writes a sweep for people: the worst credentials of all repositories first, then what is missing, then what was looked at. */
export function* sweepTextPieces(
  report: SweepReport,
  options: Pick<ReportOptions, "color" | "minLevel" | "width" | "rules">,
): Generator<string> {
  const style: Style = { colors: colorsOf(options.color), width: Math.max(NARROWEST, options.width ?? 80) };
  const all = credentialsOf(report);
  const open = all.filter((one) => isOpen(one) && isAtLeast(one, options.minLevel));
  for (const one of open.slice(0, MOST)) yield written(credentialLines(one, options, style));
  const totals = totalsOf(report);
  yield written([
    ...(open.length > MOST
      ? [`${amount(open.length - MOST, "more credential")}: --format json lists them all.`, ""]
      : []),
    ...wrap(summary(open, totals), style.width),
    ...decided(all, style),
    ...gapLines([...report.gaps, ...totals.gaps], style),
    "",
    ...leftOut(report, style),
    ...wrap(closing(report, totals), style.width),
  ]);
}

function credentialLines(one: Credential, { rules }: Pick<ReportOptions, "rules">, style: Style): string[] {
  const room = style.width - LABELS;
  const { remedy } = one;
  const owner = remedy?.owner === undefined ? "" : ` (${remedy.owner})`;
  const where = one.places.flatMap((place) => wrap(placeText(place), room));
  const more = one.repositories - one.places.length;
  return [
    ...titleLines(one, rules.get(one.rule)?.name ?? one.rule, style),
    ...labelled("Where", more > 0 ? [...where, `and in ${grouped(more)} more`] : where, style),
    ...labelled(
      "Whose",
      [one.identity, ...one.owners].flatMap((text) => (text ? wrap(plain(text), room) : [])),
      style,
    ),
    ...labelled("Do now", remedy ? wrap(plain(remedy.action + owner), room) : [], style),
    ...labelled("Id", [style.colors.dim(one.fingerprint)], style),
    "",
  ];
}

function placeText({ repository, place, atHead }: CredentialPlace): string {
  const path = [place.path, ...(place.inner ?? [])].join("!/");
  const commit = place.commit === undefined ? "" : ` in ${place.commit.slice(0, 10)}`;
  const gone = atHead === undefined ? "" : atHead ? ", still at HEAD" : ", in history only";
  return plain(`${repository}  ${path}:${place.line}${commit}${gone}`);
}

/** How many were looked at, and how many of them leak. */
interface Count {
  readonly all: number;
  readonly leaking: number;
}

interface Totals {
  readonly repositories: Count;
  readonly logs: Count;
  readonly bytes: number;
  /** One for each repository of which something was not read. */
  readonly gaps: readonly Gap[];
}

function totalsOf({ repositories }: SweepReport): Totals {
  let bytes = 0;
  const counts = { repositories: { all: 0, leaking: 0 }, logs: { all: 0, leaking: 0 } };
  const gaps: Gap[] = [];
  for (const { repository, report } of repositories()) {
    const count = areLogs(repository) ? counts.logs : counts.repositories;
    count.all++;
    bytes += report.stats.bytes;
    if (report.findings.some(({ suppression }) => suppression === undefined)) count.leaking++;
    const [first] = report.gaps;
    if (!first) continue;
    const more = report.gaps.length > 1 ? `; and ${amount(report.gaps.length - 1, "more gap")}` : "";
    const what = first.what === repository.name ? "" : `${first.what}: `;
    gaps.push({ what: repository.name, why: what + first.why + more });
  }
  return { ...counts, bytes, gaps };
}

function summary(open: readonly Credential[], { repositories, logs }: Totals): string {
  if (open.length === 0) return `No leaked credential found in ${countsText(repositories.all, logs.all)}.`;
  const levels = [...LEVELS].reverse().flatMap((level) => {
    const count = open.filter((one) => one.level === level).length;
    return count === 0 ? [] : [`${count} ${level}`];
  });
  const [inFiles, inLogs] = [repositories, logs].map(
    ({ all, leaking }) => `${grouped(leaking)} of ${countsText(all, 0)}`,
  );
  const where = [
    ...(repositories.all > 0 ? [inFiles] : []),
    ...(logs.all > 0 ? [`the CI logs of ${inLogs}`] : []),
  ].join(" and ");
  return `${amount(open.length, "leaked credential")} in ${where}: ${levels.join(", ")}.`;
}

function decided(all: readonly Credential[], { width }: Style): readonly string[] {
  const counts = new Map<string, number>();
  for (const { mark } of all) if (mark) counts.set(mark.status, (counts.get(mark.status) ?? 0) + 1);
  const shares = [...counts].sort().map(([status, count]) => `${count} ${status}`);
  return shares.length === 0 ? [] : wrap(`Decided, so not listed: ${shares.join(", ")}.`, width);
}

function leftOut({ leftOut: counts }: SweepReport, { width, colors }: Style): readonly string[] {
  const shares = Object.entries(counts).map(([why, count]) => `${grouped(count)} ${why}`);
  return shares.length === 0
    ? []
    : wrap(`Repositories left out on purpose: ${shares.join(", ")}.`, width).map(colors.dim);
}

function closing({ gaps }: SweepReport, totals: Totals): string {
  const missing = gaps.length + totals.gaps.length;
  const looked = countsText(totals.repositories.all, totals.logs.all);
  return `${looked}, ${size(totals.bytes)} looked at: ${missing === 0 ? "complete" : `INCOMPLETE, ${amount(missing, "gap")}`}`;
}

const written = (lines: readonly string[]): string => lines.map((line) => `${line.trimEnd()}\n`).join("");
