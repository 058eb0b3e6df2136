import { type Hit, type Matcher, type Text } from "./matcher.ts";
/** Tests the value at [start, end) of a text, found as a run that mixes digits and letters, for a token assigned to a telling name. */
export declare function genericToken(text: Text, matcher: Matcher, start: number, end: number): Hit | undefined;
export declare const UNQUOTED_SIGNS: ReadonlySet<string>;
/** The same, as far as it can be said without knowing the sign. */
export declare function mayBeUnquoted(text: Text, before: string): boolean;
/** Whether a value looks made by a machine: long, of many kinds of characters, restless, and no words, hash of a file or path. */
export declare function looksRandom(value: string, needsMore: boolean, name: string): boolean;
