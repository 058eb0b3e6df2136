import type { UnitResult } from "./raw.ts";
import { type ScannerOptions } from "./scanner.ts";
/** What a worker is born with; `at` is shared: which file of its unit it is at, for the pool's deadline. */
export interface WorkerData {
    readonly options: ScannerOptions;
    readonly at: Int32Array;
    /** Milliseconds; for streams, which may say nothing for ever, so that only the looking at them has a deadline. */
    readonly deadline: number | null;
}
/** What a worker says of a unit: parts while it is at file `at`, then how it ended. */
export type FromWorker = {
    readonly type: "part";
    readonly result: UnitResult;
    readonly at: number;
} | {
    readonly type: "done";
    readonly result: UnitResult;
} | {
    readonly type: "failed";
    readonly trace: string;
};
