import { Room } from "./room.ts";
import type { Segment } from "./tables.ts";
/** What a delta changed in a text. */
export interface Changed {
    /** The candidates that start in the parts below: runs and prefixes, then literals. Undefined when there are more than are listed. */
    readonly found: Uint32Array | undefined;
    /** Whether a zero byte stands in what is new. */
    readonly zero: boolean;
}
/** Parts [start, end) of a text, two numbers each, ascending and apart. */
export interface Parts {
    readonly runs: Uint32Array;
    readonly literals: Uint32Array;
}
/** The kernel with its tables filled: bytes in, offsets out. One instance a thread; src/kernel/README.md is its essay. */
export declare class Kernel {
    #private;
    /** Holds the block of a file that is being scanned. */
    readonly block: Room;
    /** Holds a decoded view while the block stays where it is. */
    readonly view: Room;
    /** All of it, for what works beside the gate. It may grow: views made before are then empty, and a room gives new ones. */
    readonly memory: WebAssembly.Memory;
    /** `tables` is what `tablesOf` makes of a rule set. */
    constructor(tables: readonly Segment[]);
    /**
     * Every candidate in the first `length` bytes of `room`: runs and prefixes first, then literals, each in order.
     * Offsets count from the room's start. The list is a copy: it stays whole when the room is filled anew.
     */
    candidates(room: Room, length: number): Uint32Array;
    /** The same in place, for the text in [begin, end) of the memory; the 64 bytes behind it are zero. Offsets count from `begin`. */
    candidatesAt(begin: number, end: number): Uint32Array;
    /** Whether a byte of [begin, end) of the memory is zero. */
    hasZero(begin: number, end: number): boolean;
    /** Runs and prefixes in the part [from, to) of the text that starts at `begin`; no run of the text reaches beyond the part. */
    runsAt(begin: number, from: number, to: number): Uint32Array;
    /**
     * Looks at the parts of the text at `begin` in which candidates may be others than in the text that a delta made it of;
     * `copies` is how many the unpacker told last.
     */
    changed(begin: number, size: number, baseSize: number, copies: number): Changed;
    /** Those parts, counted from `begin`; valid until the next delta. */
    changedParts(): Parts;
    /** Line feeds in [start, end) of a room. */
    countLines(room: Pick<Room, "base">, start: number, end: number): number;
    /** UTF-16 units of the UTF-8 text in [start, end) of a room. */
    countUtf16(room: Pick<Room, "base">, start: number, end: number): number;
}
