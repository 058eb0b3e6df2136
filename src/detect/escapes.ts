/** A text with its escapes decoded once, and the way between its places and those of the escaped text. */
export class Unescaped {
  readonly text: string;
  /** Of each stretch that moved as one: where it begins here, and where it began there. An escape is a stretch of one character. */
  readonly #here: readonly number[];
  readonly #there: readonly number[];
  readonly #end: number;

  constructor(text: string, here: readonly number[], there: readonly number[], end: number) {
    this.text = text;
    this.#here = here;
    this.#there = there;
    this.#end = end;
  }

  /** Where a character stood in the escaped text; for the end of the text, the end of that one. */
  outward(index: number): number {
    if (index >= this.text.length) return this.#end;
    const stretch = lastAtMost(this.#here, index);
    return this.#there[stretch]! + index - this.#here[stretch]!;
  }

  /** The last character that stood at a place of the escaped text or before it. */
  inward(place: number): number {
    if (place >= this.#end) return this.text.length;
    const stretch = lastAtMost(this.#there, place);
    const next = this.#here[stretch + 1] ?? this.text.length;
    return Math.min(this.#here[stretch]! + place - this.#there[stretch]!, next - 1);
  }
}

/** The index of the last of these rising numbers that is not above `most`. */
function lastAtMost(rising: readonly number[], most: number): number {
  let low = 0;
  let high = rising.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (rising[middle]! <= most) low = middle;
    else high = middle - 1;
  }
  return low;
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
  const here: number[] = [];
  const there: number[] = [];
  let text = "";
  let last = 0;
  const stretch = (from: number, piece: string) => {
    if (piece === "") return;
    here.push(text.length);
    there.push(from);
    text += piece;
  };
  for (const found of raw.matchAll(ESCAPES)) {
    stretch(last, raw.slice(last, found.index));
    stretch(found.index, character(found[0]));
    last = found.index + found[0].length;
  }
  if (last === 0) return undefined;
  stretch(last, raw.slice(last));
  return new Unescaped(text, here, there, raw.length);
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
