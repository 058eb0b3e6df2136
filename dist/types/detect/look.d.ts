import type { Answers } from "./answers.ts";
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
/** How far views reach, counted from a candidate's start; 0 for not at all. */
export interface Reach {
    readonly encoded: number;
    readonly escaped: number;
}
/** A text that stands in the kernel's memory at an address, with 64 zeros behind it. */
export interface Placed {
    readonly at: number;
    readonly size: number;
    /** Made when asked for: most texts are never looked at from outside the kernel. */
    readonly bytes: Buffer;
}
/** A candidate of the kernel. */
export interface Candidate {
    readonly start: number;
    readonly length: number;
    readonly kind: number;
}
/** Counts what was looked at closely. */
export interface Effort {
    candidates: number;
    /** Why something was left out, for gaps. */
    cut?: string;
    /** What closer looks came to before; without it, each candidate is looked at. */
    readonly answers?: Answers;
}
export declare const OTHER = "x";
/** Looks closely at a candidate, and notes what its answer rests on. */
export declare function look(plan: Plan, text: Placed, candidate: Candidate, covered: Reach, effort: Effort): Settled;
