import { type Finding, type Gap, type Stats } from "../model/index.ts";
import type { Source, SourceEvent, Unit } from "../sources/unit.ts";
import type { ScanOptions } from "./options.ts";
import { type UnitResult } from "./raw.ts";
import type { Results } from "./results.ts";
/** Whether a scan was stopped by its time limit, and not by hand. */
export declare const isTimeUp: ({ reason }: AbortSignal) => boolean;
/** The gap of a scan that was stopped, by hand or by its time limit. */
export declare function interrupted(signal: AbortSignal): Gap;
/** How far a scan is. */
export interface Progress {
    readonly files: number;
    readonly bytes: number;
    /** Of a history: how many objects were looked at, of how many, and which share of the work that is. */
    readonly objects?: {
        readonly done: number;
        readonly all: number;
    };
    readonly share?: number;
}
/** Counts what was looked at, what was left out and what could not be read. */
export declare class Tally {
    #private;
    readonly gaps: Gap[];
    files: number;
    bytes: number;
    constructor(options: ScanOptions);
    /** The events of a source; one that fails midway is a gap, and the others are still scanned. */
    listen(source: Source, signal: AbortSignal): AsyncGenerator<SourceEvent>;
    /** What a source says besides units. Its gaps go out with the results. */
    hear(event: Exclude<SourceEvent, {
        type: "unit";
    }>, out: Results): void;
    add(result: UnitResult): UnitResult;
    /** How far a scan is that knows its end. */
    progress(): Progress;
    /** A unit was looked through. */
    finished(unit: Unit): void;
    /** What is said once of everything: contents in Git LFS that were never fetched. */
    summed(): Gap[];
    /** What was left out on purpose: how much, by reason. */
    skip(counts: Stats["skipped"]): void;
    done(matches: number, findings: readonly Finding[], suppressed: Readonly<Record<string, number>>, notices: readonly string[]): Stats;
}
