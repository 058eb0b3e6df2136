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
export declare function deltaForest({ stored, bases }: EntryHeaders): DeltaForest;
