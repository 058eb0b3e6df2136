/** Where things stand in the kernel's linear memory; src/kernel/assembly/layout.ts holds the same numbers. */
export const CLASSES = 4096;
export const HEADS = 8192;
export const PREFIXES = 32768;
export const TEDDY = 98304;
/** How far a literal and what must follow it reach, and how far into it the bytes stand that tell it apart; u32 each. */
export const LITERAL_REACH = 98560;
export const LITERAL_HEADS = 98816;
export const WORD_HEADS = 122880;
export const WORDS = 131072;
export const FOLDED = 147456;
export const LITERALS = 155648;
/** Texts of prefixes, literals and words, one after the other. */
export const TEXTS = 188416;
export const TEXTS_END = 262144;
/** Candidates, 12 bytes each. */
export const OUT = 262144;
export const OUT_END = OUT + 12 * 65536;
/** Decoded views of encoded text, scanned one at a time. */
export const VIEW = 1 << 20;
export const VIEW_SIZE = (1 << 20) - 64;
/** The block of the file that is being scanned, with 64 readable bytes behind it. */
export const BLOCK = 2 << 20;
export const BLOCK_SIZE = (4 << 20) - 64;
export const MEMORY_PAGES = (6 << 20) >> 16;

/** The page of the history module's tables, where the gate's memory ends. */
export const HISTORY = MEMORY_PAGES << 16;
/** Copies of a delta, 12 bytes each. */
export const COPIES = HISTORY + (1 << 16);
export const COPIES_END = HISTORY + (1 << 20);
/** Parts of a text that a delta changed, for runs and then for literals, 8 bytes each: one more than there may be copies. */
export const RUN_PARTS = COPIES_END;
export const LITERAL_PARTS = RUN_PARTS + (11 << 16);
export const PARTS_END = LITERAL_PARTS + (11 << 16);

export const KIND_RUN = 0;
export const KIND_PREFIX = 0x10000000;
export const KIND_LITERAL = 0x20000000;
export const FLAG_SPOKEN = 0x01000000;
export const FLAG_ENCODED = 0x02000000;
export const FLAG_ESCAPES = 0x04000000;
export const FLAG_ESCAPED = 0x40000000;
export const KIND_MASK = 0x30000000;
export const ID_MASK = 0x00ffffff;

/** What a literal needs behind it: nothing, an assignment, or `user:password@`. */
export const CHECKS = { none: 0, assigned: 1, userinfo: 2 } as const;
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
export const WORD_BEFORE = 80;
export const WORD_INSIDE = 60;

/** Folds a word, or text as Latin-1, as the kernel folds text: without case, and without `_`, `-`, `.` and blanks. No letter becomes or ceases to be one of ASCII. */
export function folded(text: string): string {
  return text.replace(/[_\-. ]+/g, "").toLowerCase();
}

/** Bytes that may hold what the rules look for. `kind` is one of the KIND_ constants, perhaps with FLAG_ESCAPED, and the id. */
export interface Candidate {
  readonly start: number;
  readonly end: number;
  readonly kind: number;
}

/** Rough frequency of a byte in source text, per thousand. */
export function commonness(byte: number): number {
  if (byte >= 97 && byte <= 122) return LETTERS[byte - 97] ?? 1;
  if (byte >= 65 && byte <= 90) return (LETTERS[byte - 65] ?? 1) / 8;
  if (byte >= 48 && byte <= 57) return 8;
  if (byte === 32) return 150;
  return byte > 127 || byte < 10 ? 0.1 : 6;
}

const LETTERS = [60, 12, 32, 30, 90, 18, 15, 20, 55, 2, 6, 32, 22, 52, 50, 20, 1, 55, 55, 70, 24, 8, 8, 5, 10, 2];
