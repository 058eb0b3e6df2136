import type { Pack } from "../git/pack.ts";
/** The bytes of a pack: from the memory that all threads share, or from the file by pages. */
export declare class PackBytes {
    #private;
    constructor({ bytes, path }: Pick<Pack, "bytes" | "path">);
    /** Fills a buffer from a place; false when the pack ends before. */
    read(start: number, into: Buffer): boolean;
    close(): void;
}
