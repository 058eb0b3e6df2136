import { type Hit, type Matcher, type Text } from "./matcher.ts";
/** Tests the value at [start, end) of a text, found as a run that mixes digits and letters, for a token assigned to a telling name. */
export declare function genericToken(text: Text, matcher: Matcher, start: number, end: number): Hit | undefined;
/** Unquoted values count in configuration, logs and shells; in code only on a line that assigns like a shell does. */
export declare function unquotedHere(text: Text, sign: string, before: string): boolean;
/** The same, as far as it can be said without knowing the sign. */
export declare function mayBeUnquoted(text: Text, before: string): boolean;
/** Whether a value looks made by a machine: long, of many kinds of characters, restless, and no words, hash of a file or path. */
export declare function looksRandom(value: string, needsMore: boolean, name: string): boolean;
