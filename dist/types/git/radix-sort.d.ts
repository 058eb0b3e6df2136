/** Numbers in ascending order, and where each stood before. */
export interface Sorted {
    readonly keys: Float64Array;
    readonly order: Uint32Array;
}
/** Sorts whole numbers from 0 to 2^53; equal ones stay as they stand. Its time grows with the count alone, whatever the numbers are. */
export declare function radixSort(unsorted: Float64Array | Uint32Array): Sorted;
