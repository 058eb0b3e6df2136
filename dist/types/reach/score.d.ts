import { type Level, type Traits } from "../model/index.ts";
/** What each value adds to the impact. */
export declare const ADDS: {
    readonly power: readonly [0, 1, 4, 5.5, 7.5, 9];
    readonly breadth: {
        readonly single: -0.5;
        readonly service: 0;
        readonly multi: 0.5;
        readonly cross: 1.5;
    };
    readonly reach: {
        readonly none: 0;
        readonly "secrets-likely": 0.5;
        readonly mints: 1.5;
    };
    readonly data: {
        readonly public: -1;
        readonly internal: 0;
        readonly confidential: 0.5;
        readonly regulated: 1.5;
    };
};
/** What each value multiplies the impact by. */
export declare const TIMES: {
    readonly life: {
        readonly expired: 0.1;
        readonly "5m": 0.5;
        readonly "1h": 0.7;
        readonly "24h": 0.8;
        readonly "30d": 0.9;
        readonly "1y": 1;
        readonly long: 1;
        readonly none: 1;
        readonly unknown: 1;
    };
    readonly possession: {
        readonly bearer: 1;
        readonly "network-bound": 0.7;
        readonly "needs-client-secret": 0.6;
        readonly "sender-bound": 0.3;
        readonly partial: 0.15;
    };
    readonly environment: {
        readonly prod: 1;
        readonly unknown: 1;
        readonly staging: 0.7;
        readonly test: 0.35;
        readonly example: 0;
    };
    readonly certainty: {
        readonly verified: 1;
        readonly checksum: 1;
        readonly structure: 1;
        readonly prefix: 0.95;
        readonly generic: 0.6;
        readonly unsigned: 0.3;
        readonly "bad-checksum": 0.1;
    };
};
/** What the place a token was found in adds at the end. */
export declare const EXPOSURE: {
    readonly public: 0.5;
    readonly internal: 0;
    readonly local: -0.5;
};
/** What a token that never expires, or not within a year, and one that can be renewed add to the impact. */
export declare const LASTING = 0.5;
/** The most that a token of little use can score: expired, partial, unsigned, wrong checksum. */
export declare const LOW_CAP = 3.9;
/** The most that a guess can score. */
export declare const GENERIC_CAP = 6.9;
export interface Score {
    readonly score: number;
    readonly level: Level;
    readonly impact: number;
}
/** The reference scorer: docs/architecture.md, "Scores". A function of the traits and of nothing else. */
export declare function score(traits: Traits): Score;
/** The number that stands beside one trait in a report: an addend for the first five, a factor for the others. */
export declare function weightOf(name: keyof Traits, traits: Traits): number;
