import type { Pack } from "../git/pack.ts";
/** The bytes of a pack: from the memory that all threads share, or from the file by pages. */
export declare class PackBytes {
    #private;
    constructor({ bytes, path }: Pick<Pack, "bytes" | "path">);
    /** Puts `size` bytes from a place to the start of a buffer; false when the pack ends before. */
    read(start: number, size: number, into: Buffer): boolean;
    close(): void;
}
