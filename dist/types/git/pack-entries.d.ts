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
/** Headers that threads read side by side: plain data over shared memory. Each takes portions of ranks until none is left. */
export interface SharedHeaders {
    readonly path: string;
    readonly index: PackIndex;
    readonly end: number;
    readonly found: EntryHeaders;
    /** What became of each portion. */
    readonly portions: Int32Array;
}
/** Hands headers to threads, which read them with `helpRead`. */
export type ShareHeaders = (headers: SharedHeaders) => void;
/**
 * Reads the headers of all entries, in pieces of the pack's file. `end` is where the last entry ends. `share` may hand them
 * to threads that read with this one.
 */
export declare function readHeaders({ path, file }: {
    readonly path: string;
    readonly file: OpenFile;
}, index: PackIndex, end: number, gaps: Gaps, share?: ShareHeaders): EntryHeaders;
/** Reads headers with the thread that shares them, and others. */
export declare function helpRead(shared: SharedHeaders): void;
/** Where a rank's entry must have ended: where the next one begins, or where all end. */
export declare const entryEnd: ({ offsets, count }: PackIndex, rank: number, end: number) => number;
/** The size in an entry's header, whose first byte holds its lowest 4 bits: gitformat-pack(5), "size encoding". */
export declare function readEntrySize(cursor: Cursor, first: number): number;
