import { type Reading, Writer } from "./readings.ts";

/** Columns at which terminals, and what is told to be one, break lines. */
const WIDTHS = new Set([80, 100, 120, 132, 160, 200]);
/** How much of the text is looked at to tell whether its lines are broken, and how many full ones it must have. */
const SAMPLE = 64 * 1024;
const FULL = 3;
const LF = 0x0a;
const CR = 0x0d;

/**
 * Lines that a terminal's width has broken in the middle of a word, as one. Only of a text in which no line is longer than a
 * usual width and some fill it: elsewhere a full line is chance.
 */
export function unwrapped(room: Buffer, length: number, most: number): Reading[] {
  const width = widthOf(room, Math.min(length, SAMPLE));
  if (width === undefined) return [];
  const readings: Reading[] = [];
  let writer = new Writer();
  let open = false;
  for (let at = 0; at < length; ) {
    const feed = room.indexOf(LF, at);
    if (feed < 0 || feed >= length) break;
    const end = endOf(room, at, feed);
    const breaks = end - at === width && isWord(room[end - 1]!) && feed + 1 < length && isWord(room[feed + 1]!);
    if (breaks || open) writer.copy(room.toString("latin1", at, end), at);
    if (open && !breaks) writer.put("\n", end);
    open = breaks;
    if (!open && writer.size >= most) {
      readings.push(writer.reading());
      writer = new Writer();
    }
    at = feed + 1;
  }
  if (writer.size > 0) readings.push(writer.reading());
  return readings;
}

/** The width that lines are broken at. */
function widthOf(room: Buffer, length: number): number | undefined {
  let [longest, full] = [0, 0];
  for (let at = 0; at < length; ) {
    const feed = room.indexOf(LF, at);
    if (feed < 0 || feed >= length) break;
    const width = endOf(room, at, feed) - at;
    if (width > longest) [longest, full] = [width, 0];
    if (width === longest) full++;
    at = feed + 1;
  }
  return full >= FULL && WIDTHS.has(longest) ? longest : undefined;
}

const endOf = (room: Buffer, at: number, feed: number): number =>
  feed > at && room[feed - 1] === CR ? feed - 1 : feed;

/** Characters of tokens: letters, digits and `+ - . / = _ ~`. */
function isWord(byte: number): boolean {
  const letter = byte | 0x20;
  return (
    (letter >= 0x61 && letter <= 0x7a) ||
    (byte >= 0x2d && byte <= 0x39) ||
    byte === 0x2b ||
    byte === 0x3d ||
    byte === 0x5f ||
    byte === 0x7e
  );
}
