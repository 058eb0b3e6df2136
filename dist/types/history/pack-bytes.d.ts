import type { Pack } from "../git/pack.ts";
import type { Stretch, Unpacker } from "../kernel/history.ts";
/** Pages of packs in the kernel's memory, so that most objects are inflated from where they were read to. */
export declare class PackPages {
    #private;
    readonly unpacker: Unpacker;
    /** Takes its room from an unpacker's stack, for ever. */
    constructor(unpacker: Unpacker);
    /** A page by its number, which `fill` reads if it is not there; until the next one is asked for. */
    page(number: number, fill: (room: Buffer) => number): Stretch;
}
/** The bytes of a pack, read from its file by pages. */
export declare class PackBytes {
    #private;
    /** Packs that are read at the same time may share their pages. */
    constructor({ path }: Pick<Pack, "path">, pages: PackPages);
    /** The address in the kernel's memory at which `size` bytes from a place stand, at most as many as its input holds, until others are asked for; -1 when the pack ends before. */
    at(start: number, size: number): number;
    /** Puts `size` bytes from a place to the start of a buffer; false when the pack ends before. */
    read(start: number, size: number, into: Buffer): boolean;
    close(): void;
}
