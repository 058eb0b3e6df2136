import type { Match } from "../model/index.ts";
import { MatchGatherer } from "./match-gatherer.ts";
import { lengthOf, matchesOf } from "./match-table.ts";
import { withNamed } from "./named.ts";
import type { Seen } from "./options.ts";
import { type RawMatch, toMatch, type UnitResult } from "./raw.ts";

/** The matches of a scan: each is said once, as soon as it is seen, and counts when it is certain. */
export class Gathered {
  readonly #certain: Match[] = [];
  readonly #early = new Map<string, Match>();
  readonly #most: number;
  #table: MatchGatherer | undefined;
  /** How many were said. */
  said = 0;

  /** Of a history, places take no more than some bytes. */
  constructor(most = 0) {
    this.#most = most;
  }

  /** Takes a result and gives the matches in it that were not said before. */
  add({ matches, early, table }: UnitResult): Iterable<Match> {
    const said: Match[] = [];
    for (const raw of matches) {
      const match = toMatch(raw);
      this.#certain.push(match);
      if (raw.announced) this.#early.delete(placeOf(raw));
      else said.push(match);
    }
    for (const raw of early) {
      const match = toMatch(raw);
      this.#early.set(placeOf(raw), match);
      said.push(match);
    }
    this.said += said.length;
    const told = withNamed(said);
    if (!table) return told;
    this.#table ??= new MatchGatherer(this.#most);
    this.#table.addAll(table);
    this.said += lengthOf(table);
    return both(told, matchesOf(table));
  }

  /** Every match that counts. A scan that was stopped will not see again what it saw early. */
  all(stopped: boolean): Seen {
    const matches = stopped ? [...this.#certain, ...this.#early.values()] : this.#certain;
    return { matches, table: this.#table?.table() };
  }
}

function* both<T>(some: Iterable<T>, others: Iterable<T>): Generator<T> {
  yield* some;
  yield* others;
}

/** How many matches there are, those that there was no room for too. */
export const countOf = ({ matches, table }: Seen): number =>
  matches.length + (table ? lengthOf(table) + table.leftOut.matches : 0);

/** The same, each spelled out. */
export const spelledOut = ({ matches, table }: Seen): readonly Match[] =>
  table ? [...matches, ...matchesOf(table)] : matches;

const placeOf = ({ rule, blob, span }: RawMatch): string => `${rule} ${span.start} ${span.end} ${blob}`;
