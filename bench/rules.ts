import type { Matcher } from "../src/detect/matcher.ts";
import { type CompiledRules, compileRules } from "../src/detect/plan.ts";
import { byBytes, spotsOf } from "../src/kernel/buckets.ts";
import { spotsIn } from "../src/kernel/tables.ts";
import { builtinCompiled } from "../src/scan/builtin.ts";

/** The same rules once more under keywords that no text has: they cost what rules cost that find nothing. */
export function doubled(matchers: readonly Matcher[]): Matcher[] {
  const turn = (word: string) => [...word].reverse().join("");
  return [...matchers, ...matchers.map((matcher) => ({ ...matcher, keywords: matcher.keywords.map(turn) }))];
}

/** Rules as a scan with rules of one's own compiles them: the built-in ones are looked for as the build chose. */
export const compiledLikeOwn = (matchers: readonly Matcher[]): CompiledRules =>
  compileRules(matchers, (literals) => spotsOf(literals, byBytes, spotsIn(builtinCompiled().tables)));
