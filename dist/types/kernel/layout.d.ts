/** Where things stand in the kernel's linear memory; src/kernel/assembly/layout.ts holds the same numbers. */
export declare const CLASSES = 4096;
export declare const HEADS = 8192;
export declare const PREFIXES = 32768;
export declare const TEDDY = 98304;
/** How far a literal and what must follow it reach, and how far into it the bytes stand that tell it apart; u32 each. */
export declare const LITERAL_REACH = 98560;
export declare const LITERAL_HEADS = 98816;
export declare const WORD_HEADS = 122880;
export declare const WORDS = 131072;
export declare const FOLDED = 147456;
export declare const LITERALS = 155648;
/** Texts of prefixes, literals and words, one after the other. */
export declare const TEXTS = 188416;
export declare const TEXTS_END = 262144;
/** Candidates, 12 bytes each. */
export declare const OUT = 262144;
export declare const OUT_END: number;
/** Decoded views of encoded text, scanned one at a time. */
export declare const VIEW: number;
export declare const VIEW_SIZE: number;
/** The block of the file that is being scanned, with 64 readable bytes behind it. */
export declare const BLOCK: number;
export declare const BLOCK_SIZE: number;
export declare const MEMORY_PAGES: number;
/** The page of the history module's tables, where the gate's memory ends. */
export declare const HISTORY: number;
/** Copies of a delta, 12 bytes each. */
export declare const COPIES: number;
export declare const COPIES_END: number;
/** Parts of a text that a delta changed, for runs and then for literals, 8 bytes each: one more than there may be copies. */
export declare const RUN_PARTS: number;
export declare const LITERAL_PARTS: number;
export declare const PARTS_END: number;
export declare const KIND_RUN = 0;
export declare const KIND_PREFIX = 268435456;
export declare const KIND_LITERAL = 536870912;
export declare const FLAG_SPOKEN = 16777216;
export declare const FLAG_ENCODED = 33554432;
export declare const FLAG_ESCAPES = 67108864;
export declare const FLAG_ESCAPED = 1073741824;
export declare const KIND_MASK = 805306368;
export declare const ID_MASK = 16777215;
/** What a literal needs behind it: nothing, an assignment, or `user:password@`. */
export declare const CHECKS: {
    readonly none: 0;
    readonly assigned: 1;
    readonly userinfo: 2;
};
export type Check = keyof typeof CHECKS;
/** A prefix that a token starts with, at least three bytes, exact case. `id` is the caller's. */
export interface Prefix {
    readonly text: string;
    readonly id: number;
    /** Fewest bytes from the prefix to the end of its run, at most 255. */
    readonly least?: number;
}
/** A literal that stands anywhere; `fold` matches ASCII letters in either case (then `text` is lower case). */
export interface Literal {
    readonly text: string;
    readonly id: number;
    readonly fold: boolean;
    readonly check: Check;
}
/** Bytes before a run, and of the run itself, in which a word may speak for it. */
export declare const WORD_BEFORE = 80;
export declare const WORD_INSIDE = 60;
/** Folds a word, or text as Latin-1, as the kernel folds text: without case, and without `_`, `-`, `.` and blanks. No letter becomes or ceases to be one of ASCII. */
export declare function folded(text: string): string;
/** Bytes that may hold what the rules look for. `kind` is one of the KIND_ constants, perhaps with FLAG_ESCAPED, and the id. */
export interface Candidate {
    readonly start: number;
    readonly end: number;
    readonly kind: number;
}
/** Rough frequency of a byte in source text, per thousand. */
export declare function commonness(byte: number): number;
