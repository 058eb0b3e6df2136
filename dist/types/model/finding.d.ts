import type { HistoryFacts } from "./history.ts";
import type { Level } from "./level.ts";
import type { Gap, Match } from "./match.ts";
import type { RuleId } from "./rule.ts";
import type { Secret } from "./secret.ts";
import type { Fact, Traits } from "./traits.ts";
/** One factor of a score: its value, the number it stands for, and the sentence that explains it. */
export interface Factor {
    readonly name: keyof Traits;
    readonly value: string;
    readonly weight: number;
    readonly reason: string;
}
/** One thing to do, in the order to do it: what, where, and the command if there is one. */
export interface Remedy {
    readonly action: string;
    readonly where?: string;
    readonly command?: string;
    readonly owner?: string;
}
/** A standard's entry that a finding touches: `CWE-798`, `NHI2:2025`, `RFC 9700 2.3`. */
export interface Reference {
    readonly id: string;
    readonly title: string;
    readonly url?: string;
}
/** A trust boundary that a token reaches, and which of its audiences lie in it. */
export interface ReachedBoundary {
    readonly name: string;
    readonly audiences: readonly string[];
    readonly owner?: string;
    readonly sensitivity?: Traits["data"];
    /** Whether the policy maps it; others are told apart by domain and account. */
    readonly mapped: boolean;
}
/** How far a token reaches: a level, a score from 0 to 10, and every factor and reason behind them. */
export interface Reach {
    readonly level: Level;
    /** The level if an expired token counts as expired and any other as lasting: stable while a token ages. */
    readonly stableLevel: Level;
    readonly score: number;
    readonly impact: number;
    readonly factors: readonly Factor[];
    readonly reasons: readonly string[];
    readonly remedies: readonly Remedy[];
    /** Policy breaches and weaknesses, `BR-SPAN` and the like; reasons of this finding, never findings of their own. */
    readonly breaches: readonly string[];
    readonly references: readonly Reference[];
    /** Who owns the boundaries it reaches, from the policy. */
    readonly owners: readonly string[];
    /** Where it is accepted, as far as its audiences, its facts and the policy tell. */
    readonly boundaries: readonly ReachedBoundary[];
}
/** Why a finding does not count: a comment, a settings entry, an ignore file or a baseline, with its reason. */
export interface Suppression {
    readonly by: string;
    readonly reason?: string;
    readonly until?: string;
}
/** One secret with every place it stands in, what it gives away, and how far it reaches. */
export interface Finding {
    readonly fingerprint: string;
    readonly rule: RuleId;
    readonly secret: Secret;
    readonly exposures: readonly [Match, ...Match[]];
    readonly facts: readonly Fact[];
    readonly reach: Reach;
    /** Issuer and subject or client: the identity whose token this is. */
    readonly identity?: string;
    /** Fingerprints of the findings that complete this one (id + secret, token + key). */
    readonly pairedWith: readonly string[];
    readonly suppression?: Suppression;
    /** Set when a history was scanned. */
    readonly history?: HistoryFacts;
    /** Set when a baseline was given. */
    readonly baseline?: "new" | "unchanged";
}
/** What was looked at and what was left out. Every number counts; `bytes` is bytes of content. */
export interface Stats {
    readonly rules: number;
    readonly files: number;
    readonly blobs: number;
    readonly bytes: number;
    readonly archives: number;
    readonly candidates: number;
    readonly matches: number;
    /** Left out on purpose, by reason: `ignored by git`, `excluded`, ... */
    readonly skipped: Readonly<Record<string, number>>;
    /** Findings that were allowed, by whose convention. */
    readonly suppressed: Readonly<Record<string, number>>;
    /** Findings of level none (samples, placeholders, public by design), which reports leave out. */
    readonly none: number;
    /** Open findings of earlier runs, by level: what they stand in was not looked through again. Set when a state was given. */
    readonly earlier?: Readonly<Record<Level, number>>;
    readonly notices: readonly string[];
    readonly milliseconds: number;
}
/** Everything a report needs. `complete` is false when interrupted or when there are unaccepted gaps. */
export interface Report {
    readonly findings: readonly Finding[];
    readonly gaps: readonly Gap[];
    readonly stats: Stats;
    readonly complete: boolean;
    /** When the scan looked at the clock: the `now` of every lifetime, ISO 8601. */
    readonly now: string;
    /** The folder that paths in the report are relative to. */
    readonly root: string;
}
