import { type Hit, type Matcher, type Text } from "./matcher.ts";
/** Secrets of a table in Markdown, of whose row of delimiters a candidate is the beginning. */
export declare function secretsOfMarkdown(text: Text, matcher: Matcher, anchor: number): Hit[];
