import { isUtf8 } from "node:buffer";
import { ESCAPED, unescaped } from "./escapes.ts";
import { slice, type Text } from "./matcher.ts";

/** Text that was wrapped in an encoding, with the way back from each of its bytes to the text it came from. */
export interface View {
  readonly encoding: string;
  readonly bytes: Buffer;
  /** Raw offsets [start, end) of the bytes [from, to) of the view. */
  span(from: number, to: number): Stretch;
}

/** A stretch of raw text. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  /** What is found does not stand in the text there, but in what was cut out of it: it is no rival of what does. */
  readonly apart?: true;
}

/** Shortest encoded text that can hide a secret: 15 bytes, such as `password=` and six characters. */
const SHORTEST = 20;
/** Longest piece that is decoded at once; longer ones are decoded in overlapping pieces. */
const PIECE = 900_000;
const OVERLAP = 90_000;

/** Views of a run of token characters: base64 (standard, url, wrapped over lines) and hexadecimal. */
export function* viewsOfRun(
  text: Text,
  start: number,
  end: number,
  skipTo: number,
): Generator<View & { readonly rawEnd: number }> {
  for (const [from, to] of segments(text, start, end)) {
    if (from < skipTo) continue;
    if (to - from >= SHORTEST) yield* viewOf(text, from, to);
  }
}

/** Pieces of a run between dots, equal signs and the like: an encoded text has none inside. */
function* segments(text: Text, start: number, end: number): Generator<[number, number]> {
  let from = start;
  for (let at = start; at <= end; at++) {
    const c = at < end ? text.bytes[at]! : 0x2e;
    if (c === 0x2e || c === 0x3d) {
      if (at > from) yield [from, at];
      from = at + 1;
    }
  }
}

function* viewOf(text: Text, from: number, to: number): Generator<View & { readonly rawEnd: number }> {
  const head = slice(text, from, from + 16);
  if (/^[0-9a-fA-F]{16}$/.test(head) && printable(Buffer.from(head, "hex"))) {
    const digits = /^[0-9a-fA-F]+/.exec(slice(text, from, Math.min(to, from + PIECE)))![0];
    if (digits.length >= 32 && digits.length % 2 === 0) yield hexView(from, digits);
    return;
  }
  if (!promising(head)) return;
  const chars = gatherText(text, from, to);
  for (let at = 0; at === 0 || at + OVERLAP < chars.at.length; at += PIECE - OVERLAP) {
    const view = base64View(chars, at, Math.min(chars.at.length, at + PIECE));
    if (view) yield view;
  }
}

/** The first 12 characters decode to printable text, with or without a zero byte after each letter (UTF-16). */
function promising(head: string): boolean {
  const bytes = Buffer.from(head.slice(0, 12), "base64");
  return (
    bytes.length >= 8 &&
    (printable(bytes) || (bytes[1] === 0 && bytes[3] === 0 && printable(bytes.filter((b) => b !== 0))))
  );
}

/** UTF-8 text, perhaps cut inside its last character. */
function printable(bytes: Uint8Array): boolean {
  const plain = (b: number) => (b >= 0x20 && b < 0x7f) || b === 9 || b === 10 || b === 13;
  if (bytes.every(plain)) return bytes.length > 0;
  return (
    bytes.every((b) => b >= 0x80 || plain(b)) &&
    [0, 1, 2, 3].some((cut) => isUtf8(bytes.subarray(0, bytes.length - cut)))
  );
}

/** Enough characters of base64 to tell text from data by, in UTF-16, too. */
const SAMPLE = 12_000;

/** All characters of an encoded text; none of a long one that begins as a picture or the like does. */
function gatherText(text: Text, from: number, to: number): Chars {
  const sample = gather(text, from, Math.min(to, from + SAMPLE), SAMPLE);
  if (sample.at.length < SAMPLE) return sample;
  return base64View(sample, 0, sample.at.length) ? gather(text, from, to) : NOTHING;
}

interface Chars {
  readonly text: string;
  /** Raw offset of each character. */
  readonly at: Uint32Array;
}

const NOTHING: Chars = { text: "", at: new Uint32Array() };

/** Between two lines of an encoded text: a line feed, one that is written as an escape, or the end of one string and the start of the next. */
const WRAP =
  /^(?:(?:\\r)?(?:\\n)?(["'`])[ \t]{0,8}[+&.\\]?[ \t]{0,8}\r?\n[ \t]{0,40}(?:[+&.][ \t]{0,8})?\1|\r?\n|\\r\\n|\\n)[ \t]{0,40}/;
/** More than lies between two lines. */
const BETWEEN = 120;

/**
 * The characters of an encoded text, lines joined when it is wrapped: equal lines of 40 to 200 characters, the last one shorter.
 * A wrapped text ends with the line that comes to `enough`.
 */
function gather(text: Text, from: number, to: number, enough = Number.POSITIVE_INFINITY): Chars {
  const pieces: string[] = [slice(text, from, to)];
  const starts: number[] = [from];
  let lineStart = from;
  let end = to;
  const width = to - from;
  if (width >= 40 && width <= 200) {
    for (let lines = 0; lines < 20_000 && (lines + 1) * width < enough; lines++) {
      const gap = WRAP.exec(slice(text, end, end + BETWEEN))?.[0];
      if (!gap) break;
      lineStart = end + gap.length;
      const line = /^[A-Za-z0-9+/_-]{1,200}/.exec(slice(text, lineStart, lineStart + 201))?.[0];
      if (!line || line.length > width) break;
      pieces.push(line);
      starts.push(lineStart);
      end = lineStart + line.length;
      if (line.length < width) break;
    }
  }
  const all = pieces.join("");
  const at = new Uint32Array(all.length);
  let i = 0;
  pieces.forEach((piece, k) => {
    for (let j = 0; j < piece.length; j++) at[i++] = starts[k]! + j;
  });
  return { text: all, at };
}

function base64View(chars: Chars, from: number, to: number): (View & { readonly rawEnd: number }) | undefined {
  const decoded = Buffer.from(chars.text.slice(from, to), "base64");
  const narrow = decoded[1] === 0 && decoded[3] === 0 ? narrowed(decoded) : undefined;
  const bytes = narrow?.bytes ?? decoded;
  if (!mostlyText(bytes)) return undefined;
  const position = (byte: number, up: boolean) => {
    const index = narrow ? narrow.at(byte) : byte;
    const char = from + (up ? Math.ceil((index * 4) / 3) : Math.floor((index * 4) / 3));
    return Math.min(char, to);
  };
  const raw = (index: number) => (index < chars.at.length ? chars.at[index]! : chars.at[chars.at.length - 1]! + 1);
  return {
    encoding: "base64",
    bytes,
    rawEnd: raw(to - 1) + 1,
    span: (a, b) => ({ start: raw(position(a, false)), end: raw(Math.max(position(b, true) - 1, from)) + 1 }),
  };
}

/** UTF-16 as UTF-8, and where each of its bytes stood. */
function narrowed(wide: Buffer): { readonly bytes: Buffer; at(byte: number): number } {
  const text = wide.toString("utf16le");
  const bytes = Buffer.from(text, "utf8");
  if (bytes.length === text.length) return { bytes, at: (byte) => 2 * byte };
  const places: number[] = [];
  let unit = 0;
  for (const character of text) {
    for (let i = Buffer.byteLength(character); i > 0; i--) places.push(2 * unit);
    unit += character.length;
  }
  return { bytes, at: (byte) => places[byte] ?? wide.length };
}

function hexView(from: number, digits: string): View & { readonly rawEnd: number } {
  return {
    encoding: "hex",
    bytes: Buffer.from(digits, "hex"),
    rawEnd: from + digits.length,
    span: (a, b) => ({ start: from + 2 * a, end: from + 2 * b }),
  };
}

/** At least nine of ten bytes are text: binary that starts with letters by chance is not looked at. */
function mostlyText(bytes: Buffer): boolean {
  const sample = bytes.subarray(0, 4096);
  let odd = 0;
  for (const b of sample) if (b < 9 || (b > 13 && b < 32 && b !== 27) || b === 127) odd++;
  return bytes.length >= 12 && odd * 10 <= sample.length;
}

const AROUND = 3000;

/** The view of a stretch with percent, `\uXXXX`, `\xXX` or `&#61;` escapes around [start, end), if there are any. */
export function escapedView(
  text: Text,
  start: number,
  end: number,
  notBefore: number,
): (View & { readonly rawEnd: number }) | undefined {
  const near = slice(text, start - 6, end + 6);
  if (!ESCAPED.test(near)) return undefined;
  const from = stretchStart(text, start, Math.max(notBefore, start - AROUND));
  const raw = /^[^\s<>]*/.exec(slice(text, from, Math.min(end, start + AROUND) + AROUND))?.[0] ?? "";
  const plain = unescaped(raw);
  if (!plain) return undefined;
  const place = (index: number) => from + plain.outward(index);
  return {
    encoding: "escapes",
    bytes: Buffer.from(plain.text, "latin1"),
    rawEnd: from + raw.length,
    span: (a, b) => ({ start: place(a), end: place(b) }),
  };
}

function stretchStart(text: Text, at: number, stop: number): number {
  while (at > stop && text.bytes[at - 1]! > 0x20 && text.bytes[at - 1] !== 0x3c) at--;
  text.note?.(at - 1, at);
  return at;
}
