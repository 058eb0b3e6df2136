import { type HashKind, type ObjectId } from "./object-id.ts";
import type { Recent } from "./recent.ts";
/**
 * Searches the index of a pack where it lies, for who wants a few objects. Ids are hashes, so where one stands is guessed well
 * from its first digits: most are found in the first page that is read. An index that is not sorted may hide objects; whoever misses one
 * says so.
 */
export declare class IndexSearch {
    #private;
    /** Reads the head of an index; one whose sizes do not fit is malformed. */
    constructor(path: string, hash: HashKind, pages: Recent<Buffer>);
    /** Where the entry of an id begins in the pack; undefined if the pack does not have it. */
    offsetOf(id: Uint8Array): number | undefined;
    /** The ids that begin with these hexadecimal digits, of which there are at least two; at most `most` of them. */
    startingWith(digits: string, most: number): ObjectId[];
    close(): void;
}
