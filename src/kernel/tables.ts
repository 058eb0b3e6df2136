import { bytesAt, type KnownSpots, type Spot, spotKey, spotsOf } from "./buckets.ts";
import {
  CHECKS,
  CLASSES,
  FOLDED,
  folded,
  HEADS,
  LITERAL_HEADS,
  LITERAL_REACH,
  LITERALS,
  type Literal,
  PREFIXES,
  type Prefix,
  TEDDY,
  TEXTS,
  TEXTS_END,
  WORD_HEADS,
  WORDS,
} from "./layout.ts";

/** Bytes that belong at one place of the kernel's memory. */
export interface Segment {
  readonly at: number;
  readonly bytes: Uint8Array;
}

/**
 * The kernel's tables for what a rule set looks for. The built-in set's are made when leakreach is built: choosing buckets
 * for hundreds of literals would cost every start 15 ms.
 */
export function tablesOf(
  prefixes: readonly Prefix[],
  literals: readonly Literal[],
  words: readonly string[],
  choose: (literals: readonly Literal[]) => readonly Spot[] = spotsOf,
): readonly Segment[] {
  const bytes = Buffer.alloc(TEXTS_END);
  // A buffer checks every write in JavaScript, and there are thousands: a view does not.
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  fillClasses(bytes);
  let text = TEXTS;
  const write = (value: string): number => {
    const at = text;
    // A zero stays between texts: side by side they could read like a token.
    text += bytes.write(value, at, TEXTS_END - at, "latin1") + 1;
    if (text >= TEXTS_END) throw new Error("too many rules for the kernel's tables");
    return at;
  };
  if (
    prefixes.length > (TEDDY - PREFIXES) / 16 ||
    literals.length > (TEXTS - LITERALS) / 16 ||
    words.length > (FOLDED - WORDS) / 8
  ) {
    throw new Error("too many rules for the kernel's tables");
  }
  const reach = Math.max(
    0,
    ...literals.map(({ text, check }) => text.length + (check === "assigned" ? ASSIGNMENT : 2)),
  );
  if (reach > MOST_REACH) throw new Error(`a keyword is too long: ${MOST_REACH - ASSIGNMENT} bytes at most`);
  view.setUint32(LITERAL_REACH, reach, true);
  const spots = choose(literals);
  view.setUint32(LITERAL_REACH + 4, Math.max(0, ...spots.map(({ fragment }) => fragment)) + 3, true);
  prefixes.forEach((prefix, i) => {
    fillPrefix(view, prefix, i, write(prefix.text));
  });
  const spoken = shortest([...new Set(words.map(folded))].filter((word) => word.length >= 3));
  spoken.forEach((word, i) => {
    fillWord(view, word, i, write(word));
  });
  literals.forEach((literal, i) => {
    fillLiteral(bytes, view, literal, spots[i]!, i, write(literal.text));
    fillNibbles(bytes, literal, spots[i]!);
  });
  return segmentsOf(bytes);
}

/** The words in which no other word stands: where one of the others is spoken, so is the word in it. */
const shortest = (words: readonly string[]): readonly string[] => {
  const kept: string[] = [];
  for (const word of words.toSorted((a, b) => a.length - b.length))
    if (!kept.some((short) => word.includes(short))) kept.push(word);
  return kept;
};

/** Bytes behind a name in which the kernel looks for an assignment, and one for what stands before it. */
const ASSIGNMENT = 42;
const MOST_REACH = 255;

const ROW = 64;

/** The rows that are not all zero, neighbours in one segment; memory is zero before they are put there. */
function segmentsOf(bytes: Buffer): Segment[] {
  const segments: Segment[] = [];
  const rowAt = (at: number) => bytes.subarray(at, at + ROW);
  for (let at = 0; at < bytes.length; at += ROW) {
    const start = at;
    while (at < bytes.length && rowAt(at).some((byte) => byte !== 0)) at += ROW;
    if (at > start) segments.push({ at: start, bytes: bytes.subarray(start, at) });
  }
  return segments;
}

function fillWord(view: DataView, word: string, i: number, at: number): void {
  const entry = WORDS + 8 * i;
  view.setUint32(entry, at, true);
  view.setUint16(entry + 4, word.length, true);
  const last = view.getUint32(at + word.length - 3, true) & 0xffffff;
  const head = WORD_HEADS + 2 * ((Math.imul(last, 0x9e3779b1) >>> 20) & 4095);
  view.setUint16(entry + 6, view.getUint16(head, true), true);
  view.setUint16(head, i + 1, true);
}

function fillClasses(bytes: Buffer): void {
  for (let c = 0; c < 256; c++) {
    const letter = (c | 32) >= 97 && (c | 32) <= 122 && c < 128;
    const digit = c >= 48 && c <= 57;
    bytes[CLASSES + c] = digit ? 1 : letter ? 2 : c === 43 || c === 47 ? 3 : 4;
  }
}

function fillPrefix(view: DataView, prefix: Prefix, i: number, at: number): void {
  const three = view.getUint32(at, true) & 0xffffff;
  const entry = PREFIXES + 16 * i;
  view.setUint32(entry, three | (Math.max(prefix.text.length, prefix.least ?? 0) << 24), true);
  view.setUint32(entry + 4, at, true);
  view.setUint16(entry + 8, prefix.text.length, true);
  const head = HEADS + 2 * ((Math.imul(three, 0x9e3779b1) >>> 19) & 8191);
  view.setUint16(entry + 10, view.getUint16(head, true), true);
  view.setUint16(head, i + 1, true);
  view.setUint32(entry + 12, prefix.id, true);
}

/** Where the literals of some tables were put: choosing it well takes seconds, so that more literals leave it as it is. */
export function spotsIn(tables: readonly Segment[]): KnownSpots {
  const bytes = Buffer.alloc(TEXTS_END);
  for (const segment of tables) bytes.set(segment.bytes, segment.at);
  const found = new Map<string, Spot>();
  for (let entry = LITERALS; bytes[entry + 4]! > 0 && entry < TEXTS; entry += 16) {
    const at = bytes.readUInt32LE(entry);
    const text = bytes.toString("latin1", at, at + bytes[entry + 4]!);
    const spot = { fragment: bytes[entry + 5]!, bucket: bytes[entry + 14]! };
    found.set(spotKey({ text, fold: bytes[entry + 7] !== 0 }), spot);
  }
  return found;
}

function fillLiteral(
  bytes: Buffer,
  view: DataView,
  literal: Literal,
  { fragment: back, bucket }: Spot,
  i: number,
  at: number,
): void {
  const entry = LITERALS + 16 * i;
  view.setUint32(entry, at, true);
  bytes[entry + 4] = literal.text.length;
  bytes[entry + 5] = back;
  bytes[entry + 6] = CHECKS[literal.check];
  bytes[entry + 7] = literal.fold ? 1 : 0;
  view.setUint32(entry + 8, literal.id, true);
  const folded = (view.getUint32(at + back, true) & 0xffffff) | 0x202020;
  const head = LITERAL_HEADS + 2 * ((Math.imul(folded, 0x9e3779b1) >>> 20) & 4095);
  view.setUint16(entry + 12, view.getUint16(head, true), true);
  view.setUint16(head, i + 1, true);
  bytes[entry + 14] = bucket;
}

/** A bucket is one bit of one half of the nibble tables. */
function fillNibbles(bytes: Buffer, literal: Literal, { bucket, fragment }: Spot): void {
  for (let k = 0; k < 3; k++) {
    for (const each of bytesAt(literal, fragment + k)) {
      const table = TEDDY + 96 * (bucket >> 3) + 32 * k;
      const low = table + (each & 15);
      const high = table + 16 + (each >> 4);
      bytes[low] = bytes[low]! | (1 << (bucket & 7));
      bytes[high] = bytes[high]! | (1 << (bucket & 7));
    }
  }
}
