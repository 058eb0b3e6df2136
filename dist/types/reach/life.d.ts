import { type Authority, type Traits } from "../model/index.ts";
/** A year as leases count it: 365 days. */
export declare const YEAR: number;
/** Seconds of a duration such as `8h` or `90d`; undefined if it is none (`none`, `unknown`, a mistake). */
export declare function seconds(duration: string): number | undefined;
/** The band of a life with that many seconds left (docs/architecture.md, "Scores"). */
export declare function lifeOf(left: number): Traits["life"];
/**
 * The band that does not change while a token ages: an expired one is expired, every other one with a date counts as
 * a year. `none` and `unknown` have no date, so they stay; `long` does not, since it becomes `1y` one day.
 */
export declare function stableLife(life: Traits["life"]): Traits["life"];
/** A span of time as people say it: `45 s`, `12 min`, `19 h 58 min`, `41 days`, `3,415 days`. */
export declare function spell(span: number): string;
/** The day of a time in UTC, with the minute if it matters. A date that no calendar holds is said to be so. */
export declare function day(time: number, minute?: boolean): string;
/** What a report says of an expiry claim. Only a proof makes it more than a claim, and revocation shows nowhere offline. */
export declare function timeSentence(expires: number, now: number, proved: boolean): string;
/** When a token ends, and how that is known. */
export type Expiry = {
    readonly kind: "claim";
    readonly at: number;
    readonly issued?: number;
}
/** Counted from when it was written: its kind lasts that many seconds. */
 | {
    readonly kind: "presumed";
    readonly at: number;
    readonly lasts: number;
}
/** Its kind lasts that many seconds, from a time that nothing tells. */
 | {
    readonly kind: "most";
    readonly lasts: number;
}
/** It lasts as long as its job. */
 | {
    readonly kind: "job";
    readonly at: number;
} | {
    readonly kind: "never";
} | {
    readonly kind: "unknown";
};
/** When a token ends: its own claim, else with its job, else how long its kind lasts (`life` of its rule) from its issue or its writing. */
export declare function expiryOf(authority: Authority | undefined, life: string | undefined, seen: number | undefined, ended?: number): Expiry;
/** The band of an expiry. What lasts an hour at most has an hour left at most, whenever it was written. */
export declare function lifeAt(expiry: Expiry, now: number): Traits["life"];
/** The sentence of an expiry. */
export declare function expirySentence(expiry: Expiry, now: number, proved: boolean): string;
