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

  constructor(most: number) {
    this.#most = most;
  }

  /** Adds matches; those of one text come one after the other. */
  add(matches: readonly RawMatch[]): void {
    let last = "";
    let text = -1;
    for (const { provenance, blob, span, region, ...kind } of matches) {
      if (provenance.kind !== "history") throw new Error("a match of a history names no object");
      const name = `${blob} ${provenance.path} ${provenance.inner?.join("\0")} ${provenance.opened}`;
      if (name !== last) text = this.#textOf({ provenance, blob });
      last = name;
      const { line, column, endLine, endColumn } = region;
      if (text < 0) this.#leftOut.matches++;
      else this.#push(this.#kindOf(kind), text, [span.start, span.end, line, column, endLine, endColumn]);
    }
    this.#fit();
  }

  /** Adds what another one gathered. */
  addAll({ kinds, texts, rows, leftOut }: MatchTable): void {
    const numbers = kinds.map((kind) => this.#kindOf(kind));
    const own = texts.map((text) => this.#textOf(text));
    for (let at = 0; at < rows.length; at += COLUMNS) {
      const text = own[rows[at + 1]!]!;
      if (text < 0) this.#leftOut.matches++;
      else this.#push(numbers[rows[at]!]!, text, rows.subarray(at + 2, at + COLUMNS));
    }
    this.#leftOut.texts += leftOut.texts;
    this.#leftOut.matches += leftOut.matches;
    this.#fit();
  }

  table(): MatchTable {
    return { kinds: this.#kinds, texts: this.#texts, rows: this.#rows.slice(0, this.#size), leftOut: this.#leftOut };
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
        if (text < 0) continue;
        this.#rows.copyWithin(size, at, at + COLUMNS);
        this.#rows[size + 1] = text;
        size += COLUMNS;
      }
      this.#leftOut.texts += this.#texts.length - texts.length;
      this.#leftOut.matches += (this.#size - size) / COLUMNS;
      this.#texts = texts;
      this.#size = size;
    }
  }
}

/** Says what of a table was left out. */
export const leftOutOf = ({ leftOut: { texts, matches } }: MatchTable): readonly Gap[] =>
  texts === 0
    ? []
    : [{ what: `${grouped(matches)} places of secrets, in ${grouped(texts)} versions of files`, why: OVERFULL }];
