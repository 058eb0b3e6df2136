import type { CommitGraph } from "./commit-graph.ts";

/** Which commits somebody wants to hear of. */
export interface Selection {
  /** Seconds since 1970, by committer: from this time on, and up to it. */
  readonly since?: number;
  readonly until?: number;
  /** Names of refs: only commits that one of them leads to. */
  readonly refs?: readonly string[];
  /** So many of them at most, the newest. */
  readonly newest?: number;
  /** Only places at such paths. */
  readonly path?: (path: string) => boolean;
}

/** Whether a selection asks for some commits only. */
export const isOfCommits = ({ since, until, refs, newest }: Selection): boolean =>
  [since, until, refs, newest].some((one) => one !== undefined);

/**
 * Marks the commits that are selected; `counts` says which count at all, `named` gives the commits that a ref leads to at once. A commit
 * whose time cannot be read is of every time.
 */
export function selectedCommits(
  graph: CommitGraph,
  { since = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY, refs, newest }: Selection,
  counts: (commit: number) => boolean,
  named: (ref: string) => readonly number[],
): Uint8Array {
  const marks = refs
    ? ledTo(graph, refs.flatMap(named))
    : Uint8Array.from({ length: graph.count }, (_, i) => +counts(i));
  for (let commit = 0; commit < graph.count; commit++) {
    const time = graph.committed[commit]!;
    if (time < since || time > until) marks[commit] = 0;
  }
  return newest === undefined ? marks : newestOf(graph, marks, newest);
}

function ledTo({ count, starts, parents }: CommitGraph, tips: readonly number[]): Uint8Array {
  const marks = new Uint8Array(count);
  for (const tip of tips) marks[tip] = 1;
  for (let commit = count - 1; commit >= 0; commit--) {
    if (marks[commit] === 0) continue;
    for (let at = starts[commit]!; at < starts[commit + 1]!; at++) if (parents[at]! >= 0) marks[parents[at]!] = 1;
  }
  return marks;
}

/** Of commits of one time, a child is newer than its parents. */
function newestOf({ committed }: CommitGraph, marks: Uint8Array, most: number): Uint8Array {
  const time = (commit: number): number => (Number.isNaN(committed[commit]!) ? 0 : committed[commit]!);
  const commits = Array.from(marks.keys()).filter((commit) => marks[commit] === 1);
  commits.sort((a, b) => time(b) - time(a) || b - a);
  for (const commit of commits.slice(most)) marks[commit] = 0;
  return marks;
}
