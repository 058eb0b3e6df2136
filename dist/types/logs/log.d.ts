import type { LogFacts, LogOrigin, LogPlace, LogSystem, Region, Span } from "../model/index.ts";
import { type Reading } from "./readings.ts";
/** Gives lines and columns of the made text: of offsets in the room, in order. */
export type Regions = (start: number, end: number) => Region;
/** A raw place of something in a log. */
export interface Placed {
    readonly span: Span;
    readonly region: Region;
}
/** Takes pieces of the raw text of a log and gives the text to scan, piece by piece. */
export declare class Log {
    #private;
    readonly path: string;
    constructor(path: string, origin?: LogOrigin);
    /** What waits to be read. */
    take(into: Buffer): number;
    /** The buffer that the next raw bytes are to be put in. */
    get room(): Buffer;
    /** Says that so many raw bytes came; 0 at the end. What they make is then ready. */
    push(count: number): void;
    /** Makes text of what came, though it may be too little to tell whose log it is. */
    settle(over: boolean): void;
    get system(): LogSystem;
    /** Raw bytes that came since this was asked last. */
    count(): number;
    /** Other readings of the room's lines. */
    readings(room: Buffer, length: number): Reading[];
    /** Where [start, end) of the room stands in the raw text. */
    place(room: Buffer, start: number, end: number, regions: Regions): Placed;
    /** Where a secret stands in what was cut out at a place of the room; behind it, where that is not known. */
    placeInCut(room: Buffer, at: number, secret: string, regions: Regions): Placed;
    /** Everything that is known of a place in the room. Places are asked for in order. */
    about(room: Buffer, length: number, at: number): LogPlace;
    /** The first `bytes` of the room, which has `length`, are about to leave it. */
    advance(room: Buffer, length: number, bytes: number, regions: Regions): void;
    /** What is known of the log at its end; nothing is asked of it after that. */
    end(): LogFacts;
}
/** Makes a log of a text with such a path. */
export declare const openLog: (path: string, origin?: LogOrigin) => Log;
