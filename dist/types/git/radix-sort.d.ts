/** Numbers in ascending order, and where each stood before. */
export interface Sorted {
    readonly keys: Numbers;
    readonly order: Uint32Array;
}
/** Whole numbers up to 2^53, or up to 2^32 in half the room. */
export type Numbers = Float64Array | Uint32Array;
/** Sorts whole numbers from 0 to 2^53; equal ones stay as they stand. Its time grows with the count alone, whatever the numbers are. */
export declare function radixSort(unsorted: Numbers): Sorted;
