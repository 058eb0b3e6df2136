import type { ObjectId } from "../git/object-id.ts";
import type { InTime } from "../sources/in-time.ts";
import { type UnitScanner } from "./scan-unit.ts";
import { UnitTally } from "./unit-tally.ts";
/** A file's version that is looked at apart from the others: not as it stands, but as `scan` opens such a file. */
export interface Apart {
    readonly id: ObjectId;
    readonly content: Buffer;
    /** Of a submodule: its path. */
    readonly submodule?: string;
}
/** Whether a version is to be looked at apart, and whether what stands in its own bytes counts nevertheless. */
export declare function apartOf(bytes: Buffer): "instead" | "also" | undefined;
/** Looks at a version apart from the others; `lfs` is where contents in Git LFS are stored. */
export declare function scanApart(scanner: UnitScanner, version: Apart, lfs: string, inTime: InTime, result: UnitTally): Promise<void>;
