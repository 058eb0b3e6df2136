import { type Literal } from "./layout.ts";
/** The bucket (0 to 7) of each literal, chosen one after the other so that as little text as possible passes by chance. */
export declare function bucketsOf(literals: readonly Literal[]): number[];
/** The bytes a literal's fragment may have at one of its three places. */
export declare function fragmentBytes(literal: Literal, k: number): readonly number[];
