/** What a CI system puts before a line. */
export interface Stamp {
    /** Bytes it takes, the blank behind it included. */
    readonly length: number;
    /** Epoch seconds. */
    readonly time: number;
    /** The line goes on with the one before it (GitLab, FF_TIMESTAMPS: `+` behind the stream's letter). */
    readonly continues: boolean;
}
/** Longest stamp: a byte order mark, GitLab's 32 bytes, one to spare. */
export declare const LONGEST_STAMP = 48;
/**
 * The stamp at a line's start: `2023-09-21T17:21:33.6471522Z ` (GitHub, Azure), the same with ` 00O ` or ` 00O+` behind it
 * (GitLab), or in brackets (Jenkins' timestamper). Undefined if there is none. `at` is behind a byte order mark.
 */
export declare function stampAt(bytes: Uint8Array, at: number, end: number): Stamp | undefined;
/** Epoch seconds of a stamp. Most lines are of the day of the line before. */
export declare function timeOf(bytes: Uint8Array, at: number): number;
