import type { Finding, Match } from "../model/index.ts";
import { placeOf } from "./listing.ts";
import type { ReportOptions } from "./options.ts";
import { cut, REDACTED, redact } from "./redact.ts";
import { MOST_MESSAGE, MOST_PART } from "./sarif-limits.ts";
import { link, placeText, unlinked } from "./sarif-place.ts";

const MOST_LINKS = 10;

/** What it is and how far it reaches; why, and what to do. */
export function explanation(finding: Finding, options: ReportOptions): { what: string; why: string } {
  const rule = options.rules.get(finding.rule);
  const { level, score, reasons, remedies } = finding.reach;
  const shown = redact(finding.secret.reveal(), rule);
  const name = unlinked(rule?.name ?? finding.rule);
  const what = `${name}${shown === REDACTED ? "" : ` ${shown}`}: blast radius ${level}, ${score.toFixed(1)} of 10.`;
  const steps = remedies.slice(0, 3).map(({ action, where }) => (where ? `${action} (${where})` : action));
  const why = [
    rule ? sentence(rule.impact) : "",
    reasons.length > 0 ? `Why: ${sentence(reasons.map(part).join("; "))}` : "",
    steps.length > 0 ? `What to do: ${sentence(steps.map(part).join("; "))}` : "",
  ];
  return { what, why: cut(why.filter((text) => text !== "").join(" "), MOST_MESSAGE) };
}

/** A part of a list, without its full stop. */
export function part(text: string): string {
  return cut(unlinked(text).replace(/[.\s]+$/, ""), MOST_PART);
}

/** A sentence, with one. */
export function sentence(text: string): string {
  return `${unlinked(text).replace(/[.\s]+$/, "")}.`;
}

/** What a reader has to know of a place that GitHub cannot show. */
export function placeNote(match: Match): string {
  const { inner, region } = placeOf(match);
  const archive =
    inner.length > 0
      ? ` It stands inside the archive, in ${cut(unlinked(inner.join("!/")), MOST_PART)}, line ${region.line}.`
      : "";
  const encoded =
    match.encodings.length > 0 ? ` It is written in ${match.encodings.map(unlinked).join(" inside ")}.` : "";
  return archive + encoded + originNote(match) + commitNote(match);
}

/** The commit that brought it; what became of it there is said because no reader can open a file that is gone. */
function originNote({ provenance }: Match): string {
  if (provenance.kind !== "history" || provenance.atEnd === undefined || !provenance.commit) return "";
  const on = provenance.date === undefined ? "" : ` on ${provenance.date.slice(0, 10)}`;
  const now = {
    stands: "",
    changed: " It no longer stands in this file, but in the history.",
    gone: " The file is gone at the end of the range, but not from the history.",
  };
  return ` Commit ${provenance.commit.slice(0, 12)} added it${on}.${now[provenance.atEnd]}`;
}

/** GitHub shows the file as it is at HEAD, which the line need not fit. */
function commitNote({ provenance }: Match): string {
  if (provenance.kind !== "history" || provenance.commit === undefined || provenance.atEnd) return "";
  const gone =
    provenance.atHead === false ? ", and HEAD has it there no more: the line is that of the commit's version" : "";
  return ` It came with commit ${provenance.commit.slice(0, 12)}${gone}.`;
}

/** Links to the other places of a secret. */
export function linksText(related: readonly Match[], total: number): string {
  if (total === 0) return "";
  const linked = related.slice(0, MOST_LINKS).map((match, at) => link(placeText(match), at + 1));
  const left = total - linked.length;
  const rest = left > 0 ? [`${left} more place${left === 1 ? "" : "s"}`] : [];
  return ` The same secret stands in ${[...linked, ...rest].join(", ")}.`;
}
