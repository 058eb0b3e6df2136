import { type Hit, type Matcher, type Text } from "./matcher.ts";
/** Secrets of the rows that `INSERT INTO t (names) VALUES (…), (…)` and `COPY t (names) FROM stdin` of PostgreSQL give a table. */
export declare function secretsOfSql(text: Text, matcher: Matcher, anchor: number): Hit[];
