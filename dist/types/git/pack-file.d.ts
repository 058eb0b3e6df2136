import { IndexSearch } from "./index-search.ts";
import type { ObjectContent } from "./loose.ts";
import { type HashKind } from "./object-id.ts";
import type { Recent } from "./recent.ts";
/** A pack from which a few objects are taken, each with the bases that it is made from (gitformat-pack(5)). */
export declare class PackFile {
    #private;
    readonly index: IndexSearch;
    readonly path: string;
    constructor(path: string, hash: HashKind, made: Recent<ObjectContent>, pages: Recent<Buffer>);
    /** The object whose entry begins at an offset; what is broken, or has more than `limit` bytes on the way, is malformed. */
    read(offset: number, limit: number): ObjectContent;
    close(): void;
}
