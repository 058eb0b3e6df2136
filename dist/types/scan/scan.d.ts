import type { Finding, Gap, Match, Report } from "../model/index.ts";
import type { Source } from "../sources/unit.ts";
import type { ScanOptions } from "./options.ts";
import { type Trace } from "./raw.ts";
import { type Progress } from "./tally.ts";
/** What a scan says while it runs; findings and the report come at its end. */
export type ScanEvent = {
    readonly type: "match";
    readonly match: Match;
} | {
    readonly type: "gap";
    readonly gap: Gap;
} | {
    readonly type: "trace";
    readonly trace: Trace;
} | ({
    readonly type: "progress";
    readonly matches: number;
} & Progress) | {
    readonly type: "finding";
    readonly finding: Finding;
} | {
    readonly type: "report";
    readonly report: Report;
};
/**
 * The whole pipeline: sources name units, workers open them and send matches, matches become findings, findings are judged.
 * Prints nothing, ends nothing. An aborted scan still gives its findings, and a report that says it is not complete.
 */
export declare function scan(sources: readonly Source[], options: ScanOptions): AsyncGenerator<ScanEvent>;
