import { type Matcher, type Text } from "./matcher.ts";
/**
 * Whether a keyword stands in the middle of a row of itself (`&sig=&sig=&sig=…`), whose every place would cost a window.
 * The first of a row are looked at, and the last, which is the one that a value follows.
 */
export declare function crowded(text: Text, matcher: Matcher, anchor: number): boolean;
