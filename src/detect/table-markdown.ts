import { type Hit, type Matcher, slice, type Text } from "./matcher.ts";
import { cellsOf, linesFrom, secretsOfRow, tellingColumns } from "./table.ts";

const HEAD = 1024;
/** The row below the names: `| --- |:---:|` (GitHub Flavored Markdown, 4.10). */
const DELIMITERS = /^\|(?:[ \t]{0,80}:?-{1,200}:?[ \t]{0,80}\|){1,40}[ \t]*(?:-+[ \t]*)?$/;
/** A row that is no beginning of another table. */
const ROW = /^[ \t]*\|(?![ \t]?:?--)/;

/** Secrets of a table in Markdown, of whose row of delimiters a candidate is the beginning. */
export function secretsOfMarkdown(text: Text, matcher: Matcher, anchor: number): Hit[] {
  const before = slice(text, anchor - HEAD, anchor);
  const begin = before.lastIndexOf("\n");
  if (begin < 0 || before.slice(begin + 1).trim() !== "") return [];
  const head = before.slice(before.lastIndexOf("\n", begin - 1) + 1, begin);
  const names = cellsOf(head.replace(/\r$/, ""), "|").map((cell) => cell.text.replace(/[*_]{2}|\*/g, ""));
  const columns = tellingColumns(names);
  if (columns.length === 0) return [];
  const hits: Hit[] = [];
  for (const row of linesFrom(text, anchor)) {
    if (row.at === anchor ? !DELIMITERS.test(row.text) : !ROW.test(row.text)) break;
    hits.push(...secretsOfRow(text, matcher, columns, cellsOf(row.text, "|"), row.at));
  }
  return hits;
}
