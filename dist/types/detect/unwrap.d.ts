import type { WrappedHit } from "./detector.ts";
import type { Text } from "./matcher.ts";
import type { Plan } from "./plan.ts";
import type { View } from "./views.ts";
/** Most bytes of decoded text looked at for one block. */
export declare const VIEW_BUDGET: number;
/** What the encoded parts of a text gave. */
export interface Unwrapping {
    readonly hits: readonly WrappedHit[];
    readonly candidates: number;
    /** Said when the budget was used up. */
    readonly cut?: string;
}
/** Looks through decoded views, and what is encoded in them; positions are those of the raw text. */
export declare function unwrap(plan: Plan, views: readonly View[], outer: Text, budget?: number): Unwrapping;
