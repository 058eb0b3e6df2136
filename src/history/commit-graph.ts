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
  const found = joined(parts, idSize);
  const { table, places } = found;
  const cut = new Set(shallow.map((id) => table.find(id, 0)));
  const read = linked(parts, found, cut, idSize);
  const order = inOrder(read);
  const { count } = table;
  const numbers = new Int32Array(count);
  for (let number = 0; number < count; number++) numbers[order[number]!] = number;
  const starts = new Uint32Array(count + 1);
  const parents = new Int32Array(read.parents.length);
  const committed = new Float64Array(count);
  const written = new Float64Array(count);
  for (let number = 0, end = 0; number < count; number++) {
    const commit = order[number]!;
    for (let at = read.starts[commit]!; at < read.starts[commit + 1]!; at++) {
      const parent = read.parents[at]! < 0 ? -1 : numbers[read.parents[at]!]!;
      // A commit that is its own ancestor, which no honest hash allows, loses the parent that comes after it.
      parents[end++] = parent < number ? parent : -1;
    }
    starts[number + 1] = end;
    const { times } = parts[found.parts[commit]!]!;
    written[number] = times[2 * places[commit]!]!;
    committed[number] = times[2 * places[commit]! + 1]!;
  }
  return {
    count,
    find: (bytes, at) => {
      const commit = table.find(bytes, at);
      return commit < 0 ? -1 : numbers[commit]!;
    },
    id: (commit) => table.id(order[commit]!),
    starts,
    parents,
    tree: (commit) => [parts[found.parts[order[commit]!]!]!.trees, places[order[commit]!]! * idSize],
    committed,
    written,
    author: (commit) => {
      const part = parts[found.parts[order[commit]!]!]!;
      return part.authors[part.by[places[order[commit]!]!]!]!;
    },
  };
}

/** Commits in the order in which they were read, each once: the part it is in, and its place there. */
interface Joined {
  readonly table: IdTable;
  readonly parts: Uint32Array;
  readonly places: Uint32Array;
}

function joined(all: readonly CommitPart[], idSize: number): Joined {
  const most = all.reduce((sum, { by }) => sum + by.length, 0);
  const table = new IdTable(idSize, most);
  const parts = new Uint32Array(most);
  const places = new Uint32Array(most);
  for (const [i, { ids, by }] of all.entries()) {
    for (let place = 0; place < by.length; place++) {
      const { count } = table;
      if (table.enter(ids, place * idSize) < count) continue;
      parts[count] = i;
      places[count] = place;
    }
  }
  return { table, parts, places };
}

/** By commit: its parents; -1 for one that is missing. */
interface Linked {
  readonly starts: Uint32Array;
  readonly parents: Int32Array;
}

function linked(all: readonly CommitPart[], found: Joined, cut: ReadonlySet<number>, idSize: number): Linked {
  const { count } = found.table;
  const starts = new Uint32Array(count + 1);
  const parents = new Int32Array(all.reduce((sum, part) => sum + part.parents.length / idSize, 0));
  for (let commit = 0, end = 0; commit < count; commit++) {
    const part = all[found.parts[commit]!]!;
    const place = found.places[commit]!;
    const isCut = cut.has(commit);
    for (let at = part.starts[place]!; at < part.starts[place + 1]!; at++)
      parents[end++] = isCut ? -1 : found.table.find(part.parents, at * idSize);
    starts[commit + 1] = end;
  }
  return { starts, parents };
}

/** Parents before children: what waits for nothing more goes first. */
function inOrder({ starts, parents }: Linked): Int32Array {
  const count = starts.length - 1;
  const waits = new Uint32Array(count);
  const firstChild = new Int32Array(count).fill(-1);
  const nextChild = new Int32Array(parents.length);
  const children = new Int32Array(parents.length);
  for (let commit = 0; commit < count; commit++) {
    for (let at = starts[commit]!; at < starts[commit + 1]!; at++) {
      const parent = parents[at]!;
      if (parent < 0) continue;
      waits[commit]!++;
      children[at] = commit;
      nextChild[at] = firstChild[parent]!;
      firstChild[parent] = at;
    }
  }
  const order = new Int32Array(count);
  let ready = 0;
  for (let commit = 0; commit < count; commit++) if (waits[commit] === 0) order[ready++] = commit;
  for (let done = 0; done < ready; done++) {
    for (let at = firstChild[order[done]!]!; at >= 0; at = nextChild[at]!) {
      const child = children[at]!;
      waits[child]!--;
      if (waits[child] === 0) order[ready++] = child;
    }
  }
  for (let commit = 0; ready < count; commit++) if (waits[commit]! > 0) order[ready++] = commit;
  return order;
}
