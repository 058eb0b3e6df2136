import { Gaps } from "../git/malformed.ts";
import { type StoredPack } from "../git/objects.ts";
import type { Unpacker } from "../kernel/history.ts";
import { type Kept, type KeptTrees } from "../kernel/trees.ts";
import type { Gap } from "../model/index.ts";
import type { PackBytes } from "./pack-bytes.ts";
/** Some trees of a repository, as plain arrays that can be sent to another thread. */
export interface TreePart extends KeptTrees {
    /** The trees' ids, one after the other. */
    readonly ids: Uint8Array;
}
/** Trees that were looked at, and those that could not be read. */
export interface FoundTrees {
    readonly parts: readonly TreePart[];
    readonly gaps: readonly Gap[];
}
/** Is given the long names of a tree that were not read a moment ago: where they stand in the kernel's memory, each with a line feed behind it. */
export type Names = (tree: Uint8Array, at: number, size: number) => void;
/** Who looks on while trees are read. */
export interface TreeListener {
    /** Told of every tree by its rank or place before it is read; false passes it over. */
    readonly at: (number: number) => boolean;
    readonly names: Names;
}
/** Gathers trees with their ids in parts of bounded size. */
export declare class TreeGatherer {
    #private;
    readonly gaps: Gaps;
    /** `wanted` are the ids of the blobs that are looked for, one after the other. */
    constructor(unpacker: Unpacker, wanted: Uint8Array, idSize: number, names?: Names);
    /** Enters the tree that stands at a place of the kernel's memory, with 64 zeros behind it; `base` is what this gave for its delta's base. */
    add(id: Uint8Array, at: number, size: number, base?: Kept): Kept;
    /** Everything that was gathered; the gatherer is closed with it. */
    end(): FoundTrees;
}
/**
 * Looks at all trees of a pack that hang on the objects of the ranks [from, to): which of them hold a wanted blob, and which hold which
 * folders. `wanted` are the blobs' ids, one after the other.
 */
export declare function treesIn(unpacker: Unpacker, pack: StoredPack, bytes: PackBytes, from: number, to: number, wanted: Uint8Array, listener?: TreeListener): FoundTrees;
