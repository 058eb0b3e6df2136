import type { Fact, Finding, Level, Match, Remedy, Rule } from "../model/index.ts";
import { type Colors, colorsOf } from "./colors.ts";
import type { Decoded } from "./json.ts";
import { exposuresOf, placeOf } from "./listing.ts";
import type { ReportOptions } from "./options.ts";
import { cut, plain, REDACTED, redact } from "./redact.ts";
import { historyLines } from "./text-history.ts";
import { logLines } from "./text-log.ts";
import { columns, wrap, wrapCommand } from "./wrap.ts";

/** Colours, and the columns to fit. */
export interface Style {
  readonly colors: Colors;
  readonly width: number;
}

/** How much of a finding is written. */
interface Detail {
  readonly reasons: number;
  readonly facts: number;
  readonly remedies: number;
  readonly places: number;
}

const FULL: Detail = { reasons: 4, facts: 6, remedies: 3, places: 5 };
const BRIEF: Detail = { reasons: 2, facts: 3, remedies: 1, places: 3 };
const EVERYTHING: Detail = { reasons: Infinity, facts: Infinity, remedies: Infinity, places: Infinity };

const MARGIN = 4;
const LABEL = 8;
const LONGEST_NAME = 16;
const LONGEST_VALUE = 300;

/** Writes one finding: how bad, what, where, why, what it gives away, what to do now, and where else it stands. */
export function findingLines(finding: Finding, options: ReportOptions, style: Style): string[] {
  const detail = detailOf(finding.reach.level, options);
  const rule = options.rules.get(finding.rule);
  const room = style.width - MARGIN - LABEL;
  return [
    ...titleLines(finding.reach, rule?.name ?? finding.rule, style),
    ...labelled("Where", wrap(whereText(finding, options), room), style),
    ...labelled("Log", logLines(exposuresOf(finding)[0], room), style),
    ...labelled("History", historyLines(finding, room), style),
    ...reachLines(finding, rule, detail, style),
    ...labelled("Also in", placeLines(exposuresOf(finding).slice(1), detail.places, room), style),
    ...(options.explain ? labelled("Score", factorLines(finding, room), style) : []),
    ...labelled("Id", idLines(finding, room).map(style.colors.dim), style),
  ];
}

/** What `leakreach decode` prints: everything one token gives away, every factor of its score, what to do. */
export function toDecodeText(decoded: Decoded, rules: ReadonlyMap<string, Rule>, color: boolean, width = 80): string {
  const style: Style = { colors: colorsOf(color), width };
  const rule = rules.get(decoded.rule);
  const room = style.width - MARGIN - LABEL;
  const { breaches, references } = decoded.reach;
  const lines = [
    ...titleLines(decoded.reach, rule?.name ?? decoded.rule, style),
    ...reachLines(decoded, rule, EVERYTHING, style),
    ...labelled("Score", factorLines(decoded, room), style),
    ...labelled("Rule", wrap([decoded.rule, ...breaches].map(plain).join(", "), room), style),
    ...labelled(
      "See",
      references.flatMap(({ id, title }) => wrap(plain(`${id} ${title}`), room)),
      style,
    ),
  ];
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
}

/** Why, what it gives away, whose it is, what to do now. */
function reachLines(finding: Decoded, rule: Rule | undefined, detail: Detail, style: Style): string[] {
  const room = style.width - MARGIN - LABEL;
  // What the rule says of its tokens stands under Reach.
  const impact = rule?.impact.replace(/\.$/, "");
  const reasons = finding.reach.reasons.filter((reason) => reason !== impact);
  return [
    ...labelled("Reach", rule ? wrap(plain(rule.impact), room) : [], style),
    ...labelled("Why", reasonLines(reasons, detail.reasons, room), style),
    ...labelled("Proved", factLines(finding.facts, "proved", detail.facts, room), style),
    ...labelled("Claims", factLines(finding.facts, "claimed", detail.facts, room), style),
    ...labelled("Whose", wrap(ownerText(finding), room), style),
    ...labelled("Do now", remedyLines(finding.reach.remedies, detail.remedies, room), style),
  ];
}

function detailOf(level: Level, options: ReportOptions): Detail {
  if (options.explain) return EVERYTHING;
  return level === "low" || level === "none" ? BRIEF : FULL;
}

/** How bad something is, and what it is called. */
export function titleLines(
  { level, score }: Pick<Decoded["reach"], "level" | "score">,
  name: string,
  { colors, width }: Style,
): string[] {
  const paint: Record<Level, (text: string) => string> = {
    critical: (text) => colors.bold(colors.bgRed(colors.white(text))),
    high: (text) => colors.bold(colors.red(text)),
    medium: (text) => colors.bold(colors.yellow(text)),
    low: (text) => colors.bold(colors.cyan(text)),
    none: (text) => colors.bold(colors.gray(text)),
  };
  const badge = `${level.toUpperCase()} ${score.toFixed(1)}`;
  const [first, ...rest] = wrap(plain(name), width - badge.length - 4);
  const indent = " ".repeat(badge.length + 4);
  return [`  ${paint[level](badge)}  ${colors.bold(first!)}`, ...rest.map((line) => indent + colors.bold(line))];
}

function whereText(finding: Finding, options: ReportOptions): string {
  const [match] = exposuresOf(finding);
  const { line, column } = match.region;
  const assigned = match.assignedTo === undefined ? "" : `, assigned to ${cut(plain(match.assignedTo), 80)}`;
  const encoded = match.encodings.length === 0 ? "" : `, inside ${match.encodings.map(plain).join(" inside ")}`;
  return `${line}:${column}  ${secretText(finding, options)}${assigned}${encoded}`;
}

function secretText({ secret, rule }: Finding, options: ReportOptions): string {
  if (options.showSecrets) return plain(secret.reveal());
  const shown = redact(secret.reveal(), options.rules.get(rule));
  return shown === REDACTED ? `(${secret.length} characters, not shown)` : shown;
}

function reasonLines(reasons: readonly string[], most: number, room: number): string[] {
  const shown = reasons.slice(0, most).flatMap((reason) => item("- ", cut(plain(reason), LONGEST_VALUE), room));
  return more(shown, reasons.length - most, "reason");
}

function factLines(facts: readonly Fact[], basis: Fact["basis"], most: number, room: number): string[] {
  const chosen = facts.filter((fact) => fact.basis === basis);
  const shown = chosen
    .slice(0, most)
    .map(({ name, value }) => ({ name: plain(name), value: cut(plain(value), LONGEST_VALUE) }));
  const pad = Math.min(LONGEST_NAME, Math.max(0, ...shown.map(({ name }) => columns(name))));
  const lines = shown.flatMap(({ name, value }) => item(`${padded(name, pad)}  `, value, room));
  return more(lines, chosen.length - most, "fact");
}

function ownerText({ identity, reach }: Decoded): string {
  const parts = [
    identity === undefined ? "" : plain(identity),
    reach.owners.length > 0 ? `owned by ${reach.owners.map(plain).join(", ")}` : "",
  ];
  return cut(parts.filter((part) => part !== "").join("; "), LONGEST_VALUE);
}

function remedyLines(remedies: readonly Remedy[], most: number, room: number): string[] {
  const shown = remedies.slice(0, most).flatMap((remedy, at) => {
    const owner = remedy.owner === undefined ? "" : ` (${remedy.owner})`;
    const where =
      remedy.where === undefined || remedy.action.includes(remedy.where) ? [] : wrap(plain(remedy.where), room - 3);
    const command = remedy.command === undefined ? [] : wrapCommand(plain(remedy.command), room - 3);
    const mark = remedies.length === 1 ? "" : `${at + 1}. `;
    const indent = " ".repeat(mark.length);
    return [...item(mark, plain(remedy.action + owner), room), ...[...where, ...command].map((line) => indent + line)];
  });
  return more(shown, remedies.length - most, "step");
}

function placeLines(others: readonly Match[], most: number, room: number): string[] {
  const shown = others.slice(0, most).flatMap((match) => wrap(placeText(match), room));
  return more(shown, others.length - most, "place");
}

function placeText(match: Match): string {
  const { path, inner, region } = placeOf(match);
  return `${plain([path, ...inner].join("!/"))}:${region.line}:${region.column}`;
}

function factorLines({ reach }: Decoded, room: number): string[] {
  const names = Math.max(0, ...reach.factors.map(({ name }) => name.length));
  const values = Math.max(0, ...reach.factors.map(({ value }) => value.length));
  const rows = reach.factors.flatMap(({ name, value, weight, reason }) =>
    item(`${padded(name, names)}  ${padded(value, values)}  ${String(weight).padStart(4)}  `, plain(reason), room),
  );
  return [`impact ${reach.impact.toFixed(1)}, score ${reach.score.toFixed(1)}`, ...rows];
}

function idLines(finding: Finding, room: number): string[] {
  const { breaches } = finding.reach;
  const about = [finding.rule, ...breaches].join(", ");
  const pairs = finding.pairedWith.map((other) => `belongs together with ${other}`);
  return [finding.fingerprint, about, ...pairs].flatMap((text) => wrap(plain(text), room));
}

function more(lines: readonly string[], left: number, noun: string): string[] {
  return left > 0 ? [...lines, `and ${left} more ${noun}${left === 1 ? "" : "s"}: --explain`] : [...lines];
}

/** A text behind a mark, its further lines under its first. */
function item(mark: string, text: string, room: number): string[] {
  const indent = " ".repeat(columns(mark));
  return wrap(text, Math.max(10, room - indent.length)).map((line, at) => (at === 0 ? mark : indent) + line);
}

/** Lines behind a label, which stands once. */
export function labelled(label: string, lines: readonly string[], { colors }: Style): string[] {
  if (lines.every((line) => line === "")) return [];
  const margin = " ".repeat(MARGIN);
  return lines.map((line, at) => margin + (at === 0 ? colors.dim(label.padEnd(LABEL)) : " ".repeat(LABEL)) + line);
}

function padded(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - columns(text)));
}
