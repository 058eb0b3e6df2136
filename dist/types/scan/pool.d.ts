import type { Worker } from "node:worker_threads";
import type { ShareHeaders } from "../git/pack-entries.ts";
import type { Unit } from "../sources/unit.ts";
import type { UnitResult } from "./raw.ts";
import { type ScannerOptions } from "./scanner.ts";
/** Scans units; `close` ends its threads. */
export interface Pool {
    /** Scans a unit as soon as a thread is free. What a thread could not finish in time comes back as a gap; long texts give parts. */
    run(unit: Unit, part?: Part): Promise<UnitResult>;
    /** Resolves when few enough units wait that another may be handed over. */
    ready(): Promise<void>;
    /** Ends the threads that have nothing to do, for the memory they hold; units that come later start others. */
    rest(): Promise<void>;
    close(): Promise<void>;
}
/** A pool that does without threads as long as it can; `noMore` says that no more units will come. */
export interface StartingPool extends Pool {
    noMore(): void;
}
/** Takes what there is before a unit is done. */
export type Part = (result: UnitResult) => void;
export interface PoolOptions {
    /** Threads; 0 for none but the calling one. */
    readonly jobs: number;
    /** Milliseconds that one file may take before its worker is ended; null for no deadline. */
    readonly deadline: number | null;
    readonly scanner: ScannerOptions;
    /** Start threads also for a scan that is small. */
    readonly alwaysThreads: boolean;
    /** Threads that were started before all this was known. */
    readonly started?: Started;
    /** Is called before a scan that is not small. */
    readonly beforeLarge?: () => void;
}
/** Threads that are on their way: a pool takes them. */
export interface Started {
    take(): Worker | undefined;
    /** Has them read headers of a pack. */
    readonly share: ShareHeaders;
    /** Ends those that nobody took. */
    end(): Promise<void>;
}
/**
 * A pool that starts threads only when the scan turns out not to be small: until then its units wait, and `noMore`
 * has them scanned in this thread.
 */
export declare function openPool(options: PoolOptions): StartingPool;
