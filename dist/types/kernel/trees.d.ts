import type { Stretch, Unpacker } from "./history.ts";
/**
 * What trees hold, as plain arrays: each different entry once, and each different run of entries once. The entries are those that name
 * a folder or a wanted object.
 */
export interface KeptTrees {
    /** The entries as a tree has them, without their modes: `NAME NUL ID`, one after the other. */
    readonly texts: Uint8Array;
    /** By entry, two numbers: where its text begins, and twice its length, plus 1 if it is a folder. */
    readonly entries: Uint32Array;
    /** By run, two numbers: its first place in `members`, and how many it has. */
    readonly runs: Uint32Array;
    /** Entries. */
    readonly members: Places;
    /** By tree: its first place in `lists`, with the end of the last one behind. */
    readonly starts: Uint32Array;
    /** Runs, in a tree's order. */
    readonly lists: Places;
}
/** Numbers of what is kept: in half the room where there are few enough of it. */
export type Places = Uint32Array | Uint16Array;
/** A tree that was kept. `full` leaves it out: take what there is and try again. `broken` keeps what stands before the flaw. */
export interface Kept {
    readonly how: "kept" | "full" | "broken";
    /** Where its marks are on the stack of trees that are made from each other. */
    readonly level: number;
    readonly round: number;
}
/** For a tree that was not looked at, so that what is made from it is read as a whole. */
export declare const UNMARKED: Kept;
/** Gathers what trees hold in the kernel's memory, until its rooms are full. It is a buffer of the unpacker's stack: close it in that order. */
export declare class TreeKeeper {
    #private;
    /** `wanted` are the ids that are looked for, one after the other. */
    constructor(unpacker: Unpacker, wanted: Uint8Array, idSize: number);
    /**
     * Keeps a tree that stands in the kernel's memory with 64 zeros behind it. `base` is what this gave for the tree that the last delta made
     * it from, if it is made by one: only what is new is then read. It must be called in the order of a walk, each tree right after its delta.
     */
    add(at: number, size: number, base?: Kept): Kept;
    /**
     * The names of 16 bytes or more that were read since this was asked last, each with a line feed behind it and zeros behind all; one that was
     * read a moment ago may be left out. `lost` says that there were too many: those of the last tree are then not among them.
     */
    names(): {
        readonly stretch: Stretch;
        readonly lost: boolean;
    } | undefined;
    /** Gives what was kept, and begins anew. */
    take(): KeptTrees;
    close(): void;
}
