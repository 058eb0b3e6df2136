import { type Hit, type Matcher, type Text } from "./matcher.ts";
/** Secrets in the telling columns of a table in SQL or Markdown, a part of which a candidate is; it may stand in a string. */
export declare function secretsOfTable(text: Text, matcher: Matcher, anchor: number): Hit[];
