const BLANK = 0x20;

/** What a CI system puts before a line. */
export interface Stamp {
  /** Bytes it takes, the blank behind it included. */
  readonly length: number;
  /** Epoch seconds. */
  readonly time: number;
  /** The line goes on with the one before it (GitLab, FF_TIMESTAMPS: `+` behind the stream's letter). */
  readonly continues: boolean;
}

/** Longest stamp: a byte order mark, GitLab's 32 bytes, one to spare. */
export const LONGEST_STAMP = 48;

/** The shape of `2024-03-14T09:26:53.5897932Z`: 0 for a digit. */
const SHAPE = "0000-00-00T00:00:00.";

/**
 * The stamp at a line's start: `2023-09-21T17:21:33.6471522Z ` (GitHub, Azure), the same with ` 00O ` or ` 00O+` behind it
 * (GitLab), or in brackets (Jenkins' timestamper). Undefined if there is none. `at` is behind a byte order mark.
 */
export function stampAt(bytes: Uint8Array, at: number, end: number): Stamp | undefined {
  const bracket = bytes[at] === 0x5b ? 1 : 0;
  const from = at + bracket;
  if (from + 25 > end || bytes[from] !== 0x32) return undefined;
  for (let i = 1; i < SHAPE.length; i++) {
    const byte = bytes[from + i]!;
    const wanted = SHAPE.charCodeAt(i);
    if (wanted === 0x30 ? !isDigit(byte) : byte !== wanted) return undefined;
  }
  let stop = from + SHAPE.length;
  while (stop < end && stop < from + 30 && isDigit(bytes[stop]!)) stop++;
  if (stop === from + SHAPE.length || stop >= end || bytes[stop] !== 0x5a) return undefined;
  stop++;
  if (bracket) {
    if (bytes[stop] !== 0x5d) return undefined;
    stop++;
  }
  const time = timeOf(bytes, from);
  // A stamp may end its line.
  if (stop >= end || bytes[stop] === 0x0a || bytes[stop] === 0x0d) return { length: stop - at, time, continues: false };
  if (bytes[stop] !== BLANK) return undefined;
  stop++;
  const stream = !bracket && stop + 4 <= end && isHex(bytes[stop]!) && isHex(bytes[stop + 1]!);
  if (stream && (bytes[stop + 2] === 0x4f || bytes[stop + 2] === 0x45)) {
    const mark = bytes[stop + 3];
    if (mark === BLANK || mark === 0x2b) return { length: stop + 4 - at, time, continues: mark === 0x2b };
  }
  return { length: stop - at, time, continues: false };
}

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;
const isHex = (byte: number): boolean => isDigit(byte) || (byte >= 0x61 && byte <= 0x66);

let knownDay = "";
let knownStart = 0;

/** Epoch seconds of a stamp. Most lines are of the day of the line before. */
export function timeOf(bytes: Uint8Array, at: number): number {
  if (knownDay.length !== 10 || !isKnownDay(bytes, at)) {
    knownDay = String.fromCharCode(...bytes.subarray(at, at + 10));
    knownStart = Date.parse(`${knownDay}T00:00:00Z`) / 1000;
  }
  return knownStart + 3600 * two(bytes, at + 11) + 60 * two(bytes, at + 14) + two(bytes, at + 17);
}

function isKnownDay(bytes: Uint8Array, at: number): boolean {
  for (let i = 9; i >= 0; i--) if (bytes[at + i] !== knownDay.charCodeAt(i)) return false;
  return true;
}

const two = (bytes: Uint8Array, at: number): number => 10 * (bytes[at]! - 0x30) + (bytes[at + 1]! - 0x30);
