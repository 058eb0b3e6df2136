/** A text with its escapes decoded once. */
export interface Unescaped {
    readonly text: string;
    /** Where each character stood in the escaped text; one more for its end. */
    readonly at: readonly number[];
}
/** Escapes that hide what a value is or where it starts: of URLs, programs, JSON and HTML. */
export declare const ESCAPED: RegExp;
/** Decodes the escapes of a text, one level of them; undefined when there are none. */
export declare function unescaped(raw: string): Unescaped | undefined;
