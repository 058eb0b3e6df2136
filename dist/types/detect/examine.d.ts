import { type Hit, type Text } from "./matcher.ts";
import type { Plan } from "./plan.ts";
import { type View } from "./views.ts";
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
export declare function examine(plan: Plan, text: Text, start: number, end: number, kind: number, viewed: Viewed): Examined;
