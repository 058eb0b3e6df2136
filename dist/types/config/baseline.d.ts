import { type Report } from "../model/index.ts";
/** `$id` that baselines carry. */
export declare const BASELINE_SCHEMA = "https://leakreach.dev/schema/baseline.schema.json";
/** Fingerprints that were known when a baseline was written. */
export interface Baseline {
    readonly file: string;
    readonly fingerprints: ReadonlySet<string>;
}
/** Reads a baseline, or the fingerprints of a JSON report. */
export declare function loadBaseline(path: string): Baseline;
/** Writes what a report found as a baseline: no secrets, and one line a finding, so that versions merge. */
export declare function toBaseline(report: Report, version: string): string;
/** A finding as a baseline names it; only the fingerprint counts. */
export interface BaselineEntry {
    readonly fingerprint: string;
    readonly rule: string;
    readonly paths: readonly string[];
}
/** Writes a baseline; `created` is ISO 8601. */
export declare function baselineText(entries: readonly BaselineEntry[], version: string, created: string): string;
