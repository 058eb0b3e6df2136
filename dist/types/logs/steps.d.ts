import type { LogSystem } from "../model/index.ts";
/** Which step a place of a log stands in. Marks are read in order, up to the place that is asked for. */
export declare class Steps {
    #private;
    first: number | undefined;
    last: number | undefined;
    /** The last time that was read, and the room's offset behind it. */
    time: number | undefined;
    timed: number;
    constructor(system: LogSystem);
    /** The innermost step at `offset`; offsets are asked for in order. */
    at(room: Buffer, length: number, offset: number): string | undefined;
    /** The first `bytes` of the room are about to leave it. */
    advance(room: Buffer, length: number, bytes: number): void;
}
