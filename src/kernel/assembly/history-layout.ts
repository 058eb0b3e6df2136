// What stands behind the gate's memory once a history is read, and what the history module answers with.
// src/kernel/layout.ts and src/kernel/history.ts hold the same numbers; a test compares them.

/** The page of the history module's tables; everything behind it is the caller's. */
export const HISTORY: usize = 6291456;

/** What a symbol means, before its code is known (the entries of huffman.ts): u32 each. */
export const LITERAL_SYMBOLS: usize = HISTORY + 1024;
export const DISTANCE_SYMBOLS: usize = HISTORY + 2304;
export const LENGTH_SYMBOLS: usize = HISTORY + 2432;
/** Code lengths of a block, with room for a last repeat that runs over and for wide stores. */
export const LENGTHS: usize = HISTORY + 2560;
/** How many codes have each length; where the symbols of each length start among the sorted ones; the sorted symbols, u16 each. */
export const COUNTS: usize = HISTORY + 3072;
export const STARTS: usize = HISTORY + 3136;
export const SORTED: usize = HISTORY + 3200;
/** Decode tables, u32 each. Their most entries are what zlib's `enough` counts: 1,334 for 288 symbols in 10 bits, 402 for 32 in 8. */
export const LENGTH_TABLE: usize = HISTORY + 4096;
export const DISTANCE_TABLE: usize = HISTORY + 8192;
export const LITERAL_TABLE: usize = HISTORY + 12288;
export const FIXED_DISTANCES: usize = HISTORY + 20480;
export const FIXED_LITERALS: usize = HISTORY + 24576;
/** The words of the block that is being hashed, u32 each. */
export const SCHEDULE: usize = HISTORY + 28672;
export const LENGTH_BITS: u32 = 7;
export const DISTANCE_BITS: u32 = 8;
export const LITERAL_BITS: u32 = 10;

/** Readable bytes that must stand behind every input. */
export const INPUT_SLACK: usize = 32;
/** Writable bytes that must stand behind every output's room. After a success the 64 bytes behind the result are zero, as the gate wants them. */
export const OUTPUT_SLACK: usize = 64;

export const BAD_HEADER: i32 = -1;
export const BAD_BLOCK: i32 = -2;
export const BAD_CODE: i32 = -3;
export const BAD_DISTANCE: i32 = -4;
export const TOO_LARGE: i32 = -5;
export const TRUNCATED: i32 = -6;
export const BAD_CHECKSUM: i32 = -7;
export const DELTA_TRUNCATED: i32 = -8;
export const DELTA_SIZE: i32 = -9;
export const DELTA_BASE: i32 = -10;
export const DELTA_COPY: i32 = -11;
export const DELTA_OPCODE: i32 = -12;
export const DELTA_TOO_LARGE: i32 = -13;
export const DELTA_RESULT: i32 = -14;
