/** A list of numbers that grows, without a box for each. */
export declare class Numbers {
    #private;
    get length(): number;
    push(number: number): void;
    at(place: number): number;
    all(): Float64Array;
}
