import { type Gap, grouped } from "../model/index.ts";
import { COLUMNS, type MatchedText, type MatchKind, type MatchTable } from "./match-table.ts";
import type { RawMatch } from "./raw.ts";

/** Why places of secrets are left out. */
export const OVERFULL = "they do not fit into the memory: raise it with --memory";

/** Bytes that a row takes, and about what a text with its names does. */
const ROW = 4 * COLUMNS;
const TEXT = 300;

/**
 * Gathers matches of a history into a table whose places take no more than some bytes. Where there are more, half of all
 * objects are left out, chosen by their ids, and half of those that remain: which ones depends on no order and no thread.
 * No secret is lost by that: of one that would be, the place in the object with the lowest id stays.
 */
export class MatchGatherer {
  readonly #most: number;
  readonly #numbers = new Map<string, number>();
  readonly #kinds: MatchKind[] = [];
  #texts: MatchedText[] = [];
  #rows = new Uint32Array(64 * COLUMNS);
  #size = 0;
  /** Objects count whose ids begin with less. */
  #below = 2 ** 32;
  #leftOut = { texts: 0, matches: 0 };
  /** Of each kind that lost places the first of them, by number. */
  readonly #spare = new Map<number, Place>();

  constructor(most: number) {
    this.#most = most;
  }

  /** Adds matches; those of one text come one after the other. */
  add(matches: readonly RawMatch[]): void {
    let last = "";
    let text = -1;
    for (const { provenance, blob, span, region, ...kind } of matches) {
      if (provenance.kind !== "history") throw new Error("a match of a history names no object");
      const name = nameOf({ provenance, blob });
      if (name !== last) text = this.#textOf({ provenance, blob });
      last = name;
      const { line, column, endLine, endColumn } = region;
      const where = [span.start, span.end, line, column, endLine, endColumn];
      if (text < 0) this.#leave(this.#kindOf(kind), { provenance, blob }, where);
      else this.#push(this.#kindOf(kind), text, where);
    }
    this.#fit();
  }

  /** Adds what another one gathered. */
  addAll({ kinds, texts, rows, leftOut }: MatchTable): void {
    const numbers = kinds.map((kind) => this.#kindOf(kind));
    const own = texts.map((text) => this.#textOf(text));
    for (let at = 0; at < rows.length; at += COLUMNS) {
      const text = own[rows[at + 1]!]!;
      const where = rows.subarray(at + 2, at + COLUMNS);
      if (text < 0) this.#leave(numbers[rows[at]!]!, texts[rows[at + 1]!]!, where);
      else this.#push(numbers[rows[at]!]!, text, where);
    }
    this.#leftOut.texts += leftOut.texts;
    this.#leftOut.matches += leftOut.matches;
    this.#fit();
  }

  table(): MatchTable {
    const kept = new Set<number>();
    for (let at = 0; at < this.#size; at += COLUMNS) kept.add(this.#rows[at]!);
    const lost = [...this.#spare].filter(([kind]) => !kept.has(kind));
    const own = lost.flatMap(([kind, { where }], i) => [kind, this.#texts.length + i, ...where]);
    const rows = new Uint32Array(this.#size + own.length);
    rows.set(this.#rows.subarray(0, this.#size));
    rows.set(own, this.#size);
    const { texts, matches } = this.#leftOut;
    return {
      kinds: this.#kinds,
      texts: [...this.#texts, ...lost.map(([, { text }]) => text)],
      rows,
      leftOut: {
        texts: texts - new Set(lost.map(([, { text }]) => nameOf(text))).size,
        matches: matches - lost.length,
      },
    };
  }

  /** Counts a place that there is no room for, and remembers it if it is the first of its kind. */
  #leave(kind: number, text: MatchedText, where: ArrayLike<number>): void {
    this.#leftOut.matches++;
    const known = this.#spare.get(kind);
    if (!known || isBefore(text, where, known)) this.#spare.set(kind, { text, where: Array.from(where) });
  }

  #kindOf(kind: MatchKind): number {
    const key = JSON.stringify(kind);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.#kinds.length);
    return this.#kinds.push(kind) - 1;
  }

  #textOf(text: MatchedText): number {
    if (!this.#counts(text)) this.#leftOut.texts++;
    return this.#counts(text) ? this.#texts.push(text) - 1 : -1;
  }

  #counts({ provenance }: MatchedText): boolean {
    return Number.parseInt(provenance.object.slice(0, 8), 16) < this.#below;
  }

  #push(kind: number, text: number, where: ArrayLike<number>): void {
    if (this.#size === this.#rows.length) {
      const more = new Uint32Array(2 * this.#size);
      more.set(this.#rows);
      this.#rows = more;
    }
    this.#rows[this.#size] = kind;
    this.#rows[this.#size + 1] = text;
    this.#rows.set(where, this.#size + 2);
    this.#size += COLUMNS;
  }

  #fit(): void {
    while (this.#size * (ROW / COLUMNS) + this.#texts.length * TEXT > this.#most) {
      this.#below /= 2;
      const texts: MatchedText[] = [];
      const numbers = this.#texts.map((text) => (this.#counts(text) ? texts.push(text) - 1 : -1));
      let size = 0;
      for (let at = 0; at < this.#size; at += COLUMNS) {
        const text = numbers[this.#rows[at + 1]!]!;
        if (text < 0) {
          const where = this.#rows.subarray(at + 2, at + COLUMNS);
          this.#leave(this.#rows[at]!, this.#texts[this.#rows[at + 1]!]!, where);
          continue;
        }
        this.#rows.copyWithin(size, at, at + COLUMNS);
        this.#rows[size + 1] = text;
        size += COLUMNS;
      }
      this.#leftOut.texts += this.#texts.length - texts.length;
      this.#texts = texts;
      this.#size = size;
    }
  }
}

/** Where one match stands: its span and its region are numbers as in a row. */
interface Place {
  readonly text: MatchedText;
  readonly where: readonly number[];
}

const nameOf = ({ provenance, blob }: MatchedText): string =>
  `${blob} ${provenance.path} ${provenance.inner?.join("\0")} ${provenance.opened}`;

/** Whether a place comes before another, by its object, by its text, by where it begins. */
function isBefore(text: MatchedText, where: ArrayLike<number>, other: Place): boolean {
  const [one, two] = [text.provenance.object, other.text.provenance.object];
  if (one !== two) return one < two;
  const [name, otherName] = [nameOf(text), nameOf(other.text)];
  return name === otherName ? where[0]! < other.where[0]! : name < otherName;
}

/** Says what of a table was left out. */
export const leftOutOf = ({ leftOut: { texts, matches } }: MatchTable): readonly Gap[] =>
  texts === 0
    ? []
    : [{ what: `${grouped(matches)} places of secrets, in ${grouped(texts)} versions of files`, why: OVERFULL }];
