import { type Hit, type Matcher, type Text } from "./matcher.ts";
/** Tests the value at [start, end) of a text, found as a run that mixes digits and letters, for a token assigned to a telling name. */
export declare function genericToken(text: Text, matcher: Matcher, start: number, end: number): Hit | undefined;
/** Whether a value looks made by a machine: long, of many kinds of characters, restless, and no words, hash of a file or path. */
export declare function looksRandom(value: string, needsMore: boolean, name: string): boolean;
/** Tests what follows a word such as `passw` or `secret` for a password or short secret assigned to the name it stands in. */
export declare function genericPassword(text: Text, matcher: Matcher, anchor: number): Hit | undefined;
/** Why a generic value is no secret after all; placeholders are shown with `--min-level none`. */
export declare function genericDemotion(value: string): string | undefined;
