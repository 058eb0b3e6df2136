import { type ScannerOptions } from "./scanner.ts";
/** What a worker is born with; `at` is shared: which file of its unit it is at, for the pool's deadline. */
export interface WorkerData {
    readonly options: ScannerOptions;
    readonly at: Int32Array;
}
