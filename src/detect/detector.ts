import {
  FLAG_ENCODED,
  FLAG_ESCAPED,
  FLAG_ESCAPES,
  FLAG_SPOKEN,
  folded,
  ID_MASK,
  KIND_LITERAL,
  KIND_MASK,
  KIND_PREFIX,
  KIND_RUN,
} from "../kernel/layout.ts";
import { confirmAt } from "./confirm.ts";
import { genericToken } from "./generic.ts";
import { genericPassword } from "./generic-password.ts";
import { basicAt, bearerAt } from "./headers.ts";
import { joseAt } from "./jwt.ts";
import { type Hit, type Matcher, slice, type Text } from "./matcher.ts";
import type { Plan } from "./plan.ts";
import { escapedView, type View, viewsOfRun } from "./views.ts";

/** A hit and the encodings it was wrapped in, outermost first; offsets are those of the raw text. */
export interface WrappedHit extends Hit {
  readonly encodings: readonly string[];
}

/** What one text gave: hits, and how many candidates it took to find them. */
export interface Detected {
  readonly hits: readonly WrappedHit[];
  readonly candidates: number;
  /** Said when a bound cut the search, for a gap. */
  readonly cut?: string;
}

const MAX_DEPTH = 4;
/** Most bytes of decoded text looked at for one block. */
const VIEW_BUDGET = 48 << 20;

/** Finds every hit in the first `length` bytes of the plan's block, and in what is encoded there. */
export function detect(plan: Plan, length: number, path: string): Detected {
  const { block, view: room } = plan.kernel;
  const text: Text = { bytes: block.bytes, length, path };
  const list = plan.kernel.candidates(block, length);
  const first = lookThrough(plan, text, list);
  const hits: WrappedHit[] = first.hits.map((hit) => ({ ...hit, encodings: [] }));
  let candidates = list.length / 3;
  let budget = VIEW_BUDGET;
  const queue: Wrapped[] = first.views.map((view) => ({ view, encodings: [view.encoding], span: view.span }));
  for (let next = queue.shift(); next; next = queue.shift()) {
    budget -= next.view.bytes.length;
    if (budget < 0)
      return {
        hits,
        candidates,
        cut: "more encoded text than is decoded for one file (48 MiB); decode it and scan the result",
      };
    const size = next.view.bytes.copy(room.bytes, 0, 0, Math.min(next.view.bytes.length, room.bytes.length - 64));
    const inner: Text = { bytes: room.bytes, length: size, path };
    const innerList = plan.kernel.candidates(room, size);
    candidates += innerList.length / 3;
    const found = lookThrough(plan, inner, innerList);
    for (const hit of found.hits) hits.push({ ...hit, ...next.span(hit.start, hit.end), encodings: next.encodings });
    if (next.encodings.length < MAX_DEPTH) queue.push(...found.views.map((view) => within(next, view)));
  }
  return { hits, candidates };
}

interface Wrapped {
  readonly view: View;
  readonly encodings: readonly string[];
  readonly span: (from: number, to: number) => { start: number; end: number };
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

function lookThrough(plan: Plan, text: Text, list: Uint32Array): { hits: Hit[]; views: View[] } {
  const hits: Hit[] = [];
  const views: View[] = [];
  let viewed = 0;
  let escapesViewed = 0;
  for (let i = 0; i < list.length; i += 3) {
    const start = list[i]!;
    const end = list[i + 1]!;
    const kind = list[i + 2]!;
    const id = kind & ID_MASK;
    switch (kind & KIND_MASK) {
      case KIND_PREFIX:
        for (const matcher of plan.prefixed(id))
          hits.push(...prefixHits(plan, text, matcher, start, (kind & FLAG_ESCAPED) !== 0));
        break;
      case KIND_LITERAL:
        for (const matcher of plan.literal(id)) hits.push(...literalHits(plan, text, matcher, start));
        break;
      case KIND_RUN: {
        if (kind & FLAG_SPOKEN) hits.push(...runHits(plan, text, start, end));
        if (kind & FLAG_ENCODED) {
          for (const view of viewsOfRun(text, start, end, viewed)) {
            views.push(view);
            viewed = Math.max(viewed, view.rawEnd);
          }
        }
        const escaped =
          kind & FLAG_ESCAPES && end > escapesViewed ? escapedView(text, start, end, escapesViewed) : undefined;
        if (escaped) {
          views.push(escaped);
          escapesViewed = escaped.rawEnd;
        }
        break;
      }
    }
  }
  return { hits, views };
}

function prefixHits(plan: Plan, text: Text, matcher: Matcher, start: number, escaped: boolean): Hit[] {
  if (matcher.detector === "jwt") return present(joseAt(text, matcher, start));
  return confirmAt(text, matcher, plan.pattern(matcher), start, escaped);
}

function literalHits(plan: Plan, text: Text, matcher: Matcher, start: number): Hit[] {
  if (matcher.detector === "bearer") return present(bearerAt(text, matcher, start));
  if (matcher.detector === "basic") return present(basicAt(text, matcher, start));
  if (matcher.detector === "password") return present(genericPassword(text, matcher, start));
  return confirmAt(text, matcher, plan.pattern(matcher), start, false);
}

const present = (hit: Hit | undefined): Hit[] => (hit ? [hit] : []);

/** How far before a run its keyword may stand. */
const BEFORE_RUN = 80;

function runHits(plan: Plan, text: Text, start: number, end: number): Hit[] {
  const hits: Hit[] = [];
  const before = slice(text, start - BEFORE_RUN, start);
  for (const matcher of plan.generic()) hits.push(...present(genericToken(text, matcher, start, end)));
  const context = before + slice(text, start, Math.min(end, start + 60));
  for (const { matcher, keywords } of plan.spokenIn(folded(context))) {
    if (keywords().test(context)) hits.push(...keywordHits(plan, text, matcher, keywords(), start, end));
  }
  return hits;
}

/** The pattern at every place of the run where a value may start, with the keyword in the text before it. */
function keywordHits(plan: Plan, text: Text, matcher: Matcher, keywords: RegExp, start: number, end: number): Hit[] {
  const pattern = plan.pattern(matcher);
  const stop = Math.min(end, start + 200);
  for (let at = start; at < stop; at++) {
    if (at > start && /[A-Za-z0-9]/.test(String.fromCharCode(text.bytes[at - 1]!))) continue;
    const before = slice(text, at - BEFORE_RUN, at).replace(/\x1b\[[0-9;]*[mK]/g, "");
    if (!ASSIGNS.test(before) || !keywords.test(before)) continue;
    const hits = confirmAt(text, matcher, pattern, at, false);
    if (hits.length) return hits;
  }
  return [];
}

/** Right before the value: a sign, an opening quote or bracket, or a blank after a word or flag. */
const ASSIGNS = /(?:[=:(,>[|]["'`\\]{0,4}|["'`]|[\w-]["'`]?[ \t]+["'`]?)[ \t]*["'`\\]{0,4}$/;
