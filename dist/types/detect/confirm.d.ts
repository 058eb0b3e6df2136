import { type Hit, type Matcher, type Text } from "./matcher.ts";
/** What a compiled pattern says of a window: the match and where its secret stands in it. */
export interface Confirmed {
    readonly start: number;
    readonly end: number;
    readonly secretStart: number;
    readonly secretEnd: number;
    readonly groups: Readonly<Record<string, string>>;
}
/** A compiled pattern: the first match at or after `from` (exactly at it when `sticky`). */
export type Pattern = (window: string, from: number, sticky: boolean) => Confirmed | undefined;
/** Runs a matcher's pattern at an anchor, on a bounded window, never on the whole text. */
export declare function confirmAt(text: Text, matcher: Matcher, pattern: Pattern, anchor: number, flagged: boolean): Hit[];
/** Compiles a built-in pattern, whose linear running time CI checks. */
export declare function builtinPattern(source: string, flags?: string): Pattern;
