import { Kernel } from "../kernel/kernel.ts";
import { type Pattern } from "./confirm.ts";
import type { Matcher } from "./matcher.ts";
/** The kernel with its tables filled from a rule set, and the way back from a candidate's id to the matchers it speaks for. */
export interface Plan {
    readonly kernel: Kernel;
    /** By prefix id. */
    readonly prefixed: readonly (readonly Matcher[])[];
    /** By literal id. */
    readonly literal: readonly (readonly Matcher[])[];
    /** Matchers whose value is a run that a keyword speaks for. */
    readonly runs: readonly RunMatcher[];
    /** Finds any keyword of `runs` in the text before a run, once that is folded by `folded`. */
    readonly anyKeyword: () => RegExp;
    /** Matchers that look at the name a run is assigned to. */
    readonly generic: readonly Matcher[];
    pattern(matcher: Matcher): Pattern;
}
export interface RunMatcher {
    readonly matcher: Matcher;
    readonly keywords: () => RegExp;
}
/** Compiles patterns of users and of other tools; given by the caller, because the engine is loaded only when needed. */
export type ForeignEngine = (source: string) => Pattern;
/** Fills a kernel for a rule set. */
export declare function plan(matchers: readonly Matcher[], foreign?: ForeignEngine): Plan;
