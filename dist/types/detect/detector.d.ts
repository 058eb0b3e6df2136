import type { Hit } from "./matcher.ts";
import type { Plan } from "./plan.ts";
import type { View } from "./views.ts";
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
export declare function detect(plan: Plan, length: number, path: string, viewBudget?: number, readings?: readonly Reading[], isLog?: boolean): Detected;
