import type { UnitResult } from "./raw.ts";
/** Results of work under way, taken as they come, in whatever order. A failure of our own is thrown where results are taken. */
export declare class Results {
    #private;
    await(work: Promise<UnitResult>): void;
    /** Adds a part of what work under way gives. */
    readonly push: (result: UnitResult) => void;
    take(): UnitResult[];
    /** Waits until there is something to take, or an abort; false when everything was taken. */
    next(signal: AbortSignal): Promise<boolean>;
}
/** One promise for each signal, so that waiting often leaves no pile of listeners. */
export declare function aborted(signal: AbortSignal): Promise<void>;
