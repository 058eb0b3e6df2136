import type { CommitGraph } from "./commit-graph.ts";
import { REACHES, type Reach, type Tip } from "./tips.ts";

/** How each commit is reached, as a place in `REACHES`: the nearest way. `commits` are those that the tips lead to, or -1. */
export function reachOfCommits(graph: CommitGraph, tips: readonly Tip[], commits: readonly number[]): Uint8Array {
  const unreachable = REACHES.indexOf("unreachable");
  const reach = new Uint8Array(graph.count).fill(unreachable);
  for (const [i, tip] of tips.entries()) {
    const commit = commits[i]!;
    if (commit >= 0) reach[commit] = Math.min(reach[commit]!, REACHES.indexOf(tip.reach));
  }
  for (let commit = graph.count - 1; commit >= 0; commit--) {
    for (let at = graph.starts[commit]!; at < graph.starts[commit + 1]!; at++) {
      const parent = graph.parents[at]!;
      if (parent >= 0 && reach[commit]! < reach[parent]!) reach[parent] = reach[commit]!;
    }
  }
  return reach;
}

/** The nearer of two ways. */
export const nearer = (a: Reach, b: Reach): Reach => (REACHES.indexOf(a) < REACHES.indexOf(b) ? a : b);

/** Keys by their numbers, each with the commits that brought it. */
type Introduced = ReadonlyMap<number, readonly number[]>;

/** Tells for each key in the history of which of some commits it is. */
export function inHistory(
  graph: CommitGraph,
  introduced: Introduced,
  tips: readonly number[],
  tell: (key: number, tip: number) => void,
): void {
  forHistories(graph, introduced, (keys, bits) => {
    for (const tip of tips) for (const [bit, key] of keys.entries()) if ((bits[tip]! >>> bit) & 1) tell(key, tip);
  });
}

/** Tells for each merge which keys are in the history of some of its parents, and not of all. */
export function broughtByMerges(
  graph: CommitGraph,
  introduced: Introduced,
  tell: (key: number, merge: number, isIn: (parent: number) => boolean) => void,
): void {
  const { starts, parents, count } = graph;
  forHistories(graph, introduced, (keys, bits) => {
    for (let commit = 0; commit < count; commit++) {
      let all = -1;
      let some = 0;
      for (let at = starts[commit]!; at < starts[commit + 1]!; at++) {
        const own = parents[at]! < 0 ? 0 : bits[parents[at]!]!;
        all &= own;
        some |= own;
      }
      for (let left = some & ~all; left !== 0; left &= left - 1) {
        const bit = 31 - Math.clz32(left & -left);
        tell(keys[bit]!, commit, (parent) => ((bits[parent]! >>> bit) & 1) === 1);
      }
    }
  });
}

/** Gives for each commit which keys are in its history, one bit each: 32 keys at a time. */
function forHistories(
  graph: CommitGraph,
  introduced: Introduced,
  look: (keys: readonly number[], bits: Int32Array) => void,
): void {
  const keys = [...introduced.keys()];
  const bits = new Int32Array(graph.count);
  for (let first = 0; first < keys.length; first += 32) {
    const some = keys.slice(first, first + 32);
    bits.fill(0);
    for (const [bit, key] of some.entries()) for (const commit of introduced.get(key)!) bits[commit]! |= 1 << bit;
    for (let commit = 0; commit < graph.count; commit++) {
      let own = bits[commit]!;
      for (let at = graph.starts[commit]!; at < graph.starts[commit + 1]!; at++) {
        const parent = graph.parents[at]!;
        if (parent >= 0) own |= bits[parent]!;
      }
      bits[commit] = own;
    }
    look(some, bits);
  }
}
