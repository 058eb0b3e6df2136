import { type KnownSpots, type Spot } from "./buckets.ts";
import { type Literal, type Prefix } from "./layout.ts";
/** Bytes that belong at one place of the kernel's memory. */
export interface Segment {
    readonly at: number;
    readonly bytes: Uint8Array;
}
/**
 * The kernel's tables for what a rule set looks for. The built-in set's are made when leakreach is built: choosing buckets
 * for hundreds of literals would cost every start 15 ms.
 */
export declare function tablesOf(prefixes: readonly Prefix[], literals: readonly Literal[], words: readonly string[], choose?: (literals: readonly Literal[]) => readonly Spot[]): readonly Segment[];
/** Where the literals of some tables were put: choosing it well takes seconds, so that more literals leave it as it is. */
export declare function spotsIn(tables: readonly Segment[]): KnownSpots;
