import type { Matcher } from "../detect/matcher.ts";
import type { HistoryData } from "../history/data.ts";
import type { Limits } from "../sources/unit.ts";
import type { UnitScanner } from "./scan-unit.ts";
import type { StoredFiles } from "./versions.ts";
/** What makes a scanner, as plain data that a worker is born with. */
export interface ScannerOptions {
    /** Ids of built-in rules that are switched off. */
    readonly disabled: readonly string[];
    /** Rules of the user; their patterns run on a linear-time engine. */
    readonly custom: readonly Matcher[];
    /** SHA-256 of samples that the user's settings add. */
    readonly extraSamples: readonly string[];
    readonly limits: Limits;
    /** The repository whose history is read. */
    readonly history?: HistoryData;
    /** The repository whose commits or index are read. */
    readonly stored?: StoredFiles;
    readonly explain: boolean;
    /** Compute GitHub's line hashes, which only SARIF needs. */
    readonly lineHashes: boolean;
}
/** Builds the scanner of this thread: the rule set in the kernel's tables, everything else compiled when first needed. */
export declare function openScanner(options: ScannerOptions): Promise<UnitScanner>;
/**
 * From now on the scans of this thread follow one another, and may share a kernel: to fill one takes as long as to look
 * through a small repository.
 */
export declare function keepPlan(): void;
/** How many rules a scanner with these options has. */
export declare function ruleCount({ disabled, custom }: ScannerOptions): number;
