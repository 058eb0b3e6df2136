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
import { assignmentBefore } from "./assignment.ts";
import { completed } from "./beside.ts";
import { confirmAt } from "./confirm.ts";
import { crowded } from "./crowded.ts";
import { secretsOfCsv } from "./csv.ts";
import { genericToken } from "./generic.ts";
import { genericPassword } from "./generic-password.ts";
import { basicAt, bearerAt } from "./headers.ts";
import { joined } from "./joined.ts";
import { joseObjectAt } from "./jose-object.ts";
import { joseAt } from "./jwt.ts";
import { valuesOfSecret } from "./manifest.ts";
import { type Hit, type Matcher, slice, type Text } from "./matcher.ts";
import type { Plan, RunMatcher } from "./plan.ts";
import { inSignature } from "./signature.ts";
import { secretsOfTable } from "./tables.ts";
import { escapedView, type View, viewsOfRun } from "./views.ts";

/** What one candidate came to: hits in the text itself, and what is encoded there. */
export interface Examined {
  readonly hits: readonly Hit[];
  readonly views: readonly View[];
}

/** How far the views of earlier candidates reach into a text: what they cover is not decoded again. */
export interface Viewed {
  encoded: number;
  escaped: number;
}

/** Looks closely at a candidate of the kernel: patterns, detectors and encodings, each on a bounded part of the text. */
export function examine(plan: Plan, text: Text, start: number, end: number, kind: number, viewed: Viewed): Examined {
  const { hits, views } = found(plan, text, start, end, kind, viewed);
  return { hits: hits.flatMap((hit) => withBeside(plan, text, hit)), views };
}

function withBeside(plan: Plan, text: Text, hit: Hit): Hit[] {
  const companion = plan.beside(hit.matcher);
  if (!companion) return [hit];
  const found = completed(text, hit, companion);
  return found.whole || !hit.matcher.beside?.required ? [found] : [];
}

function found(plan: Plan, text: Text, start: number, end: number, kind: number, viewed: Viewed): Examined {
  const id = kind & ID_MASK;
  switch (kind & KIND_MASK) {
    case KIND_PREFIX: {
      const escaped = (kind & FLAG_ESCAPED) !== 0;
      return {
        hits: plan.prefixed(id).flatMap((matcher) => prefixHits(plan, text, matcher, start, escaped)),
        views: [],
      };
    }
    case KIND_LITERAL:
      return { hits: plan.literal(id).flatMap((matcher) => literalHits(plan, text, matcher, start)), views: [] };
    case KIND_RUN: {
      const hits = kind & FLAG_SPOKEN ? runHits(plan, text, start, end) : [];
      return { hits, views: viewsOf(text, start, end, kind, viewed) };
    }
    default:
      throw new Error("the kernel knows no such candidate");
  }
}

function viewsOf(text: Text, start: number, end: number, kind: number, viewed: Viewed): View[] {
  const views: View[] = kind & FLAG_SPOKEN ? joined(text, start, end) : [];
  if (kind & FLAG_ENCODED) {
    for (const view of viewsOfRun(text, start, end, viewed.encoded)) {
      views.push(view);
      viewed.encoded = Math.max(viewed.encoded, view.rawEnd);
    }
  }
  const escaped =
    kind & FLAG_ESCAPES && end > viewed.escaped ? escapedView(text, start, end, viewed.escaped) : undefined;
  if (escaped) {
    views.push(escaped);
    viewed.escaped = escaped.rawEnd;
  }
  return views;
}

function prefixHits(plan: Plan, text: Text, matcher: Matcher, start: number, escaped: boolean): Hit[] {
  if (matcher.detector === "jwt") return present(joseAt(text, matcher, start) ?? joseObjectAt(text, matcher, start));
  const hits = confirmAt(text, matcher, plan.pattern(matcher), start, escaped);
  return hits.filter((hit) => !inSignature(text, hit.start, hit.end));
}

function literalHits(plan: Plan, text: Text, matcher: Matcher, start: number): Hit[] {
  if (crowded(text, matcher, start)) return [];
  if (matcher.detector === "bearer") return present(bearerAt(text, matcher, start));
  if (matcher.detector === "basic") return present(basicAt(text, matcher, start));
  if (matcher.detector === "manifest") return valuesOfSecret(text, matcher, start);
  if (matcher.detector === "table") return secretsOfTable(text, matcher, start);
  if (matcher.detector === "password") {
    const hit = genericPassword(text, matcher, start);
    return hit ? [hit] : secretsOfCsv(text, matcher, start);
  }
  return confirmAt(text, matcher, plan.pattern(matcher), start, false);
}

const present = (hit: Hit | undefined): Hit[] => (hit ? [hit] : []);

type Spoken = RunMatcher["spokenIn"];

/** How far before a run its keyword may stand. */
const BEFORE_RUN = 80;

function runHits(plan: Plan, text: Text, start: number, end: number): Hit[] {
  const hits: Hit[] = [];
  const before = slice(text, start - BEFORE_RUN, start);
  if (INTEGRITY.test(before)) return hits;
  for (const matcher of plan.generic()) {
    const hit = genericToken(text, matcher, start, end);
    hits.push(...(hit ? [hit] : secretsOfCsv(text, matcher, start)));
  }
  const context = before + slice(text, start, Math.min(end, start + 60));
  for (const { matcher, spokenIn } of plan.spokenIn(folded(context))) {
    if (spokenIn(context)) hits.push(...keywordHits(plan, text, matcher, spokenIn, start, end));
  }
  return hits;
}

/** What stands before the hash of a package in lock files: `h1:` of Go, `sha512-` of npm. */
const INTEGRITY = /(?:\bh1:|\bsha(?:1|256|384|512)[-:])$/;

/** The pattern at every place of the run where a value may start, with the keyword in the text before it. */
function keywordHits(plan: Plan, text: Text, matcher: Matcher, spokenIn: Spoken, start: number, end: number): Hit[] {
  const pattern = plan.pattern(matcher);
  const stop = Math.min(end, start + 200);
  for (let at = start; at < stop; at++) {
    if (at > start && /[A-Za-z0-9]/.test(String.fromCharCode(text.bytes[at - 1]!))) continue;
    const before = slice(text, at - BEFORE_RUN, at).replace(/\x1b\[[0-9;]*[mK]/g, "");
    if (!assigns(before) || !spokenIn(before)) continue;
    const hits = confirmAt(text, matcher, pattern, at, false);
    if (hits.length && !namesAnother(before, spokenIn)) return hits;
  }
  return [];
}

/** The keyword stands in the line before, and the value's own name says that it is an id: `X_SECRET=…`, `X_CLIENT_ID=…`. */
function namesAnother(before: string, spokenIn: Spoken): boolean {
  const name = assignmentBefore(before)?.name;
  return name !== undefined && ID_NAME.test(name) && !spokenIn(name);
}

const ID_NAME = /(?:^|[_.-]|client|application)(?:[Ii][Dd]|[Ss][Ii][Dd]|[Uu][Uu][Ii][Dd])$|[a-z](?:I[Dd]|S[Ii][Dd])$/;

/** Whether right before the value stands a sign, an opening quote or bracket, or a blank after a word or flag. Looked at from the end. */
function assigns(before: string): boolean {
  ASSIGNS.lastIndex = before.length;
  return ASSIGNS.test(before);
}

const ASSIGNS = /(?<=(?:[=:(,>[|]["'`\\]{0,4}|["'`]|[\w-]["'`]?[ \t]+["'`]?)[ \t]*["'`\\]{0,4})$/y;
