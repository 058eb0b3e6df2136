import type { InlineAllow } from "../model/index.ts";
import { type Text } from "./matcher.ts";
/** The comment that allows the match at [start, end), by whichever convention stands there (docs/usage.md, "Allowing a finding"). */
export declare function allowedBy(text: Text, rule: string, start: number, end: number): InlineAllow | undefined;
/** The word of our own comments, which the kernel looks for, so that unused ones can be named. */
export declare const ALLOW_WORD = "leakreach:allow";
/** Whether the word at `at` stands in a comment, and not in documentation about one, or in a string of a program. */
export declare function inComment(text: Text, at: number): boolean;
