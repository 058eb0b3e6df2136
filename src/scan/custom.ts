import type { Matcher } from "../detect/matcher.ts";
import { grouped, type Rule, ScanError } from "../model/index.ts";

/** The matching half of a user's rule: found by its keywords, on a linear-time engine, so that no rule can hang a scan. */
export function toMatcher({ id, keywords, pattern, window, entropy }: Rule): Matcher {
  return {
    id,
    way: "literal",
    anchor: "inside",
    keywords,
    pattern,
    ...(window ? { window } : {}),
    ...(entropy === undefined ? {} : { entropy }),
    engine: "re2",
  };
}

/** All rules by id; a rule of the user may not take the id of a built-in one, which stands in people's baselines. */
export function withCustom(builtin: ReadonlyMap<string, Rule>, custom: readonly Rule[]): ReadonlyMap<string, Rule> {
  if (custom.length === 0) return builtin;
  refuseClash([...builtin.keys()], custom);
  return new Map([...builtin, ...custom.map((rule) => [rule.id as string, rule] as const)]);
}

/** Ends the run when a rule of the user has the id of a built-in one. */
export function refuseClash(builtin: readonly string[], custom: readonly Rule[]): void {
  const clash = custom.find(({ id }) => builtin.includes(id));
  if (!clash) return;
  throw new ScanError(
    "rule-invalid",
    `rule ${clash.id}: a built-in rule has this id; call yours ${clash.id}-own, and disable the other if you replace it`,
  );
}

/** Keywords of rules of one's own, and their characters, for which the kernel has room beside the built-in ones. */
const MOST_KEYWORDS = 1500;
const MOST_CHARACTERS = 50_000;

/** Ends the run when the user's rules have more keywords than can be looked for at once. */
export function refuseTooMany(custom: readonly Rule[]): void {
  const keywords = custom.flatMap((rule) => rule.keywords);
  const characters = keywords.reduce((sum, keyword) => sum + keyword.length, 0);
  if (keywords.length <= MOST_KEYWORDS && characters <= MOST_CHARACTERS) return;
  throw new ScanError(
    "rule-invalid",
    `the rules of your own have ${grouped(keywords.length)} keywords of ${grouped(characters)} characters: at most ${grouped(MOST_KEYWORDS)} of ${grouped(MOST_CHARACTERS)} are looked for at once; scan in two runs, each with half of the rules`,
  );
}
