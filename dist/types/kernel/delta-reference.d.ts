/** What a delta makes, and what it copies: place in the result, place in the base, length. */
export interface Applied {
    readonly result: Uint8Array;
    readonly copies: readonly (readonly [target: number, source: number, length: number])[];
}
/** Applies a delta (gitformat-pack(5), "Deltified representation") of at most `cap` bytes, or gives the fault as a number. */
export declare function referenceDelta(delta: Uint8Array, base: Uint8Array, cap: number): Applied | number;
