const BEL = 0x07;
const LF = 0x0a;
const ESC = 0x1b;

/** Longest control sequence: more parameters than any terminal takes. */
const LONGEST_CONTROL = 64;
/** Longest string (a title, a link) that is taken for one. */
export const LONGEST_STRING = 4096;
/** Longest note that Jenkins puts in a line. */
const LONGEST_NOTE = 64 * 1024;

/** Most bytes that must stand behind an escape to know where it ends. */
export const LONGEST_ESCAPE = LONGEST_NOTE;

/** The text ends before the escape does. */
export const UNFINISHED = -1;

/**
 * The end of the escape sequence at `at` (ECMA-48, 5.3 to 5.6: control sequences, control strings ended by ST or BEL, single
 * functions), a ConsoleNote of Jenkins as a whole; {@link UNFINISHED} if the text ends first, `at` if it is none.
 */
export function escapeEnd(bytes: Uint8Array, at: number, end: number): number {
  if (at + 1 >= end) return UNFINISHED;
  const kind = bytes[at + 1]!;
  if (kind === 0x5b) return controlEnd(bytes, at, end);
  if (kind === 0x5d || kind === 0x50 || kind === 0x58 || kind === 0x5e || kind === 0x5f)
    return stringEnd(bytes, at, end);
  if (kind >= 0x23 && kind <= 0x2f) return charsetEnd(bytes, at, end);
  // Save, restore, keypad modes, and what ends a string.
  return kind === 0x37 || kind === 0x38 || kind === 0x3d || kind === 0x3e || kind === 0x5c ? at + 2 : at;
}

/** `ESC [`, parameters, intermediate bytes, one final byte. */
function controlEnd(bytes: Uint8Array, at: number, end: number): number {
  const stop = Math.min(end, at + LONGEST_CONTROL);
  for (let i = at + 2; i < stop; i++) {
    const byte = bytes[i]!;
    if (byte >= 0x40 && byte <= 0x7e) return noteEnd(bytes, at, i + 1, end);
    if (byte < 0x20 || byte > 0x3f) return at;
  }
  return stop === end ? UNFINISHED : at;
}

/** `ESC ]`, `ESC P`, `ESC X`, `ESC ^`, `ESC _`, a text of one line, then BEL or ST. */
function stringEnd(bytes: Uint8Array, at: number, end: number): number {
  const stop = Math.min(end, at + LONGEST_STRING);
  for (let i = at + 2; i < stop; i++) {
    const byte = bytes[i]!;
    if (byte === BEL) return i + 1;
    if (byte === LF) return at;
    if (byte === ESC) {
      if (i + 1 === end) return UNFINISHED;
      return bytes[i + 1] === 0x5c ? i + 2 : at;
    }
  }
  return stop === end ? UNFINISHED : at;
}

/** A set of characters: `ESC ( B` and its like (ISO 2022). */
function charsetEnd(bytes: Uint8Array, at: number, end: number): number {
  if (at + 2 >= end) return UNFINISHED;
  const byte = bytes[at + 2]!;
  return (byte >= 0x30 && byte <= 0x39) || (byte >= 0x40 && byte <= 0x5a) ? at + 3 : at;
}

const NOTE = Buffer.from("\x1b[8mha:");

/**
 * Jenkins hides a serialized object in a line: `ESC[8mha:`, base64, `ESC[0m` (hudson.console.ConsoleNote). It begins with the
 * length of its signature, so with `////` or `AAAA`, and is packed: nothing in it can be read as text.
 */
function noteEnd(bytes: Uint8Array, at: number, after: number, end: number): number {
  if (after !== at + 4 || bytes[at + 2] !== 0x38 || bytes[at + 3] !== 0x6d) return after;
  for (let i = 4; i < NOTE.length; i++) {
    if (at + i >= end) return UNFINISHED;
    if (bytes[at + i] !== NOTE[i]) return after;
  }
  const stop = Math.min(end, at + LONGEST_NOTE);
  for (let i = at + NOTE.length; i < stop; i++) {
    const byte = bytes[i]!;
    if (i < at + NOTE.length + 4 ? byte !== 0x2f && byte !== 0x41 : !isBase64(byte)) {
      if (byte !== ESC || i < at + NOTE.length + 4) return after;
      if (i + 3 >= end) return UNFINISHED;
      return bytes[i + 1] === 0x5b && bytes[i + 2] === 0x30 && bytes[i + 3] === 0x6d ? i + 4 : after;
    }
  }
  return stop === end ? UNFINISHED : after;
}

const isBase64 = (byte: number): boolean =>
  (byte >= 0x30 && byte <= 0x39) ||
  (byte >= 0x41 && byte <= 0x5a) ||
  (byte >= 0x61 && byte <= 0x7a) ||
  byte === 0x2b ||
  byte === 0x2f ||
  byte === 0x3d;

/** Milliseconds that Buildkite writes before a line: `ESC _ bk;t=1700000000000 BEL`. */
export function buildkiteTime(bytes: Buffer, at: number, end: number): number | undefined {
  if (bytes[at + 1] !== 0x5f || bytes[at + 2] !== 0x62) return undefined;
  const found = /^bk;t=(\d{12,14})$/.exec(bytes.toString("latin1", at + 2, end - 1));
  return found ? Number(found[1]) / 1000 : undefined;
}
