import type { CommitGraph } from "./commit-graph.ts";
import { NOTHING } from "./held.ts";
import type { StateComparer } from "./state-changes.ts";

/** Commits that brought something, and commits that took it away; ascending, parents before children. */
export interface Happened {
  readonly introduced: number[];
  readonly removed: number[];
}

/** What commits did to the secrets. */
export interface Events {
  /** By place: a path with a key. */
  readonly places: ReadonlyMap<number, Happened>;
  /** By key, whatever the path: what a rename brings was there before. */
  readonly keys: ReadonlyMap<number, Happened>;
  /** Whether a state has a key, wherever: the state of a commit that was looked at. */
  has(state: number, key: number): boolean;
  readonly cut: string | undefined;
}

const MOST = 8_000_000;
const MOST_PLACES = 200_000;
/** A key that was at more places than this is looked for in all of a state. */
const FEW = 32;

/**
 * Holds every commit against its parents. A commit brings what it has and none of its parents has, and takes away what all of its parents
 * have and it has not; so a merge only does what is in none of its sides.
 */
export function eventsOf(
  graph: CommitGraph,
  states: Int32Array,
  counts: (commit: number) => boolean,
  comparer: StateComparer,
): Events {
  const places = new Map<number, Happened>();
  const keys = new Map<number, Happened>();
  /** By key: the places at which it was so far. Parents come first, so that a key that is in a state is at one of them. */
  const seen = new Map<number, number[]>();
  let left = MOST;
  const isFull = (): boolean => left <= 0 || places.size > MOST_PLACES;
  const has = (state: number, key: number): boolean => {
    const known = seen.get(key) ?? [];
    const isSure = !isFull() && !comparer.cut && known.length <= FEW;
    return isSure ? known.some((place) => comparer.hasAt(state, place)) : comparer.has(state, key);
  };
  const note = (into: Map<number, Happened>, what: number, side: keyof Happened, commit: number): void => {
    const known = into.get(what) ?? { introduced: [], removed: [] };
    if (known.introduced.length + known.removed.length === 0) into.set(what, known);
    known[side].push(commit);
    left--;
  };
  const notePlace = (place: number, side: keyof Happened, commit: number): void => {
    if (!places.has(place)) {
      if (isFull()) return;
      const key = comparer.keyOf(place);
      const others = seen.get(key);
      if (others) others.push(place);
      else seen.set(key, [place]);
    }
    note(places, place, side, commit);
  };
  for (let commit = 0; commit < graph.count && left > 0; commit++) {
    const state = states[commit]!;
    const parents = statesOfParents(graph, states, commit);
    if (parents.includes(state) || !counts(commit)) continue;
    const { added, removed } = comparer.changes(parents, state);
    for (const place of added) notePlace(place, "introduced", commit);
    for (const place of removed) notePlace(place, "removed", commit);
    const keysAt = (found: readonly number[]): Set<number> => new Set(found.map((place) => comparer.keyOf(place)));
    // Where not all places could be compared, all keys are.
    for (const key of comparer.cut ? comparer.keys(state) : keysAt(added))
      if (!parents.some((parent) => has(parent, key))) note(keys, key, "introduced", commit);
    for (const key of comparer.cut ? comparer.keys(parents[0]!) : keysAt(removed))
      if (!has(state, key) && parents.every((parent) => has(parent, key))) note(keys, key, "removed", commit);
  }
  const why = "secrets came and went too often, or in too many places: not all of it is told";
  return { places, keys, has, cut: isFull() ? why : undefined };
}

/** The states of the parents that are there; a commit without any comes after nothing. */
function statesOfParents({ starts, parents }: CommitGraph, states: Int32Array, commit: number): number[] {
  const found: number[] = [];
  for (let at = starts[commit]!; at < starts[commit + 1]!; at++)
    if (parents[at]! >= 0) found.push(states[parents[at]!]!);
  return found.length === 0 ? [NOTHING] : found;
}
