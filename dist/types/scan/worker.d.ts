import { type SharedHeaders } from "../git/pack-entries.ts";
import type { Unit } from "../sources/unit.ts";
import type { UnitResult } from "./raw.ts";
import { type ScannerOptions } from "./scanner.ts";
/** What a worker is opened with; `at` is shared: which file of its unit it is at, for the pool's deadline. */
export interface WorkerData {
    readonly options: ScannerOptions;
    readonly at: Int32Array;
    /** Milliseconds; for streams, which may say nothing for ever, so that only the looking at them has a deadline. */
    readonly deadline: number | null;
}
/** What a worker is told: to help with a pack that is being opened, perhaps; what it is to scan with; then units. */
export type ToWorker = {
    readonly type: "headers";
    readonly headers: SharedHeaders;
} | {
    readonly type: "open";
    readonly data: WorkerData;
} | {
    readonly type: "scan";
    readonly unit: Unit;
};
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
