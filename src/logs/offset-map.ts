/** Numbers of a row: its fields, in order. */
const FIELDS = 7;
const [TO, FROM, LINE, LINED, FEEDS, TIME, TIMED] = [0, 1, 2, 3, 4, 5, 6];

/** Most rows that are kept: text that would need more is left as it is. */
const MOST_ROWS = 1 << 20;

/** What is known of a place of a text that was made of another one by leaving things out. */
export interface Origin {
  /** Its offset in the raw text. */
  readonly from: number;
  /** Raw offset of the last start of a line that was left out, and the place in the made text that this is known from. */
  readonly lineStart: number;
  readonly lined: number;
  /** Line feeds left out before it, less those that were put in. */
  readonly feeds: number;
  /** Epoch seconds of the last stamp before it, and where in the made text that stood; NaN if there was none. */
  readonly time: number;
  readonly timed: number;
}

/** What was left out at a place, besides the bytes. */
export interface Left {
  /** Raw offset of a line's start in it. */
  readonly lineStart?: number | undefined;
  readonly feeds?: number;
  readonly time?: number | undefined;
}

const NOTHING: Left = {};

/** The way from each byte of a made text back to the raw one. Rows stand where something was left out. */
export class OffsetMap {
  #rows = new Float64Array(FIELDS * 1024);
  #count = 1;

  constructor() {
    this.#rows.set([0, 0, 0, 0, 0, Number.NaN, -1]);
  }

  get isFull(): boolean {
    return this.#count >= MOST_ROWS;
  }

  /** Says that the made text goes on at `to`, and the raw one at `from`, with what was left out between. */
  add(to: number, from: number, { lineStart, feeds = 0, time }: Left = NOTHING): void {
    let row = (this.#count - 1) * FIELDS;
    if (this.#rows[row + TO] !== to) row = this.#next(row);
    const rows = this.#rows;
    rows[row + TO] = to;
    rows[row + FROM] = from;
    if (lineStart !== undefined) {
      rows[row + LINE] = lineStart;
      rows[row + LINED] = to;
    }
    rows[row + FEEDS]! += feeds;
    if (time !== undefined) {
      rows[row + TIME] = time;
      rows[row + TIMED] = to;
    }
  }

  /** Says that a stamp stood right before `to`, where the last row begins. */
  stamp(to: number, time: number): void {
    const row = (this.#count - 1) * FIELDS;
    this.#rows[row + TIME] = time;
    this.#rows[row + TIMED] = to;
  }

  at(offset: number): Origin {
    const row = this.#rowAt(offset) * FIELDS;
    const rows = this.#rows;
    return {
      from: rows[row + FROM]! + (offset - rows[row + TO]!),
      lineStart: rows[row + LINE]!,
      lined: rows[row + LINED]!,
      feeds: rows[row + FEEDS]!,
      time: rows[row + TIME]!,
      timed: rows[row + TIMED]!,
    };
  }

  /** Rows that only say where something before `offset` came from are not needed any more. */
  forget(offset: number): void {
    const first = this.#rowAt(offset);
    this.#rows.copyWithin(0, first * FIELDS, this.#count * FIELDS);
    this.#count -= first;
  }

  /** A new row that begins as the last one. */
  #next(last: number): number {
    const row = last + FIELDS;
    if (row + FIELDS > this.#rows.length) {
      const grown = new Float64Array(2 * this.#rows.length);
      grown.set(this.#rows);
      this.#rows = grown;
    }
    for (let i = 0; i < FIELDS; i++) this.#rows[row + i] = this.#rows[last + i]!;
    this.#count++;
    return row;
  }

  #rowAt(offset: number): number {
    let low = 0;
    let high = this.#count - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#rows[middle * FIELDS + TO]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
