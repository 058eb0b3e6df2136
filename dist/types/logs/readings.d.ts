import type { Joint } from "./joints.ts";
/** A text as it may be read, too, with the way back from each of its bytes. */
export interface Reading {
    readonly bytes: Buffer;
    /** Offsets in the room of the bytes [from, to). */
    span(from: number, to: number): {
        readonly start: number;
        readonly end: number;
        readonly apart?: true;
    };
}
/** Longest reading. */
export declare const MOST: number;
/**
 * Lines in which something was cut out of a word, with the cut as a border: `ghp_…` followed at once by a colour and a letter
 * is a token on a terminal only if the colour counts. What was cut out is read, too, if it is long. `joints` are offsets in the room.
 */
export declare function readingsOf(room: Buffer, length: number, joints: readonly Joint[]): Reading[];
/** Puts a reading together from pieces. */
export declare class Writer {
    #private;
    size: number;
    copy(text: string, from: number): void;
    put(text: string, from: number): void;
    reading(): Reading;
}
