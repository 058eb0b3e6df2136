/** Where things stand in the memory of the module that strips logs; src/kernel/assembly/strip.ts holds the same numbers. */
export const STRIP_RAW = 0x10000;
export const STRIP_OUT = 0x100000;
export const STRIP_ROWS = 0x200000;
export const STRIP_ROWS_END = 0x280000;
/** Bytes that each of the two rooms has, and those behind them that may be read or written. */
export const STRIP_SIZE = 0xe0000;
/** Longest control sequence that is taken out; longer ones are left to the caller. */
export const LONGEST = 24;
/** Set in a row where the cut parts a word. */
export const JOINT = 0x80000000;
/** Set in a row where a stamp was cut out at the start of a line. */
export const STAMP = 0x40000000;
