import type { Copied } from "../detect/versions.ts";
import { Gaps } from "../git/malformed.ts";
import { type Pack } from "../git/pack.ts";
import { type Stretch, type Unpacker } from "../kernel/history.ts";
import type { PackBytes } from "./pack-bytes.ts";
/** An object in the kernel's memory, until the visit is over; 64 zeros stand behind it. */
export interface Unpacked extends Stretch {
    /** Made when asked for. */
    readonly bytes: Buffer;
}
/**
 * Is told of every object of a tree of deltas, a base before what is made from it. What it gives for the base comes back
 * with what is made from it, and what the delta copied; an object without base has neither.
 */
export type Visit<T> = (rank: number, object: Unpacked, base: T | undefined, copied: Copied | undefined) => T;
/** Goes through the objects of a pack in the order of their deltas, each inflated once. What is broken is a gap. */
export declare class Walk {
    #private;
    readonly gaps: Gaps;
    constructor(unpacker: Unpacker, pack: Pack, bytes: PackBytes);
    /** The objects of these kinds among the ranks [from, to) that are no deltas. */
    roots(from: number, to: number, kinds: ReadonlySet<number>): Generator<number>;
    /** Visits an object that is no delta, and everything made from it. */
    tree<T>(root: number, visit: Visit<T>): void;
    /** The same for who needs no more than where each object stands; what the delta copied is still in the kernel's memory. */
    places<T>(root: number, visit: (rank: number, object: Stretch, base: T | undefined) => T): void;
    /** The object alone, which a visit may then look at. Undefined when it is broken: its gap is then told. */
    one<T>(rank: number, look: (object: Unpacked) => T): T | undefined;
}
