import type { Segment } from "./tables.ts";
/** One of the two places of a kernel that hold text: `bytes` is linear memory itself, so filling it copies nothing twice. */
export interface Room {
    readonly bytes: Buffer;
    readonly base: number;
}
/** The kernel with its tables filled: bytes in, offsets out. One instance a thread; src/kernel/README.md is its essay. */
export declare class Kernel {
    #private;
    /** Holds the block of a file that is being scanned. */
    readonly block: Room;
    /** Holds a decoded view while the block stays where it is. */
    readonly view: Room;
    /** `tables` is what `tablesOf` makes of a rule set. */
    constructor(tables: readonly Segment[]);
    /**
     * Every candidate in the first `length` bytes of `room`: runs and prefixes first, then literals, each in order.
     * Offsets count from the room's start. The list is a copy: it stays whole when the room is filled anew.
     */
    candidates(room: Room, length: number): Uint32Array;
    /** Line feeds in [start, end) of a room. */
    countLines(room: Room, start: number, end: number): number;
    /** UTF-16 units of the UTF-8 text in [start, end) of a room. */
    countUtf16(room: Room, start: number, end: number): number;
}
