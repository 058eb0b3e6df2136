/** Where things stand in the memory of the module that strips logs; src/kernel/assembly/strip.ts holds the same numbers. */
export declare const STRIP_RAW = 65536;
export declare const STRIP_OUT = 1048576;
export declare const STRIP_ROWS = 2097152;
export declare const STRIP_ROWS_END = 2621440;
/** Bytes that each of the two rooms has, and those behind them that may be read or written. */
export declare const STRIP_SIZE = 917504;
/** Longest control sequence that is taken out; longer ones are left to the caller. */
export declare const LONGEST = 24;
/** Set in a row where the cut parts a word. */
export declare const JOINT = 2147483648;
/** Set in a row where a stamp was cut out at the start of a line. */
export declare const STAMP = 1073741824;
