/** A text with its escapes decoded once. */
export interface Unescaped {
  readonly text: string;
  /** Where each character stood in the escaped text; one more for its end. */
  readonly at: readonly number[];
}

const NAMED: Readonly<Record<string, string>> = { amp: "&", quot: '"', apos: "'", lt: "<", gt: ">" };
const CONTROLS: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

/** Escapes that hide what a value is or where it starts: of URLs, programs, JSON and HTML. */
export const ESCAPED =
  /%[0-9a-fA-F]{2}|\\u00[0-9a-fA-F]{2}|\\x[0-9a-fA-F]{2}|&(?:#x[0-9a-fA-F]{2}|#\d{2,3}|amp|quot|apos|lt|gt);/;

/** All of those, escapes of one character, and colours of a terminal (ECMA-48, 8.3.117). */
const ESCAPES = new RegExp(`${ESCAPED.source}|\\\\[nrt"'/\\\\]|\\x1b\\[[\\d;]{0,16}[A-Za-z]`, "g");

/** Decodes the escapes of a text, one level of them; undefined when there are none. */
export function unescaped(raw: string): Unescaped | undefined {
  const text: string[] = [];
  const at: number[] = [];
  let last = 0;
  const copy = (to: number) => {
    for (let i = last; i < to; i++) {
      text.push(raw[i]!);
      at.push(i);
    }
  };
  for (const found of raw.matchAll(ESCAPES)) {
    copy(found.index);
    text.push(character(found[0]));
    at.push(found.index);
    last = found.index + found[0].length;
  }
  if (last === 0) return undefined;
  copy(raw.length);
  at.push(raw.length);
  return { text: text.join(""), at };
}

/** One character for each escape; a colour counts as a blank. */
function character(found: string): string {
  if (found.startsWith("\x1b")) return " ";
  if (found.startsWith("&#x")) return code(found.slice(3), 16);
  if (found.startsWith("&#")) return code(found.slice(2), 10);
  if (found.startsWith("&")) return NAMED[found.slice(1, -1)]!;
  if (found.length === 2) return CONTROLS[found[1]!] ?? found[1]!;
  return code(found.slice(-2), 16);
}

/** Texts are Latin-1 here: one character a byte. */
const code = (digits: string, base: number): string => String.fromCharCode(Number.parseInt(digits, base) & 255);
