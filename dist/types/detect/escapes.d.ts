/** A text with its escapes decoded once, and the way between its places and those of the escaped text. */
export declare class Unescaped {
    #private;
    readonly text: string;
    constructor(text: string, here: readonly number[], there: readonly number[], end: number);
    /** Where a character stood in the escaped text; for the end of the text, the end of that one. */
    outward(index: number): number;
    /** The last character that stood at a place of the escaped text or before it. */
    inward(place: number): number;
}
/** Escapes that hide what a value is or where it starts: of URLs, programs, JSON and HTML. */
export declare const ESCAPED: RegExp;
/** Decodes the escapes of a text, one level of them; undefined when there are none. */
export declare function unescaped(raw: string): Unescaped | undefined;
