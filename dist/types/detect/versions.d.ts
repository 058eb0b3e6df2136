import { type Effort, type Placed, type PlacedHit, type Settled } from "./look.ts";
import type { Plan } from "./plan.ts";
/** All candidates of one version, in order. */
export interface Version {
    readonly size: number;
    readonly starts: readonly number[];
    readonly settled: readonly Settled[];
    /** How many of them have hits. */
    readonly hits: number;
    /** Whether it has a zero byte: UTF-16 may stand in it, which is looked for in the whole. */
    readonly zero: boolean;
    /** Hits in UTF-16, at their places in the text. */
    readonly wide?: readonly PlacedHit[];
}
/** What a delta copied: the unpacker says it of the last one. */
export interface Copied {
    /** How many copies there are; undefined when there are too many to tell: then all of the result is new. */
    readonly copyCount: number | undefined;
    /** Three numbers each: place in the result, place in the base, length. In the order of the result, and no two go on in both. */
    readonly copies: Uint32Array;
}
/** Looks at all of a text. */
export declare function wholeVersion(plan: Plan, text: Placed, effort: Effort): Version;
/** Looks at what the last delta changed. The answer equals that of {@link wholeVersion}. */
export declare function nextVersion(plan: Plan, text: Placed, base: Version, copied: Copied, effort: Effort): Version;
/** The hits of a version at their places in the text. */
export declare function hitsOf({ starts, settled, wide }: Version): PlacedHit[];
