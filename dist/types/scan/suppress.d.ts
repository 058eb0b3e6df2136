import type { Baseline } from "../config/baseline.ts";
import type { GitleaksIgnore } from "../config/gitleaks-ignore.ts";
import type { Settings, Terms } from "../config/settings.ts";
import { type Finding, type Gap, type Match } from "../model/index.ts";
/** Whatever may allow a finding. */
export interface SuppressionInput {
    readonly settings: Settings;
    readonly baseline?: Baseline;
    readonly ignore?: GitleaksIgnore;
    /** Says whether a comment in the scanned text may allow this place; every one may when left out. */
    readonly trusts?: (place: Match) => boolean;
    /** Only a part of what the settings are about was scanned: entries that allow nothing are not called unused. */
    readonly partial?: boolean;
    /** The clock, in epoch seconds. */
    readonly now: number;
}
/** Findings with what allows them, how many were allowed by whom, and what is to be said about the allowing. */
export interface Suppressed {
    readonly findings: Finding[];
    readonly counts: Record<string, number>;
    readonly notices: string[];
}
/** Marks findings that are allowed or known. One counts as allowed only if every place it stands in is. */
export declare function suppress(findings: readonly Finding[], input: SuppressionInput): Suppressed;
/** Splits gaps, each told once, into those that count and those that the settings accept. */
export declare function acceptGaps(gaps: readonly Gap[], settings: Settings, now: number, partial?: boolean): {
    open: Gap[];
    accepted: Gap[];
    notices: string[];
};
/** An entry holds through the whole of its last day (UTC). */
export declare function isExpired({ until }: Terms, now: number): boolean;
