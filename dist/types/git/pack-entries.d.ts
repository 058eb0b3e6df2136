import { type Gaps } from "./malformed.ts";
import { type PackIndex } from "./pack-index.ts";
import { type OpenFile } from "./regular-file.ts";
import { type Cursor } from "./varint.ts";
/** Kinds of entries that hold a change of another object, beside those of `object-id.ts` (gitformat-pack(5), "Object types"). */
export declare const OFS_DELTA = 6;
export declare const REF_DELTA = 7;
/** What the header of each entry of a pack says, by rank. */
export interface EntryHeaders {
    /** The kind of entry: an object's, `OFS_DELTA` or `REF_DELTA`; 0 if the header cannot be read. */
    readonly stored: Uint8Array;
    /** Bytes of what is deflated: of the object, or of the delta itself. */
    readonly sizes: Float64Array;
    /** Bytes of the header: the zlib stream begins that far behind the entry's offset. */
    readonly headers: Uint8Array;
    /** The rank of the delta's base; -1 without one. */
    readonly bases: Int32Array;
}
/** Reads the headers of all entries, in pieces of the pack's file. `end` is where the last entry ends. */
export declare function readHeaders(pack: OpenFile, index: PackIndex, end: number, gaps: Gaps): EntryHeaders;
/** Where a rank's entry must have ended: where the next one begins, or where all end. */
export declare const entryEnd: ({ offsets, count }: PackIndex, rank: number, end: number) => number;
/** The size in an entry's header, whose first byte holds its lowest 4 bits: gitformat-pack(5), "size encoding". */
export declare function readEntrySize(cursor: Cursor, first: number): number;
