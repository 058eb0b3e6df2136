/** What is known of a place of a text that was made of another one by leaving things out. */
export interface Origin {
    /** Its offset in the raw text. */
    readonly from: number;
    /** Raw offset of the last start of a line that was left out, and the place in the made text that this is known from. */
    readonly lineStart: number;
    readonly lined: number;
    /** Line feeds left out before it, less those that were put in. */
    readonly feeds: number;
    /** Epoch seconds of the last stamp before it, and where in the made text that stood; NaN if there was none. */
    readonly time: number;
    readonly timed: number;
}
/** What was left out at a place, besides the bytes. */
export interface Left {
    /** Raw offset of a line's start in it. */
    readonly lineStart?: number | undefined;
    readonly feeds?: number;
    readonly time?: number | undefined;
}
/** The way from each byte of a made text back to the raw one. Rows stand where something was left out. */
export declare class OffsetMap {
    #private;
    constructor();
    get isFull(): boolean;
    /** Says that the made text goes on at `to`, and the raw one at `from`, with what was left out between. */
    add(to: number, from: number, { lineStart, feeds, time }?: Left): void;
    /** Says that a stamp stood right before `to`, where the last row begins. */
    stamp(to: number, time: number): void;
    at(offset: number): Origin;
    /** Rows that only say where something before `offset` came from are not needed any more. */
    forget(offset: number): void;
}
