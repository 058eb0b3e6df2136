import type { Matcher } from "../detect/matcher.ts";
import type { CompiledRules } from "../detect/plan.ts";
/** The ids of the built-in rules; a rule's place in this list is its place in {@link builtinCompiled}. */
export declare const BUILTIN_IDS: readonly string[];
/** The matching half of the built-in rule at a place. */
export declare function builtinMatcher(place: number): Matcher;
/** The built-in rules as the build compiled them. */
export declare function builtinCompiled(): CompiledRules;
