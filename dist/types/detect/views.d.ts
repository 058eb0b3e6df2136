import { type Text } from "./matcher.ts";
/** Text that was wrapped in an encoding, with the way back from each of its bytes to the text it came from. */
export interface View {
    readonly encoding: string;
    readonly bytes: Buffer;
    /** Raw offsets [start, end) of the bytes [from, to) of the view. */
    span(from: number, to: number): Stretch;
}
/** A stretch of raw text. */
export interface Stretch {
    readonly start: number;
    readonly end: number;
    /** What is found does not stand in the text there, but in what was cut out of it: it is no rival of what does. */
    readonly apart?: true;
}
/** Views of a run of token characters: base64 (standard, url, wrapped over lines) and hexadecimal. */
export declare function viewsOfRun(text: Text, start: number, end: number, skipTo: number): Generator<View & {
    readonly rawEnd: number;
}>;
/** The view of a stretch with percent, `\uXXXX`, `\xXX` or `&#61;` escapes around [start, end), if there are any. */
export declare function escapedView(text: Text, start: number, end: number, notBefore: number): (View & {
    readonly rawEnd: number;
}) | undefined;
