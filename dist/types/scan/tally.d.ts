import { type Finding, type Gap, type Stats } from "../model/index.ts";
import type { Source, SourceEvent } from "../sources/unit.ts";
import type { ScanOptions } from "./options.ts";
import { type UnitResult } from "./raw.ts";
import type { Results } from "./results.ts";
/** The gap of a scan that was stopped. */
export declare const INTERRUPTED: Gap;
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
    done(matches: number, findings: readonly Finding[], suppressed: Readonly<Record<string, number>>, notices: readonly string[]): Stats;
}
