import type { Gap } from "../model/index.ts";
import { type DeltaForest } from "./delta-forest.ts";
import { type HashKind } from "./object-id.ts";
import { type EntryHeaders, type ShareHeaders } from "./pack-entries.ts";
import { type PackIndex } from "./pack-index.ts";
/** A pack that was opened: plain data over shared memory, about 65 bytes an object, so that it can be sent to a thread. */
export interface Pack extends EntryHeaders, DeltaForest {
    readonly path: string;
    readonly index: PackIndex;
    /** Where the last entry ends and the checksum begins. */
    readonly end: number;
    /** Whether it ends as its index says; else what of it can be read is given all the same. */
    readonly whole: boolean;
    readonly gaps: readonly Gap[];
}
/**
 * Opens a pack by the path of its `.pack`, with the index beside it; of the file 1 MiB is held at a time. What is broken as
 * a whole is `Malformed`, what is broken in parts a gap. `share` may hand the reading of a large one to threads.
 */
export declare function openPack(path: string, hash: HashKind, share?: ShareHeaders): Pack;
/** Where a rank's zlib stream begins in the file, and the first byte that is no longer its own. */
export declare function dataSpan({ index, headers, end }: Pack, rank: number): {
    readonly start: number;
    readonly end: number;
};
