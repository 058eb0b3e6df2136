/** What one call did: offsets in the two rooms. */
export interface Stripped {
    /** Where it stopped in the raw text, and where the made text ends. */
    readonly at: number;
    readonly made: number;
    /** Where something was cut out: the made text goes on at `to`, the raw one at `from`. */
    readonly rows: readonly Row[];
    /** Something was cut out behind the last byte that was made. */
    readonly pending: boolean;
}
interface Row {
    readonly to: number;
    readonly from: number;
    /** The cut parts a word. */
    readonly joint: boolean;
    /** It is the stamp of a line. */
    readonly stamp: boolean;
}
/** Takes plain control sequences out of a text, with SIMD: raw bytes in one room, what is made of them in another. */
export declare class Stripper {
    #private;
    readonly raw: Buffer;
    readonly out: Buffer;
    constructor();
    /** Strips the raw bytes [at, end) to `made` on; `each` is told of each row, in order. Stops at what it does not know. */
    strip(at: number, end: number, made: number, { before, cut }: {
        readonly before: number;
        readonly cut: boolean;
    }, each: (to: number, from: number, joint: boolean, stamp: boolean) => void): Omit<Stripped, "rows">;
}
export {};
