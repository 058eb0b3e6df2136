import type { WrappedHit } from "./detector.ts";
import { examine } from "./examine.ts";
import type { Text } from "./matcher.ts";
import type { Plan } from "./plan.ts";
import type { View } from "./views.ts";

/** How often text may be wrapped in encodings. */
const MAX_DEPTH = 4;
/** Most bytes of decoded text looked at for one block. */
export const VIEW_BUDGET = 48 << 20;
const CUT = "more encoded text than is decoded for one file (48 MiB); decode it and scan the result";

/** What the encoded parts of a text gave. */
export interface Unwrapping {
  readonly hits: readonly WrappedHit[];
  readonly candidates: number;
  /** Said when the budget was used up. */
  readonly cut?: string;
}

interface Wrapped {
  readonly view: View;
  readonly encodings: readonly string[];
  readonly span: View["span"];
}

/** Looks through decoded views, and what is encoded in them; positions are those of the raw text. */
export function unwrap(plan: Plan, views: readonly View[], outer: Text, budget = VIEW_BUDGET): Unwrapping {
  const room = plan.kernel.view;
  const hits: WrappedHit[] = [];
  let candidates = 0;
  let left = budget;
  const queue: Wrapped[] = views.map((view) => ({
    view,
    encodings: view.encoding ? [view.encoding] : [],
    span: (from, to) => view.span(from, to),
  }));
  for (let next = queue.shift(); next; next = queue.shift()) {
    left -= next.view.bytes.length;
    if (left < 0) return { hits, candidates, cut: CUT };
    const length = next.view.bytes.copy(room.bytes, 0, 0, Math.min(next.view.bytes.length, room.bytes.length - 64));
    const text: Text = {
      bytes: room.bytes,
      length,
      get path() {
        return outer.path;
      },
    };
    const list = plan.kernel.candidates(room, length);
    candidates += list.length / 3;
    const viewed = { encoded: 0, escaped: 0 };
    const inner: View[] = [];
    for (let i = 0; i < list.length; i += 3) {
      const found = examine(plan, text, list[i]!, list[i + 1]!, list[i + 2]!, viewed);
      for (const hit of found.hits) hits.push({ ...hit, ...next.span(hit.start, hit.end), encodings: next.encodings });
      inner.push(...found.views);
    }
    if (next.encodings.length < MAX_DEPTH) queue.push(...inner.map((view) => within(next, view)));
  }
  return { hits, candidates };
}

function within(outer: Wrapped, view: View): Wrapped {
  return {
    view,
    encodings: [...outer.encodings, view.encoding],
    span: (from, to) => {
      const inner = view.span(from, to);
      return outer.span(inner.start, inner.end);
    },
  };
}
