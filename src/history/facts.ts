import type { Happened } from "./events.ts";
import { RefNames } from "./ref-names.ts";
import type { Reach } from "./tips.ts";
import type { HeadFile } from "./where.ts";

/** What is gathered of a key. */
export interface Facts {
  readonly blobs: number[];
  readonly places: (readonly [place: number, happened: Happened])[];
  introduced: readonly number[];
  removed: readonly number[];
  /** Commits that say it themselves, in their message or who made them. */
  readonly said: number[];
  /** Whether a commit or tag says it that a ref leads to: no later commit takes that away. */
  stays: boolean;
  reach: Reach;
  readonly head: HeadFile[];
  readonly names: RefNames;
  readonly inHistoryOf: RefNames;
  left?: number;
}

/** Nothing is known yet. */
export const newFacts = (): Facts => ({
  blobs: [],
  places: [],
  introduced: [],
  removed: [],
  said: [],
  stays: false,
  reach: "unreachable",
  head: [],
  names: new RefNames(),
  inHistoryOf: new RefNames(),
});

/** The commits that have it and whose parents have not, and those that say it themselves. */
export const broughtBy = ({ introduced, said }: Facts): readonly number[] =>
  said.length === 0 ? introduced : [...new Set([...introduced, ...said])];
