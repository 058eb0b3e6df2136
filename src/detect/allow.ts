import type { InlineAllow } from "../model/index.ts";
import { slice, type Text } from "./matcher.ts";

/** Longest line that is read for a comment, on each side of a match. */
const REACH = 2000;

/** The comment that allows the match at [start, end), by whichever convention stands there (docs/usage.md, "Allowing a finding"). */
export function allowedBy(text: Text, rule: string, start: number, end: number): InlineAllow | undefined {
  const lines = linesAround(text, start, end);
  return (
    leakreach(lines, rule) ??
    same(lines.own, /gitleaks:allow/, "gitleaks") ??
    same(lines.own, /betterleaks:allow/, "betterleaks") ??
    same(lines.after, /trufflehog:ignore/, "trufflehog") ??
    kingfisher(lines) ??
    detectSecrets(lines, text.path)
  );
}

/** The word of our own comments, which the kernel looks for, so that unused ones can be named. */
export const ALLOW_WORD = "leakreach:allow";

/** Whether the word at `at` stands in a comment, and not in documentation about one, or in a string of a program. */
export function inComment(text: Text, at: number): boolean {
  if (PROSE.test(text.path) || !COMMENT_SIGN.test(slice(text, at - 8, at))) return false;
  const before = slice(text, at - REACH, at);
  return !isQuoted(before.slice(before.lastIndexOf("\n") + 1));
}

/** Whether a line ends inside of quotes. */
function isQuoted(line: string): boolean {
  let open = "";
  for (const [sign] of line.matchAll(/\\.|["'`]/g)) {
    if (open === "") open = sign.length === 1 ? sign : "";
    else if (sign === open) open = "";
  }
  return open !== "";
}

const PROSE = /\.(?:md|mdx|markdown|adoc|rst)$/i;
const COMMENT_SIGN = /(?:#|\/\/|\/\*|<!--|--|;|%|\brem)[ \t]*$/i;

interface Lines {
  /** The whole lines of the match. */
  readonly own: string;
  /** From the end of the match to the end of its line. */
  readonly after: string;
  readonly previous: string;
  readonly next: string;
}

function linesAround(text: Text, start: number, end: number): Lines {
  const ahead = slice(text, end, end + REACH);
  const behind = slice(text, start - REACH, start);
  const before = behind.split("\n");
  const after = ahead.split("\n");
  return {
    own: `${before.at(-1) ?? ""}${slice(text, start, Math.min(end, start + 4 * REACH))}${after[0] ?? ""}`,
    after: after[0] ?? "",
    previous: before.at(-2) ?? "",
    next: after[1] ?? "",
  };
}

const OWN =
  /leakreach:allow(?:[ \t]+(?<rules>[a-z0-9*][a-z0-9-*]*(?:,[ \t]*[a-z0-9-*]+)*))?(?:[ \t]*--[ \t]*(?<reason>[^\r\n]*?))?[ \t]*(?:\*\/|-->|["'`;,]|$)/;

/** `leakreach:allow <rule> -- reason` on the line of the match, or on a line of its own before it. */
function leakreach(lines: Lines, rule: string): InlineAllow | undefined {
  const own = OWN.exec(lines.own.replaceAll("\r", ""));
  const found = own ?? (COMMENT_LINE.test(lines.previous) ? OWN.exec(lines.previous.replaceAll("\r", "")) : null);
  if (!found) return undefined;
  const rules = found.groups?.rules?.split(/,[ \t]*/) ?? ["*"];
  if (!rules.includes(rule) && !rules.includes("*")) return undefined;
  const reason = found.groups?.reason?.trim();
  return reason ? { by: "leakreach", reason } : { by: "leakreach" };
}

const COMMENT_LINE = /^[ \t]*(?:#|\/\/|\/\*|\*|--|<!--|;|%|'|rem\b|REM\b)/;

function same(line: string, marker: RegExp, by: InlineAllow["by"]): InlineAllow | undefined {
  return marker.test(line) ? { by } : undefined;
}

/** Any case, no comment syntax needed: the line itself, the one before, the one after a value of several lines. */
function kingfisher(lines: Lines): InlineAllow | undefined {
  const near = lines.own.includes("\n") ? [lines.own, lines.previous, lines.next] : [lines.own, lines.previous];
  return near.some((line) => /kingfisher:ignore/i.test(line)) ? { by: "kingfisher" } : undefined;
}

/** A comment that ends its line, with these words in it; in YAML only `#` opens one (detect-secrets, filters/allowlist.py). */
function comment(words: string): { readonly yaml: RegExp; readonly other: RegExp } {
  const yaml = `#[ \\t]*${words}`;
  const other = `(?:#|//|'|--)[ \\t]*${words}|/\\*[ \\t]*${words}.*?\\*/[ \\t\\r]*$|<!--[# \\t]*${words}.*?-->[ \\t\\r]*$`;
  return { yaml: new RegExp(yaml, "m"), other: new RegExp(other, "m") };
}

const SAME_LINE = comment("pragma: ?(?:allow|white)list[ -]secret");
const NEXT_LINE = comment("pragma: ?allowlist[ -]nextline[ -]secret");

function detectSecrets(lines: Lines, path: string): InlineAllow | undefined {
  const language = /\.ya?ml$/i.test(path) ? "yaml" : "other";
  const next = NEXT_LINE[language].exec(lines.previous);
  const alone = next !== null && lines.previous.slice(0, next.index).trim() === "";
  return SAME_LINE[language].test(lines.own) || alone ? { by: "detect-secrets" } : undefined;
}
