/** Modes of tree entries that are no plain file: a folder, a link, a submodule's commit (gitformat-index(5), "mode"). */
export declare const FOLDER = 16384;
export declare const LINK = 40960;
export declare const SUBMODULE = 57344;
/**
 * Goes through the entries of a tree object (`MODE NAME NUL ID`, git's "tree objects") where they stand in some bytes; each
 * `next` fills the fields anew, so that nothing is allocated for an entry.
 */
export declare class TreeCursor {
    #private;
    /** Where the entry begins. */
    start: number;
    /** The file's mode, as in `0o100644`. */
    mode: number;
    nameStart: number;
    nameEnd: number;
    idStart: number;
    /** What ended the walk before the end of the tree. */
    flaw: string | undefined;
    constructor(bytes: Uint8Array, idSize: number, start?: number, end?: number);
    /** Moves to the next entry; false at the end, or where the tree is broken. */
    next(): boolean;
    /** Moves to the entry that begins at a place, as far as one does. */
    moveTo(at: number): boolean;
}
