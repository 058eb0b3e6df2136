import type { CommitPart } from "./commits.ts";
import { IdTable } from "./id-table.ts";

/** All commits, numbered so that parents come before their children. */
export interface CommitGraph {
  readonly count: number;
  /** The number of a commit by its id, which stands at a place of some bytes; -1 if it is not there. */
  find(bytes: Uint8Array, at: number): number;
  id(commit: number): Uint8Array;
  /** By commit: its first place in `parents`, with the end of the last one behind. */
  readonly starts: Uint32Array;
  /** Commits; -1 for one that is missing. */
  readonly parents: Int32Array;
  /** The bytes in which the id of a commit's tree stands, and where. */
  tree(commit: number): readonly [bytes: Uint8Array, at: number];
  /** When it was committed, and when it was written: seconds since 1970, NaN where that is not known. */
  readonly committed: Float64Array;
  readonly written: Float64Array;
  /** Name and address of a commit's author, as written. */
  author(commit: number): Buffer;
}

/** Joins what was read of commits. At the commits in `shallow` history was cut: their parents are missing, whatever else there is. */
export function commitGraph(parts: readonly CommitPart[], shallow: readonly Uint8Array[], idSize: number): CommitGraph {
  const table = new IdTable(idSize);
  const places: (readonly [part: CommitPart, place: number])[] = [];
  for (const part of parts) {
    for (let place = 0; place < part.by.length; place++) {
      if (table.enter(part.ids, place * idSize) === places.length) places.push([part, place]);
    }
  }
  const cut = new Set(shallow.map((id) => table.find(id, 0)));
  const parentsOf = (commit: number): readonly number[] => {
    const [{ starts, parents }, place] = places[commit]!;
    const found: number[] = [];
    for (let at = starts[place]!; at < starts[place + 1]!; at++)
      found.push(cut.has(commit) ? -1 : table.find(parents, at * idSize));
    return found;
  };
  const order = inOrder(places.length, parentsOf);
  const numbers = new Int32Array(places.length);
  for (let number = 0; number < order.length; number++) numbers[order[number]!] = number;
  const starts = new Uint32Array(order.length + 1);
  const parents: number[] = [];
  const committed = new Float64Array(order.length);
  const written = new Float64Array(order.length);
  for (let number = 0; number < order.length; number++) {
    const [part, place] = places[order[number]!]!;
    // A commit that is its own ancestor, which no honest hash allows, loses the parent that comes after it.
    for (const parent of parentsOf(order[number]!)) {
      const at = parent < 0 ? -1 : numbers[parent]!;
      parents.push(at < number ? at : -1);
    }
    starts[number + 1] = parents.length;
    written[number] = part.times[2 * place]!;
    committed[number] = part.times[2 * place + 1]!;
  }
  return {
    count: order.length,
    find: (bytes, at) => {
      const found = table.find(bytes, at);
      return found < 0 ? -1 : numbers[found]!;
    },
    id: (commit) => table.id(order[commit]!),
    starts,
    parents: Int32Array.from(parents),
    tree: (commit) => {
      const [part, place] = places[order[commit]!]!;
      return [part.trees, place * idSize];
    },
    committed,
    written,
    author: (commit) => {
      const [part, place] = places[order[commit]!]!;
      return part.authors[part.by[place]!]!;
    },
  };
}

/** Parents before children: what waits for nothing more goes first. */
function inOrder(count: number, parentsOf: (commit: number) => readonly number[]): Int32Array {
  const waits = new Uint32Array(count);
  const first = new Int32Array(count).fill(-1);
  const next: number[] = [];
  const child: number[] = [];
  for (let commit = 0; commit < count; commit++) {
    for (const parent of parentsOf(commit)) {
      if (parent < 0) continue;
      waits[commit]!++;
      next.push(first[parent]!);
      child.push(commit);
      first[parent] = next.length - 1;
    }
  }
  const order = new Int32Array(count);
  let ready = 0;
  for (let commit = 0; commit < count; commit++) if (waits[commit] === 0) order[ready++] = commit;
  for (let done = 0; done < ready; done++) {
    for (let edge = first[order[done]!]!; edge >= 0; edge = next[edge]!) {
      if (--waits[child[edge]!]! === 0) order[ready++] = child[edge]!;
    }
  }
  for (let commit = 0; ready < count; commit++) if (waits[commit]! > 0) order[ready++] = commit;
  return order;
}
