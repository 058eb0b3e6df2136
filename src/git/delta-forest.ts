import type { EntryHeaders } from "./pack-entries.ts";

/** The deltas of a pack as a forest, by rank: each object that is whole is the root of a tree of its changes. */
export interface DeltaForest {
  /** The rank of the first delta made from this entry; -1 if there is none. */
  readonly firstChild: Int32Array;
  /** The rank of the next delta with the same base, later in the pack; -1 if there is none. */
  readonly nextSibling: Int32Array;
  /** What the object is, also where it is stored as a delta: the kind of its tree's root; 0 if no root is reached. */
  readonly kinds: Uint8Array;
}

/** Links every delta to its base's list of children, and gives each tree its root's kind. */
export function deltaForest({ stored, bases }: EntryHeaders): DeltaForest {
  const count = bases.length;
  const firstChild = new Int32Array(new SharedArrayBuffer(count * 4)).fill(-1);
  const nextSibling = new Int32Array(new SharedArrayBuffer(count * 4)).fill(-1);
  for (let rank = count - 1; rank >= 0; rank--) {
    const base = bases[rank]!;
    if (base < 0) continue;
    nextSibling[rank] = firstChild[base]!;
    firstChild[base] = rank;
  }
  const kinds = new Uint8Array(new SharedArrayBuffer(count));
  for (let root = 0; root < count; root++) {
    if (bases[root]! < 0) paint(root, stored[root]!, { firstChild, nextSibling, kinds }, bases);
  }
  return { firstChild, nextSibling, kinds };
}

/** Goes through a tree without a stack: down to the first child, on to the sibling, up by the base. */
function paint(root: number, kind: number, { firstChild, nextSibling, kinds }: DeltaForest, bases: Int32Array): void {
  kinds[root] = kind;
  let at = firstChild[root]!;
  while (at >= 0) {
    kinds[at] = kind;
    if (firstChild[at]! >= 0) {
      at = firstChild[at]!;
      continue;
    }
    while (at !== root && nextSibling[at]! < 0) at = bases[at]!;
    at = at === root ? -1 : nextSibling[at]!;
  }
}
