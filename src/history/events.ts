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
  readonly cut: string | undefined;
}

const MOST = 8_000_000;
const MOST_PLACES = 200_000;

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
  let left = MOST;
  const note = (into: Map<number, Happened>, what: number, side: keyof Happened, commit: number): void => {
    const known = into.get(what) ?? { introduced: [], removed: [] };
    if (known.introduced.length + known.removed.length === 0) into.set(what, known);
    known[side].push(commit);
    left--;
  };
  for (let commit = 0; commit < graph.count && left > 0; commit++) {
    const state = states[commit]!;
    const parents = statesOfParents(graph, states, commit);
    if (parents.includes(state) || !counts(commit)) continue;
    const changes = parents.map((parent) => comparer.changes(parent, state));
    for (const place of inAll(changes.map(({ added }) => added)))
      if (places.size <= MOST_PLACES || places.has(place)) note(places, place, "introduced", commit);
    for (const place of inAll(changes.map(({ removed }) => removed)))
      if (places.has(place)) note(places, place, "removed", commit);
    const keysIn = (lists: readonly (readonly number[])[]): Iterable<number> =>
      inAll(lists.map((list) => [...new Set(list.map((place) => comparer.keyOf(place)))]));
    // Where not all places could be compared, all keys are.
    const added = comparer.cut ? comparer.keys(state) : keysIn(changes.map((each) => each.added));
    const removed = comparer.cut ? comparer.keys(parents[0]!) : keysIn(changes.map((each) => each.removed));
    for (const key of added)
      if (!parents.some((parent) => comparer.has(parent, key))) note(keys, key, "introduced", commit);
    for (const key of removed)
      if (!comparer.has(state, key) && parents.every((parent) => comparer.has(parent, key)))
        note(keys, key, "removed", commit);
  }
  const isFull = left <= 0 || places.size > MOST_PLACES;
  return { places, keys, cut: isFull ? "secrets came and went too often: not all of it is told" : undefined };
}

/** The states of the parents that are there; a commit without any comes after nothing. */
function statesOfParents({ starts, parents }: CommitGraph, states: Int32Array, commit: number): number[] {
  const found: number[] = [];
  for (let at = starts[commit]!; at < starts[commit + 1]!; at++)
    if (parents[at]! >= 0) found.push(states[parents[at]!]!);
  return found.length === 0 ? [NOTHING] : found;
}

function inAll(lists: readonly (readonly number[])[]): readonly number[] {
  let common = lists[0] ?? [];
  for (const list of lists.slice(1)) {
    if (common.length === 0) return common;
    const others = new Set(list);
    common = common.filter((each) => others.has(each));
  }
  return common;
}
