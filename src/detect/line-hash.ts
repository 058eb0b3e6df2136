/** Characters a line's hash is made of. */
const WINDOW = 100;
const BASE = 37;
const PIECE = 1 << 16;
/** The end of the file is a character too, and zeros follow until the last line has its 100. */
const END_OF_FILE = `\uffff${"\0".repeat(WINDOW)}`;

const TAB = 9;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const SPACE = 32;

/** A 64-bit number is kept as limbs of 22, 22 and 20 bits, so that a limb times the base is still a small integer. */
const LIMB = 22;
const LIMB_SIZE = 2 ** LIMB;
const LIMB_MASK = LIMB_SIZE - 1;
const TOP_SIZE = 2 ** 20;
const TOP_MASK = TOP_SIZE - 1;
const LOW_HEX_DIGITS = (2 * LIMB) / 4;

type Limbs = readonly [low: number, middle: number, top: number];

/** 37^100: what a hash is multiplied by when 100 more characters are read. */
const [AFTER_LOW, AFTER_MIDDLE, AFTER_TOP] = limbs(BigInt(BASE) ** BigInt(WINDOW));

/**
 * Gives the `primaryLocationLineHash` of the given lines, as `hash:n`, where n counts equal hashes from the top of the file.
 *
 * It equals what github/codeql-action (`fingerprints.ts`) computes over the same bytes: a hash of the first 100
 * characters from the line's start that are neither space nor tab. Lines count from 1 and end in CR LF, LF or a lone CR.
 */
export function lineHashes(bytes: Uint8Array, lines: ReadonlySet<number>): Map<number, string> {
  const tops: number[] = [];
  const lows: number[] = [];
  hashLines(piecesOf(bytes), lastOf(lines), (top, low) => {
    tops.push(top);
    lows.push(low);
  });
  return numbered({ tops, lows }, lines);
}

/** The same for a text that is not in memory: it is read twice, and only the hashes of the given lines are kept. */
export function lineHashesOf(again: () => Iterable<Uint8Array>, lines: ReadonlySet<number>): Map<number, string> {
  const last = lastOf(lines);
  const seen = new Map<string, number>();
  const lows = new Set<number>();
  let line = 0;
  hashLines(again(), last, (top, low) => {
    if (!lines.has(++line)) return;
    seen.set(hex(top, low), 0);
    lows.add(low);
  });
  const found = new Map<number, string>();
  line = 0;
  hashLines(again(), last, (top, low) => {
    line++;
    if (!lows.has(low)) return;
    const hash = hex(top, low);
    const nth = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, nth);
    if (lines.has(line)) found.set(line, `${hash}:${nth}`);
  });
  return found;
}

const lastOf = (lines: ReadonlySet<number>): number => [...lines].reduce((most, line) => Math.max(most, line), 0);

function* piecesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE);
}

/** Hashes the lines of a text up to a last one. */
function hashLines(pieces: Iterable<Uint8Array>, last: number, line: OnLine): void {
  const hashes = new LineHashes(line);
  // The action reads the file as a UTF-8 stream: this decoder gives the same characters for broken bytes and keeps a BOM.
  const { StringDecoder } = process.getBuiltinModule("node:string_decoder");
  const decoder = new StringDecoder("utf8");
  for (const piece of pieces) {
    if (hashes.count >= last) return;
    hashes.add(decoder.write(Buffer.from(piece.buffer, piece.byteOffset, piece.length)));
  }
  if (hashes.count < last) hashes.add(decoder.end() + END_OF_FILE);
}

/** Told of each line's hash: its bits 44 to 63, and its bits 0 to 43. */
type OnLine = (top: number, low: number) => void;

interface Hashed {
  readonly tops: readonly number[];
  readonly lows: readonly number[];
}

/** Numbers equal hashes, building text only for those that share their low bits with a line that was asked for. */
function numbered({ tops, lows }: Hashed, lines: ReadonlySet<number>): Map<number, string> {
  const wanted = new Set([...lines].map((line) => lows[line - 1]));
  const seen = new Map<string, number>();
  const found = new Map<number, string>();
  for (let at = 0; at < lows.length; at++) {
    if (!wanted.has(lows[at])) continue;
    const hash = hex(tops[at]!, lows[at]!);
    const nth = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, nth);
    if (lines.has(at + 1)) found.set(at + 1, `${hash}:${nth}`);
  }
  return found;
}

function hex(top: number, low: number): string {
  return top === 0 ? low.toString(16) : top.toString(16) + low.toString(16).padStart(LOW_HEX_DIGITS, "0");
}

/**
 * Reads a text once and keeps one hash for all of it. The hash of 100 characters is the whole hash after them less
 * 37^100 times the whole hash before them, so nothing is taken out of a window at every step.
 */
class LineHashes {
  /** How many lines are hashed. */
  count = 0;
  readonly #line: OnLine;
  /** For each line whose 100 characters are not read, in a ring: the whole hash before it, and where it has them. */
  readonly #before = new Int32Array(3 * WINDOW);
  readonly #due = new Float64Array(WINDOW);
  #opened = 0;
  #whole: Limbs = [0, 0, 0];
  #read = 0;
  #atLineStart = true;
  #afterReturn = false;

  constructor(line: OnLine) {
    this.#line = line;
  }

  /** One loop over local variables: as fields and methods it is many times slower. */
  add(text: string): void {
    const nextEnd = lineEnds(text);
    let [low, middle, top] = this.#whole;
    let read = this.#read;
    let due = this.#nextDue();
    let atLineStart = this.#atLineStart;
    let afterReturn = this.#afterReturn;
    for (let at = due < 0 && !atLineStart ? nextEnd(0) : 0; at < text.length; at++) {
      let code = text.charCodeAt(at);
      if (code <= SPACE) {
        const skipped = code === SPACE || code === TAB || (code === LINE_FEED && afterReturn);
        afterReturn = code === CARRIAGE_RETURN;
        if (skipped) continue;
        if (afterReturn) code = LINE_FEED;
      } else afterReturn = false;
      if (atLineStart) {
        this.#open(low, middle, top, read + WINDOW);
        if (due < 0) due = read + WINDOW;
      }
      atLineStart = code === LINE_FEED;
      low = Math.imul(low, BASE) + code;
      middle = Math.imul(middle, BASE) + (low >>> LIMB);
      top = (Math.imul(top, BASE) + (middle >>> LIMB)) & TOP_MASK;
      low &= LIMB_MASK;
      middle &= LIMB_MASK;
      if (++read !== due) continue;
      due = this.#close(low, middle, top);
      // No open line needs the rest of this one.
      if (due < 0 && !atLineStart) at = nextEnd(at + 1) - 1;
    }
    this.#whole = [low, middle, top];
    this.#read = read;
    this.#atLineStart = atLineStart;
    this.#afterReturn = afterReturn;
  }

  #open(low: number, middle: number, top: number, due: number): void {
    const slot = this.#opened++ % WINDOW;
    this.#due[slot] = due;
    this.#before[3 * slot] = low;
    this.#before[3 * slot + 1] = middle;
    this.#before[3 * slot + 2] = top;
  }

  /** Gives the hash of the line that is due, and says when the next one is. */
  #close(low: number, middle: number, top: number): number {
    const slot = 3 * (this.count % WINDOW);
    const a = this.#before[slot]!;
    const b = this.#before[slot + 1]!;
    const c = this.#before[slot + 2]!;
    // Exact: a product of two limbs has at most 44 bits.
    const first = low - a * AFTER_LOW;
    const second = middle - a * AFTER_MIDDLE - b * AFTER_LOW + Math.floor(first / LIMB_SIZE);
    const third = top - a * AFTER_TOP - b * AFTER_MIDDLE - c * AFTER_LOW + Math.floor(second / LIMB_SIZE);
    this.count++;
    this.#line(modulo(third, TOP_SIZE), modulo(second, LIMB_SIZE) * LIMB_SIZE + modulo(first, LIMB_SIZE));
    return this.#nextDue();
  }

  #nextDue(): number {
    return this.#opened === this.count ? -1 : this.#due[this.count % WINDOW]!;
  }
}

function modulo(value: number, size: number): number {
  return value - Math.floor(value / size) * size;
}

function limbs(value: bigint): Limbs {
  const part = (shift: number, bits: number) => Number(BigInt.asUintN(bits, value >> BigInt(shift)));
  return [part(0, LIMB), part(LIMB, LIMB), part(2 * LIMB, 20)];
}

/** A function that gives the first CR or LF at or after a place; the places must not go backwards. */
function lineEnds(text: string): (from: number) => number {
  const search = (character: string) => {
    let found = -1;
    return (from: number): number => {
      if (found < from) found = text.indexOf(character, from);
      if (found < 0) found = text.length;
      return found;
    };
  };
  const feed = search("\n");
  const back = search("\r");
  return (from) => Math.min(feed(from), back(from));
}
