import { type ObjectContent } from "./loose.ts";
import { Gaps } from "./malformed.ts";
import { type HashKind, type ObjectId } from "./object-id.ts";
import type { Repository } from "./repository.ts";
/** What a thread needs to look objects up: plain data. */
export type Stored = Pick<Repository, "objectFolders" | "hash" | "partial" | "shallow">;
/** Most bytes of one object. */
export declare const LARGEST_OBJECT: number;
/**
 * Finds objects of a repository one by one, without reading any pack as a whole: for who wants a few of many. Folders are
 * asked in their order (a quarantine first), packs before files of their own, the pack that had the last object first.
 */
export declare class Lookup {
    #private;
    readonly hash: HashKind;
    readonly gaps: Gaps;
    constructor(stored: Stored);
    /** An object, checked against its id. One that is missing, or of which no copy can be read, is malformed. */
    read(id: ObjectId, limit?: number): ObjectContent;
    /** Whether there is such an object, broken or not. */
    has(id: ObjectId): boolean;
    /** The ids that begin with at least four hexadecimal digits, each once; at most a few of them. */
    startingWith(digits: string, most?: number): ObjectId[];
    /** Closes files; what is asked for later opens them again. */
    close(): void;
}
/** Looks things up, and closes what that opened. */
export declare function withLookup<T>(stored: Stored, ask: (lookup: Lookup) => T): T;
