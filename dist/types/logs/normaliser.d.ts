import type { Stripper } from "../kernel/strip.ts";
import { Joints } from "./joints.ts";
import { OffsetMap } from "./offset-map.ts";
/** How much of a piece was used up, and what was made of it: valid until the next piece. */
export interface Made {
    readonly used: number;
    readonly made: Buffer;
}
/**
 * Takes escape sequences and the stamps of CI systems out of a text, piece by piece, and remembers the way back. A line that
 * goes on in the next one (GitLab's `+`) is joined with it. Carriage returns stay: what they hide from a terminal is in the log.
 */
export declare class Normaliser {
    #private;
    readonly map: OffsetMap;
    readonly joints: Joints;
    /** First and last time of a stamp, epoch seconds. */
    first: number | undefined;
    last: number | undefined;
    constructor(stripper: Stripper);
    get input(): Buffer;
    /** Makes of the first `length` bytes of the input what fits; `over` if no more will follow. What is not used comes again. */
    run(length: number, over: boolean): Made;
}
