import type { Text } from "./matcher.ts";
import type { View } from "./views.ts";

/** Bytes between two looks. A run of UTF-16 that is not seen at any of them has fewer than {@link STRIDE} characters. */
const STRIDE = 16;
/** Shortest run, in bytes. */
const SHORTEST = 2 * STRIDE;
/** Most bytes of text in one view, and how far two views of one long run overlap. */
const LONGEST = 512 * 1024;
const OVERLAP = 16 * 1024;

type Bytes = Pick<Text, "bytes" | "length">;

/** Characters of a run: `count` of them, the first one's byte at `at`, each two bytes from the last. */
interface Run {
  readonly at: number;
  readonly count: number;
}

/**
 * The UTF-16 text in a binary file (resources of a program, strings of an assembly, an export without a byte order mark),
 * as views with exact places. Characters up to U+00FF count: secrets have no others. Ordinary text, which has no zero
 * bytes, costs one search for such a byte.
 */
export function wideViews({ bytes, length }: Bytes): View[] {
  const zero = bytes.indexOf(0);
  if (zero < 0 || zero >= length) return [];
  const views: View[] = [];
  let runs: Run[] = [];
  let size = 0;
  const close = () => {
    if (runs.length) views.push(viewOf({ bytes, length }, runs));
    runs = [];
    size = 0;
  };
  for (const run of runsFrom(bytes, Math.max(0, zero - STRIDE), length)) {
    for (let from = 0; from === 0 || from + OVERLAP < run.count; from += LONGEST - OVERLAP) {
      const part = { at: run.at + 2 * from, count: Math.min(LONGEST, run.count - from) };
      if (size + part.count > LONGEST) close();
      runs.push(part);
      size += part.count + 1;
    }
  }
  close();
  return views;
}

function* runsFrom(bytes: Buffer, begin: number, end: number): Generator<Run> {
  let behind = begin;
  // Four bytes are looked at together, and most looks see none of it.
  const words = wordsOf(bytes, end);
  const shift = words.byteOffset - bytes.byteOffset;
  for (let word = begin >> 2; word < words.length; word += STRIDE / 4) {
    const four = words[word]!;
    if ((four & EVEN) !== 0 && (four & ODD) !== 0) continue;
    if (four === 0) continue;
    const look = shift + 4 * word;
    const at = bytes[look] === 0 ? look + 1 : look;
    if (!isPair(bytes, at, end) || !isPair(bytes, at + 2, end)) continue;
    let first = at;
    while (first - 2 >= behind && isPair(bytes, first - 2, end)) first -= 2;
    let last = at + 2;
    while (isPair(bytes, last + 2, end)) last += 2;
    // The last character of a big-endian run has no zero behind it.
    if (first > 0 && bytes[first - 1] === 0 && last + 2 < end && isText(bytes[last + 2]!)) last += 2;
    if (last + 2 - first >= SHORTEST) yield { at: first, count: (last - first) / 2 + 1 };
    behind = last + 2;
    word = Math.max(word, ((last - shift) >> 2) - STRIDE / 4);
  }
}

const EVEN = 0x00ff00ff;
const ODD = 0xff00ff00;

/** The bytes before a place, four at a time, from the first place that can be read so. */
function wordsOf(bytes: Buffer, end: number): Int32Array {
  const shift = -bytes.byteOffset & 3;
  return new Int32Array(bytes.buffer, bytes.byteOffset + shift, Math.max(0, end - shift) >> 2);
}

/** Whether a character of text stands at a place, and a zero behind it. */
function isPair(bytes: Buffer, at: number, end: number): boolean {
  return at + 1 < end && bytes[at + 1] === 0 && isText(bytes[at]!);
}

const isText = (byte: number): boolean =>
  byte < 32 ? byte === 9 || byte === 10 || byte === 13 : byte < 127 || byte >= 160;

/** Runs as one text, a line each. */
function viewOf({ bytes, length }: Bytes, runs: readonly Run[]): View {
  const text = Buffer.allocUnsafe(runs.reduce((sum, { count }) => sum + count + 1, 0));
  /** Where each run begins in the text. */
  const starts: number[] = [];
  let to = 0;
  for (const { at, count } of runs) {
    starts.push(to);
    for (let i = 0; i < count; i++) text[to++] = bytes[at + 2 * i]!;
    text[to++] = 10;
  }
  const raw = (offset: number): number => {
    const i = runAt(starts, offset);
    return runs[i]!.at + 2 * (offset - starts[i]!);
  };
  const bigEndian = runs.map(({ at, count }) => isBigEndian({ bytes, length }, at, count));
  return {
    encoding: "utf-16",
    bytes: text,
    span: (from, end) => {
      const before = bigEndian[runAt(starts, from)] ? 1 : 0;
      return { start: raw(from) - before, end: raw(end - 1) + 2 - before };
    },
  };
}

/** The zero of a big-endian character stands before it: there is one before the first, and none behind the last. */
function isBigEndian({ bytes, length }: Bytes, at: number, count: number): boolean {
  const behind = at + 2 * count - 1;
  return at > 0 && bytes[at - 1] === 0 && (behind >= length || bytes[behind] !== 0);
}

/** The last of some sorted places that is not behind an offset. */
function runAt(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
