import type { WrappedHit } from "./detector.ts";
import type { Plan } from "./plan.ts";
/** A hit whose place counts from its candidate's start. */
export interface PlacedHit extends WrappedHit {
    /** Said of a hit that stands in source code only, or in other text only: the path of a version is known later. */
    readonly only?: "code" | "text";
}
/** A candidate and what came of it. Places count from its start, so that another version can have it as it is. */
export interface Settled {
    readonly kind: number;
    readonly length: number;
    /** The answer rests on the bytes [start - before, start + after), and on nothing else in the text. */
    readonly before: number;
    readonly after: number;
    /** How far views of earlier candidates reached, and how far views reach now. */
    readonly covered: Reach;
    readonly covers: Reach;
    readonly hits: readonly PlacedHit[];
}
interface Reach {
    readonly encoded: number;
    readonly escaped: number;
}
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
/** A text that stands in the kernel's memory at an address, with 64 zeros behind it. */
export interface Placed {
    readonly at: number;
    readonly size: number;
    /** Made when asked for: most texts are never looked at from outside the kernel. */
    readonly bytes: Buffer;
}
/**
 * What a delta copied, three numbers each: place in the result, place in the base, length. In the order of the result, and
 * no two go on in both. Undefined when there are too many to tell: then all of the result is new.
 */
export type Copies = Uint32Array | undefined;
/** Counts what was looked at closely. */
export interface Effort {
    candidates: number;
    /** Why something was left out, for gaps. */
    cut?: string;
}
/** Looks at all of a text. */
export declare function wholeVersion(plan: Plan, text: Placed, effort: Effort): Version;
/**
 * Looks at what a delta changed; `copies` are those that the kernel told last. The answer equals that of {@link wholeVersion}.
 */
export declare function nextVersion(plan: Plan, text: Placed, base: Version, copies: Copies, effort: Effort): Version;
/** The hits of a version at their places in the text. */
export declare function hitsOf({ starts, settled, wide }: Version): PlacedHit[];
export {};
