import { examine } from "./examine.ts";
import type { Hit, Text } from "./matcher.ts";
import type { Plan } from "./plan.ts";
import { unwrap, VIEW_BUDGET } from "./unwrap.ts";
import type { View } from "./views.ts";
import { wideViews } from "./wide.ts";

/** Another way to read parts of a text: no encoding of its own. */
export type Reading = Omit<View, "encoding">;

/** A hit and the encodings it was wrapped in, outermost first; offsets are those of the raw text. */
export interface WrappedHit extends Hit {
  readonly encodings: readonly string[];
  readonly apart?: true;
}

/** What one text gave: hits, and how many candidates it took to find them. */
export interface Detected {
  readonly hits: readonly WrappedHit[];
  readonly candidates: number;
  /** Where the word of our allow comments stands. */
  readonly allows: readonly number[];
  /** Said when a bound cut the search, for a gap. */
  readonly cut?: string;
}

/** Finds every hit in the first `length` bytes of the plan's block, and in what is encoded there. */
export function detect(
  plan: Plan,
  length: number,
  path: string,
  viewBudget = VIEW_BUDGET,
  readings: readonly Reading[] = [],
  isLog = false,
): Detected {
  const { block } = plan.kernel;
  const text: Text = { bytes: block.bytes, length, path, isLog };
  const list = plan.kernel.candidates(block, length);
  const hits: WrappedHit[] = [];
  const views: View[] = [];
  const allows: number[] = [];
  const viewed = { encoded: 0, escaped: 0 };
  for (let i = 0; i < list.length; i += 3) {
    if (list[i + 2]! === plan.allowComment) allows.push(list[i]!);
    const found = examine(plan, text, list[i]!, list[i + 1]!, list[i + 2]!, viewed);
    for (const hit of found.hits) hits.push({ ...hit, encodings: [] });
    views.push(...found.views);
  }
  views.push(...wideViews(text), ...readings.map((reading) => ({ ...reading, encoding: "" })));
  const inner = unwrap(plan, views, text, viewBudget);
  hits.push(...inner.hits);
  return { hits, candidates: list.length / 3 + inner.candidates, allows, ...(inner.cut ? { cut: inner.cut } : {}) };
}
