import { type Text } from "./matcher.ts";
/** Whether [start, end) stands in a line of an armoured signature: random letters, which now and then look like a token. */
export declare function inSignature(text: Text, start: number, end: number): boolean;
