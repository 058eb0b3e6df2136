/** Longest string (a title, a link) that is taken for one. */
export declare const LONGEST_STRING = 4096;
/** Most bytes that must stand behind an escape to know where it ends. */
export declare const LONGEST_ESCAPE: number;
/** The text ends before the escape does. */
export declare const UNFINISHED = -1;
/**
 * The end of the escape sequence at `at` (ECMA-48, 5.3 to 5.6: control sequences, control strings ended by ST or BEL, single
 * functions), a ConsoleNote of Jenkins as a whole; {@link UNFINISHED} if the text ends first, `at` if it is none.
 */
export declare function escapeEnd(bytes: Uint8Array, at: number, end: number): number;
/** Milliseconds that Buildkite writes before a line: `ESC _ bk;t=1700000000000 BEL`. */
export declare function buildkiteTime(bytes: Buffer, at: number, end: number): number | undefined;
