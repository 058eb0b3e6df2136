import { type Hit, type Matcher, slice, type Text } from "./matcher.ts";
import { cellsOf, linesFrom, secretsOfRow, tellingColumns } from "./table.ts";
import { isCode } from "./value.ts";

/** How long the first line may be, and in how many lines behind it a candidate leads to it. */
const HEAD = 1024;
const LINES = 3;
/** Bytes that are looked at at once for lines. */
const STEP = 128;
const NAME = /^[A-Za-z][\w .()/-]{0,40}$/;

/** Told from what stands close before, if that has lines enough: then it does not rest on where the text begins. */
function isInFirstLines(text: Text, anchor: number): boolean {
  let lines = 1;
  for (let end = anchor; end >= 0 && lines <= LINES; end -= STEP)
    lines += slice(text, Math.max(-1, end - STEP), end).split("\n").length - 1;
  return lines <= LINES;
}

/** Secrets of a table with names in its first line (RFC 4180), if a candidate stands in one of the first lines of a text. */
export function secretsOfCsv(text: Text, matcher: Matcher, anchor: number): Hit[] {
  if (anchor > 2 * HEAD || !isInFirstLines(text, anchor) || isCode(text.path)) return [];
  const head = /^(?:\xef\xbb\xbf)?([^\n]{3,1024})\n/.exec(slice(text, -1, HEAD + 8));
  const separator = [",", ";", "\t"].find((sign) => head?.[1]?.includes(sign));
  if (!head || !separator) return [];
  const names = cellsOf(head[1]!.replace(/\r$/, ""), separator).map((cell) => cell.text);
  if (!names.every((name) => NAME.test(name))) return [];
  const columns = tellingColumns(names);
  if (columns.length === 0) return [];
  const hits: Hit[] = [];
  for (const line of linesFrom(text, head[0].length)) {
    const cells = cellsOf(line.text, separator);
    if (cells.length === names.length) hits.push(...secretsOfRow(text, matcher, columns, cells, line.at));
  }
  return hits;
}
