import { type Hit, type Matcher, type Text } from "./matcher.ts";
/** Secrets of a table with names in its first line (RFC 4180), if a candidate stands in one of the first lines of a text. */
export declare function secretsOfCsv(text: Text, matcher: Matcher, anchor: number): Hit[];
