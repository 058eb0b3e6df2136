import { spotsOf } from "./buckets.ts";
import {
  type Candidate,
  FLAG_ENCODED,
  FLAG_ESCAPED,
  FLAG_ESCAPES,
  FLAG_SPOKEN,
  folded,
  KIND_LITERAL,
  KIND_PREFIX,
  KIND_RUN,
  type Literal,
  type Prefix,
  WORD_BEFORE,
  WORD_INSIDE,
} from "./layout.ts";

// The slow twin of the kernel: says in plain TypeScript what the WebAssembly must find. Tests compare the two.

const MIN_RUN = 16;
const MIN_STRETCH = 8;
const MIN_ENCODED = 20;
const TOKEN = /[A-Za-z0-9_\-+/=.]+/g;
const ESCAPE = /^(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[nrtbfv0])/;

/** What `Kernel.candidates` must return for these bytes. */
export function referenceCandidates(
  bytes: Uint8Array,
  prefixes: readonly Prefix[],
  literals: readonly Literal[],
  words: readonly string[],
): Candidate[] {
  const text = Buffer.from(bytes).toString("latin1");
  const spoken = new Set(words.map(folded).filter((word) => word.length >= 3));
  const found: Candidate[] = [];
  for (const run of text.matchAll(TOKEN)) {
    if (run[0].length >= MIN_RUN) found.push(...judge(text, run.index, run.index + run[0].length, prefixes, spoken));
  }
  return [...found, ...literalsIn(text, literals)];
}

/** Where the colour in front of a run starts: no colour is longer than 24. */
function beforeColour(text: string, start: number): number {
  let at = start - 1;
  while (at > Math.max(0, start - 24) && /[;0-9]/.test(text[at]!)) at--;
  return text[at - 1] === "\x1b" ? at - 1 : at;
}

function judge(
  text: string,
  start: number,
  end: number,
  prefixes: readonly Prefix[],
  words: ReadonlySet<string>,
): Candidate[] {
  const found: Candidate[] = [];
  let escaped = afterEscape(text, start, end);
  let colour = -1;
  let front = start;
  if (escaped > 0 && /[[;]/.test(text[start - 1]!)) {
    front = beforeColour(text, start);
    start = escaped;
    escaped = -1;
    colour = start;
  }
  for (let at = start; at < end; at++) {
    const edge = at === start || /[^A-Za-z0-9]/.test(text[at - 1]!);
    if (!/[A-Za-z0-9]/.test(text[at]!) || (!edge && at !== escaped)) continue;
    // Newest entry first: the kernel's lists grow at their heads.
    for (const prefix of [...prefixes].reverse()) {
      if (text.slice(at, end).startsWith(prefix.text) && end - at >= (prefix.least ?? 0)) {
        found.push({ start: at, end, kind: KIND_PREFIX | (edge && at !== colour ? 0 : FLAG_ESCAPED) | prefix.id });
      }
    }
  }
  const flags = runFlags(text, front, start, end, words);
  if (flags) found.push({ start, end, kind: KIND_RUN | flags });
  return found;
}

/** Why a run is worth a look: a word speaks for it, it begins like encoded text, or escapes stand next to it. */
function runFlags(text: string, front: number, start: number, end: number, words: ReadonlySet<string>): number {
  const run = text.slice(start, end);
  let flags = run.split(/[=.]/).some((piece) => piece.length >= MIN_ENCODED && encoded(piece)) ? FLAG_ENCODED : 0;
  if (!run.split(/[_\-=.]/).some((stretch) => stretch.length >= MIN_STRETCH && mixes(stretch))) return flags;
  const before = text.slice(Math.max(0, front - WORD_BEFORE), front);
  const context = folded(before + text.slice(start, Math.min(end, start + WORD_INSIDE)));
  const signed = run.includes("=") || assigned(text, front);
  if (signed && [...words].some((word) => context.includes(word))) flags |= FLAG_SPOKEN;
  if (/[%\\&]/.test(text.slice(Math.max(0, start - 6), start) + text.slice(end, end + 6))) flags |= FLAG_ESCAPES;
  return flags;
}

function assigned(text: string, start: number): boolean {
  const blanks = /[ \t]*$/.exec(text.slice(Math.max(0, start - 48), start))![0].length;
  const before = text[start - blanks - 1];
  if (before === undefined || /[=:(,>[{|"'`\\\n\r]/.test(before)) return true;
  return blanks > 0 && /[A-Za-z0-9_-]/.test(before);
}

function encoded(piece: string): boolean {
  const hex = /^[0-9a-fA-F]{16}/.exec(piece)?.[0];
  if (hex && isText([...Buffer.from(hex, "hex")])) return true;
  const bytes = [...Buffer.from(piece.slice(0, 12), "base64")];
  if (isText(bytes)) return true;
  const odd = bytes.filter((_, i) => i % 2 === 1);
  return odd.every((b) => b === 0) && isText(bytes.filter((_, i) => i % 2 === 0)) && bytes.every((b) => b < 0x80);
}

/** Printable UTF-8, perhaps cut in its last character. */
function isText(bytes: readonly number[]): boolean {
  let wanted = 0;
  for (const b of bytes) {
    if (wanted > 0) {
      if ((b & 0xc0) !== 0x80) return false;
      wanted--;
    } else if (b >= 0xc2 && b <= 0xf4) wanted = b >= 0xf0 ? 3 : b >= 0xe0 ? 2 : 1;
    else if (!((b >= 0x20 && b < 0x7f) || b === 9 || b === 10 || b === 13)) return false;
  }
  return true;
}

/** Some beginning of the stretch is long enough and has a digit and a letter; it must end on one of them. */
function mixes(stretch: string): boolean {
  for (let n = MIN_STRETCH; n <= stretch.length; n++) {
    const part = stretch.slice(0, n);
    if (/[A-Za-z0-9]$/.test(part) && /\d/.test(part) && /[A-Za-z]/.test(part)) return true;
  }
  return false;
}

function afterEscape(text: string, start: number, end: number): number {
  const before = text[start - 1];
  const run = text.slice(start, end);
  if (before === "\\") {
    const length = ESCAPE.exec(run)?.[0].length ?? 0;
    // A hexadecimal escape must leave something behind it.
    return length === 0 || (length > 1 && length >= run.length) ? -1 : start + length;
  }
  if (before === "%") return /^[0-9a-fA-F]{2}./.test(run) ? start + 2 : -1;
  if (before === "[" || before === ";") {
    const bare = before === "[" && text[start - 2] === "\x1b";
    const colour = (bare ? /^\d{0,4}[mK]/ : /^\d{1,4}[mK]/).exec(run);
    return colour ? start + colour[0].length : -1;
  }
  return -1;
}

function literalsIn(text: string, literals: readonly Literal[]): Candidate[] {
  const hits: { at: number; order: number; candidate: Candidate }[] = [];
  const spots = spotsOf(literals);
  literals.forEach((literal, order) => {
    const haystack = literal.fold ? text.replace(/[A-Z]/g, (c) => c.toLowerCase()) : text;
    for (let at = haystack.indexOf(literal.text); at >= 0; at = haystack.indexOf(literal.text, at + 1)) {
      if (!followed(literal, text, at)) continue;
      const candidate = { start: at, end: at + literal.text.length, kind: KIND_LITERAL | literal.id };
      hits.push({ at: at + spots[order]!.fragment, order, candidate });
    }
  });
  // The kernel finds by fragment, and by newest entry where two share one.
  return hits.sort((a, b) => a.at - b.at || b.order - a.order).map((hit) => hit.candidate);
}

function followed(literal: Literal, text: string, at: number): boolean {
  const rest = text.slice(at + literal.text.length);
  if (literal.check === "userinfo") return /^[^\s"'<>`/:@\x00-\x20]*:[^\s"'<>`@\x00-\x20]*@/.test(rest.slice(0, 300));
  if (literal.check === "none") return true;
  const near = rest.slice(0, 40);
  const name = /^[A-Za-z0-9_.-]*["'`[\])\\ \t]*/.exec(near)?.[0] ?? "";
  const next = near[name.length];
  if (next === undefined) return false;
  if ("=:>,({|?".includes(next)) return true;
  if (next === "<" && near.length > name.length + 1) return /^<[-/]/.test(near.slice(name.length));
  if (/^[A-Za-z0-9_.-]*(?:["'`[\])\\ \t]|(?=[\n\r]))+[A-Za-z0-9_.\-"'`[\])\\ \t&\n\r]*(?:[=:]|(?<= )["'])/.test(near))
    return true;
  if (/ ['"]$/.test(literal.text + rest.slice(0, name.length)) && name.length > 0) return true;
  const last = (text.slice(0, at + literal.text.length) + name).at(-1);
  const before = text[at - 1] ?? " ";
  if (/[\n\r]/.test(next) && /[,;\t_"]/.test(before)) return true;
  if (/[,;\t]/.test(before) && (next === ";" || last === "\t")) return true;
  return last === " " && (before === "-" || before === "_");
}
