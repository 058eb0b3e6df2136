import type { Matcher } from "../detect/matcher.ts";
import { type Rule } from "../model/index.ts";
/** The matching half of a user's rule: found by its keywords, on a linear-time engine, so that no rule can hang a scan. */
export declare function toMatcher({ id, keywords, pattern, window, entropy }: Rule): Matcher;
/** All rules by id; a rule of the user may not take the id of a built-in one, which stands in people's baselines. */
export declare function withCustom(builtin: ReadonlyMap<string, Rule>, custom: readonly Rule[]): ReadonlyMap<string, Rule>;
/** Ends the run when a rule of the user has the id of a built-in one. */
export declare function refuseClash(builtin: readonly string[], custom: readonly Rule[]): void;
/** Ends the run when the user's rules have more keywords than can be looked for at once. */
export declare function refuseTooMany(custom: readonly Rule[]): void;
