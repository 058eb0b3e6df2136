import type { Pack } from "../git/pack.ts";
/** Pages of packs, by their number; the one used last comes last. */
export type PackPages = Map<number, Buffer>;
/** The bytes of a pack, read from its file by pages. */
export declare class PackBytes {
    #private;
    /** Packs that are read at the same time may share their pages. */
    constructor({ path }: Pick<Pack, "path">, pages?: PackPages);
    /** Puts `size` bytes from a place to the start of a buffer; false when the pack ends before. */
    read(start: number, size: number, into: Buffer): boolean;
    close(): void;
}
