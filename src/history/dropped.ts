import type { CommitGraph } from "./commit-graph.ts";
import type { Events } from "./events.ts";
import { broughtByMerges } from "./reached.ts";

/** Merges that are looked at, over all keys. */
const MOST = 4_000_000;

/**
 * The merges that took away what one of their sides had brought, such as `git merge -s ours`: they lack a key that a parent has, and
 * each parent that lacks it never had it. Where a side had it once, that side took it away. By key, ascending.
 */
export function droppedByMerges(
  graph: CommitGraph,
  states: Int32Array,
  counts: (commit: number) => boolean,
  events: Events,
): { readonly dropped: ReadonlyMap<number, readonly number[]>; readonly cut: string | undefined } {
  const { starts, parents } = graph;
  const introduced = new Map(
    [...events.keys].flatMap(([key, happened]) =>
      happened.introduced.length > 0 ? [[key, happened.introduced] as const] : [],
    ),
  );
  const dropped = new Map<number, number[]>();
  let left = MOST;
  broughtByMerges(graph, introduced, (key, merge, isInHistoryOf) => {
    if (left-- <= 0 || !counts(merge) || events.has(states[merge]!, key)) return;
    const sides = [...parents.subarray(starts[merge]!, starts[merge + 1]!)].filter((parent) => parent >= 0);
    const having = sides.filter((side) => events.has(states[side]!, key));
    if (having.length === 0 || having.length === sides.length) return;
    if (sides.some((side) => !having.includes(side) && isInHistoryOf(side))) return;
    const others = dropped.get(key);
    if (others) others.push(merge);
    else dropped.set(key, [merge]);
  });
  const why = "secrets came by too many merges: not all that took one away are told";
  return { dropped, cut: left < 0 ? why : undefined };
}
