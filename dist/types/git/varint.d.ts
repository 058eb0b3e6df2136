/** A place in bytes that moves on as they are read; reading past `end` is malformed. */
export interface Cursor {
    readonly bytes: Uint8Array;
    at: number;
    readonly end: number;
}
/** The next byte. */
export declare function readByte(cursor: Cursor): number;
/** The next bytes, not copied. */
export declare function readBytes(cursor: Cursor, length: number): Uint8Array;
/** A whole number as an `ofs-delta` distance has it: gitformat-pack(5), "offset encoding". */
export declare function readOffsetNumber(cursor: Cursor): number;
/** Goes on by a number of bytes. */
export declare function skip(cursor: Cursor, count: number): void;
