import type { Spot } from "../kernel/buckets.ts";
import { Kernel } from "../kernel/kernel.ts";
import { type Literal } from "../kernel/layout.ts";
import { type Segment } from "../kernel/tables.ts";
import type { Companion } from "./beside.ts";
import { type Pattern } from "./confirm.ts";
import type { Matcher } from "./matcher.ts";
/** The kernel with its tables filled from a rule set, and the way back from a candidate's id to the matchers it speaks for. */
export interface Plan {
    readonly kernel: Kernel;
    /** Matchers of a prefix, by its id. */
    readonly prefixed: (id: number) => readonly Matcher[];
    /** Matchers of a literal, by its id. */
    readonly literal: (id: number) => readonly Matcher[];
    /** Matchers whose value is a run, and one of whose keywords stands in the folded text before it; in the rule set's order. */
    readonly spokenIn: (folded: string) => readonly RunMatcher[];
    /** Matchers that look at the name a run is assigned to. */
    readonly generic: () => readonly Matcher[];
    /** The kind of the kernel's candidates that are the word of our allow comments. */
    readonly allowComment: number;
    pattern(matcher: Matcher): Pattern;
    /** Finds what a match needs beside it; undefined for matchers that need nothing. */
    beside(matcher: Matcher): Companion | undefined;
}
export interface RunMatcher {
    readonly matcher: Matcher;
    /** Whether one of its keywords stands in a text, as a word or the beginning of one. */
    readonly spokenIn: (text: string) => boolean;
}
/** What a rule set comes down to before it is used: plain data that the build makes of the built-in rules. Numbers are places in the set. */
export interface CompiledRules {
    readonly prefixed: readonly (readonly number[])[];
    readonly literal: readonly (readonly number[])[];
    /** Runs that a keyword speaks for: for each folded keyword its matchers. */
    readonly words: Readonly<Record<string, readonly number[]>>;
    readonly generic: readonly number[];
    readonly tables: readonly Segment[];
}
/** Compiles patterns of users and of other tools; given by the caller, because the engine is loaded only when needed. */
export type ForeignEngine = (source: string) => Pattern;
/** Works out how the kernel finds each rule of a set, and fills its tables; `choose` says by which three bytes it finds each literal. */
export declare function compileRules(matchers: readonly Matcher[], choose?: (literals: readonly Literal[]) => readonly Spot[]): CompiledRules;
/** A plan that makes of a compiled set only what the text asks for: most texts ask for little. `matcherAt` gives undefined for a rule that is off. */
export declare function openPlan(rules: CompiledRules, matcherAt: (place: number) => Matcher | undefined, foreign?: ForeignEngine): Plan;
/** Whether a word begins at a place: behind no letter, or where the case changes in `camelCase` and `XMLParser`. */
export declare function beginsWord(text: string, at: number): boolean;
