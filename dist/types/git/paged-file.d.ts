import type { Recent } from "./recent.ts";
/** A file of which single places are read; pages of many files share one room. */
export declare class PagedFile {
    #private;
    readonly path: string;
    /** Tells it from all others: short, since it stands in many keys. */
    readonly number: number;
    constructor(path: string, pages: Recent<Buffer>);
    get size(): number;
    /** The bytes at a place, fewer where the file ends; not to be written to. */
    bytes(at: number, length: number): Buffer;
    /** Closes the file until it is read again. */
    close(): void;
}
