import type { Confirmed, Pattern } from "./confirm.ts";
import { type Hit, slice, type Text } from "./matcher.ts";

/** How far from a secret its other half may stand. */
const LINES = 10;
const REACH = 1000;

/** A pattern for what makes a secret whole, and the named groups it must fill. */
export interface Companion {
  readonly pattern: Pattern;
  readonly groups: readonly string[];
}

/** A hit with what its rule wants beside it (`beside`): the nearest texts that fill its groups become parts. */
export function completed(text: Text, hit: Hit, { pattern, groups }: Companion): Hit {
  const before = slice(text, hit.start - REACH, hit.start)
    .split("\n")
    .slice(-LINES - 1)
    .join("\n");
  const after = slice(text, hit.end, hit.end + REACH)
    .split("\n")
    .slice(0, LINES + 1)
    .join("\n");
  const near = [
    ...every(before, pattern).map((found) => ({ found, apart: before.length - found.end })),
    ...every(after, pattern).map((found) => ({ found, apart: found.start })),
  ].sort((a, b) => b.apart - a.apart);
  // The nearest comes last, and overwrites.
  const { secret, ...parts } = Object.assign({}, ...near.map(({ found }) => found.groups)) as Record<string, string>;
  const whole = near.length > 0 && groups.every((name) => name in parts);
  return near.length > 0 ? { ...hit, parts: { ...hit.parts, ...parts }, whole } : hit;
}

function every(text: string, pattern: Pattern): Confirmed[] {
  const all: Confirmed[] = [];
  for (let found = pattern(text, 0, false); found; found = pattern(text, Math.max(found.end, found.start + 1), false))
    all.push(found);
  return all;
}
