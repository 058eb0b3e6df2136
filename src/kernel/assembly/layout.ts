// Where things stand in linear memory. src/kernel/layout.ts holds the same numbers; a test compares them.

/** 256 bytes: what each byte is inside a run (see CLASS_*). */
export const CLASSES: usize = 4096;
/** 8192 entries of u16: the first prefix whose first three bytes have this hash, plus one. */
export const HEADS: usize = 8192;
/** Prefixes, 16 bytes each: u32 first three bytes, u32 address of the text, u16 length, u16 next entry plus one, u32 id. */
export const PREFIXES: usize = 32768;
/** Nibble tables of 16 bytes: for eight buckets, of the first, second and third byte the low and the high nibble; then the same for eight more. */
export const TEDDY: usize = 98304;
/** 4096 entries of u16: the first literal whose folded fragment has this hash, plus one. */
export const LITERAL_REACH: usize = 98560;
export const LITERAL_HEADS: usize = 98816;
/** Places of a text that may be a literal's, 8 bytes each: u32 address, u32 first literal plus one; some more are written than listed. */
export const PLACES: usize = 107008;

/** 4096 entries of u16: the first word whose last three bytes have this hash, plus one. */
export const WORD_HEADS: usize = 122880;
/** Words that speak for a run, 8 bytes each: u32 address of the folded text, u16 length, u16 next entry plus one. */
export const WORDS: usize = 131072;
/** Where the text around runs is folded; 32 bytes more may be written. */
export const FOLDED: usize = 147456;
export const FOLDED_MOST: usize = 1536;
/** 256 entries of 8 bytes: the places of the bits of a set, in order. */
export const PACKING: usize = FOLDED + 2048;
/** Places of the folded text that may end a word, 8 bytes each: u32 place, u32 first word plus one. */
export const SPOKEN_PLACES: usize = PACKING + 2048;
/** Literals, 16 bytes each: u32 address, u8 length, u8 offset of its fragment, u8 check, u8 fold, u32 id, u16 next entry plus one, u8 bucket (for the host). */
export const LITERALS: usize = 155648;

export const CLASS_DIGIT: u32 = 1;
export const CLASS_LETTER: u32 = 2;
/** `+` and `/`: inside a stretch of base64, but a token may start after it. */
export const CLASS_JOIN: u32 = 3;

export const KIND_RUN: u32 = 0;
export const KIND_PREFIX: u32 = 0x10000000;
export const KIND_LITERAL: u32 = 0x20000000;
/** Set on a run: a word that may name it stands before it, and something assigns. */
export const FLAG_SPOKEN: u32 = 0x01000000;
/** Set on a run: some piece of it begins like text in base64 or hexadecimal. */
export const FLAG_ENCODED: u32 = 0x02000000;
/** Set on a run: an escape (`%3D`, `\u003d`, `&#61;`) stands next to it. */
export const FLAG_ESCAPES: u32 = 0x04000000;
/** Set when the prefix stands right after an escape such as `\n`, `%3D` or an ANSI colour. */
export const FLAG_ESCAPED: u32 = 0x40000000;
