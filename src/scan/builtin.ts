import type { Matcher } from "../detect/matcher.ts";
import type { CompiledRules } from "../detect/plan.ts";
import { builtData } from "../rules/data.ts";
import { Lines } from "../rules/lines.ts";

/** What compiled.txt holds; the tables themselves stand in tables.bin, one after the other. */
type Written = Omit<CompiledRules, "tables"> & {
  readonly ids: readonly string[];
  readonly tables: readonly { readonly at: number; readonly length: number }[];
};

const written = JSON.parse(builtData("compiled.txt").toString("latin1")) as Written;
const matchers = new Lines<Matcher>(builtData("matchers.txt"));

/** The ids of the built-in rules; a rule's place in this list is its place in {@link builtinCompiled}. */
export const BUILTIN_IDS = written.ids;

/** The matching half of the built-in rule at a place. */
export function builtinMatcher(place: number): Matcher {
  return matchers.get(BUILTIN_IDS[place]!)!;
}

/** The built-in rules as the build compiled them. */
export function builtinCompiled(): CompiledRules {
  const bytes = builtData("tables.bin");
  let end = 0;
  return {
    ...written,
    tables: written.tables.map(({ at, length }) => {
      end += length;
      return { at, bytes: bytes.subarray(end - length, end) };
    }),
  };
}
