import type { Rule } from "../model/index.ts";

/** Stands for what is left out. */
export const REDACTED = "…";

/** The longest public prefixes (`github_pat_`, `-----BEGIN`) are shorter; anything longer may be part of a body. */
const LONGEST_PREFIX = 16;

/** At least this much of a secret must stay hidden, or a short one would be shown nearly whole. */
const LEAST_HIDDEN = 8;

/**
 * Shows the public prefix of a secret at most: `ghp_…`. Of a JWT, or anything else that is encoded JSON, shows nothing.
 *
 * A rule's keyword counts as a public prefix only if it looks like one: it ends in a separator (`ghp_`, `SG.`) or mixes
 * capitals in (`AKIA`). A word such as `password` may be how somebody's password begins.
 */
export function redact(secret: string, rule: Pick<Rule, "id" | "keywords"> | undefined): string {
  if (isEncodedJson(secret)) return REDACTED;
  const prefixes = (rule?.keywords ?? []).filter((keyword) => isPublicPrefix(keyword, secret));
  const longest = prefixes.reduce((best, keyword) => (keyword.length > best.length ? keyword : best), "");
  return longest + REDACTED;
}

function isPublicPrefix(keyword: string, secret: string): boolean {
  if (keyword.length > LONGEST_PREFIX || secret.length - keyword.length < LEAST_HIDDEN) return false;
  if (!secret.startsWith(keyword)) return false;
  const looksMade = /[_.:-]$/.test(keyword) || /^-----[A-Z]+$/.test(keyword) || /^[A-Za-z0-9]{3,4}$/.test(keyword);
  return looksMade && !/^[a-z]+$/.test(keyword);
}

function isEncodedJson(secret: string): boolean {
  return Buffer.from(secret.slice(0, 24), "base64url").toString("latin1").trimStart().startsWith("{");
}

/**
 * Characters that a terminal obeys or that make text look like other text: C0, DEL and C1 controls (with them ESC and
 * newlines), bidi controls (Unicode UAX 9), line separators, invisible characters, tags, lone surrogates.
 */
const UNSAFE =
  /[\0-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}\ud800-\udfff]/gu;

/** Most texts hold none of those, which this tells many times faster. */
const UNUSUAL = /[^\n\x20-\x7e]/;

const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** Escapes what a terminal would obey or hide, so that scanned text stays one line of visible text. */
export function plain(text: string): string {
  if (!UNUSUAL.test(text) && !text.includes("\n")) return text;
  return text.replace(UNSAFE, (character) => SHORT[character] ?? escaped(character.codePointAt(0)!));
}

function escaped(code: number): string {
  const digits = code.toString(16);
  if (code < 0x100) return `\\x${digits.padStart(2, "0")}`;
  return code < 0x10000 ? `\\u${digits.padStart(4, "0")}` : `\\u{${digits}}`;
}

/** Escapes scanned text for Markdown (CommonMark 2.4), HTML in it included; the result is one line. */
export function markdown(text: string): string {
  return plain(text)
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/[\\`*_{}[\]()#+!|>~@:-]/g, (mark) => `\\${mark}`);
}

/** A code span that holds any text (CommonMark 6.1): its fence is longer than any run of backticks inside. */
export function codeSpan(text: string): string {
  const shown = plain(text);
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return longest === 0 ? fence + shown + fence : `${fence} ${shown} ${fence}`;
}

/** What is unsafe, and surrogates of all kinds, but for what JSON.stringify escapes: a quick test, as mostly there is none. */
const MAYBE_UNSAFE =
  /[\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]/;

/** JSON text that is safe on a terminal: what JSON.stringify leaves raw (C1 and bidi controls) is written as `\u…`. */
export function safeJson(value: unknown, indent?: number): string {
  const json = JSON.stringify(value, null, indent);
  if (!MAYBE_UNSAFE.test(json)) return json;
  // A raw newline stands between JSON's own lines only: inside strings it is escaped.
  return json.replace(UNSAFE, (found) => (found === "\n" ? found : unicodeEscape(found)));
}

function unicodeEscape(character: string): string {
  return [...Array(character.length).keys()]
    .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`)
    .join("");
}

/** Cuts a text to a number of UTF-16 units, never inside a surrogate pair, and says so with an ellipsis. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = /[\ud800-\udbff]/.test(text[most - 2]!) ? most - 2 : most - 1;
  return text.slice(0, end) + REDACTED;
}
