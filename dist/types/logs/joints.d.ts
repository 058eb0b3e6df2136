/** A place where something was cut out of the middle of a word: the text may also be read with the cut as a border. */
export interface Joint {
    /** Offset in the made text. */
    readonly to: number;
    /** What was cut out, as Latin-1, where it is long enough to hold a secret; else nothing. */
    readonly cut: string;
    /** Raw offset of its end, if it was one piece. */
    readonly end?: number;
}
/** The joints of the part of a text that is being looked at, in order. */
export declare class Joints {
    #private;
    get isFull(): boolean;
    add(joint: Joint): void;
    /** Those at [from, to). */
    between(from: number, to: number): readonly Joint[];
    /** What was cut out there that holds a text. */
    with(to: number, text: string): Joint | undefined;
    forget(before: number): void;
}
