import type { Match } from "../model/index.ts";
import { type RawMatch, toMatch, type UnitResult } from "./raw.ts";

/** The matches of a scan: each is said once, as soon as it is seen, and counts when it is certain. */
export class Gathered {
  readonly #certain: Match[] = [];
  readonly #early = new Map<string, Match>();
  /** How many were said. */
  said = 0;

  /** Takes a result and gives the matches in it that were not said before. */
  add({ matches, early }: UnitResult): Match[] {
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
    return said;
  }

  /** Every match that counts. A scan that was stopped will not see again what it saw early. */
  all(stopped: boolean): Match[] {
    return stopped ? [...this.#certain, ...this.#early.values()] : this.#certain;
  }
}

const placeOf = ({ rule, blob, span }: RawMatch): string => `${rule} ${span.start} ${span.end} ${blob}`;
