import { type Literal } from "./layout.ts";
/** How the filter finds a literal: by the three bytes from `fragment` on, in one of its buckets (0 to 15). */
export interface Spot {
    readonly bucket: number;
    readonly fragment: number;
}
/** The spot of each literal, chosen one after the other so that as little text as possible passes by chance. */
export declare function spotsOf(literals: readonly Literal[]): readonly Spot[];
/** The bytes a literal may have at a place. */
export declare function bytesAt(literal: Literal, place: number): readonly number[];
