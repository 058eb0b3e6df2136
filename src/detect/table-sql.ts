import { type Hit, type Matcher, slice, type Text } from "./matcher.ts";
import { type Cell, type Column, cellsOf, linesFrom, secretsOfRow, tellingColumns } from "./table.ts";

const NAMES = /[^\s(]{1,120}\s{0,8}\(([^()]{1,2000})\)\s{0,40}/.source;
const INSERT = new RegExp(
  `^INSERT\\s{1,8}INTO\\s{1,8}${NAMES}(?:OVERRIDING \\w{1,8} VALUE\\s{1,8})?VALUES?\\s{0,40}(?=\\()`,
  "i",
);
const COPY = new RegExp(`COPY\\s{1,8}${NAMES}$`, "i");
const BEFORE = 2200;
/** Behind the names of a copy stand this many blanks at most, and before them a bracket. */
const BLANKS = 41;

/** Secrets of the rows that `INSERT INTO t (names) VALUES (…), (…)` and `COPY t (names) FROM stdin` of PostgreSQL give a table. */
export function secretsOfSql(text: Text, matcher: Matcher, anchor: number): Hit[] {
  if (isInsert(text.bytes[anchor]!)) {
    const head = INSERT.exec(slice(text, anchor, anchor + BEFORE));
    const columns = head ? columnsOf(head[1]!) : [];
    return columns.length > 0 ? inserted(text, matcher, columns, anchor + head![0].length) : [];
  }
  if (!/\)\s*$/.test(slice(text, anchor - BLANKS, anchor))) return [];
  const copied = COPY.exec(slice(text, anchor - BEFORE, anchor));
  const columns = copied ? columnsOf(copied[1]!) : [];
  return columns.length > 0 ? copiedRows(text, matcher, columns, anchor) : [];
}

/** `insert into`, or `from stdin`. */
const isInsert = (first: number): boolean => (first | 0x20) === 0x69;

const columnsOf = (names: string): Column[] =>
  tellingColumns(cellsOf(names, ",").map(({ text }) => text.replace(/[[\]\\"'`\s]/g, "")));

function copiedRows(text: Text, matcher: Matcher, columns: readonly Column[], anchor: number): Hit[] {
  const hits: Hit[] = [];
  for (const row of linesFrom(text, anchor)) {
    if (row.text.startsWith("\\.")) break;
    if (row.at > anchor) hits.push(...secretsOfRow(text, matcher, columns, cellsOf(row.text, "\t"), row.at));
  }
  return hits;
}

/** Rows of one statement, and bytes of each, that are looked at. */
const ROWS = 500;
const ROW = 4096;

function inserted(text: Text, matcher: Matcher, columns: readonly Column[], start: number): Hit[] {
  const hits: Hit[] = [];
  let at = start;
  for (let n = 0; n < ROWS; n++) {
    const row = slice(text, at, at + ROW);
    const { cells, end } = tuple(row);
    // A statement within a text of this one is looked at by itself.
    if (/insert\s{1,8}into/i.test(row.slice(0, end))) break;
    hits.push(...secretsOfRow(text, matcher, columns, cells, at));
    const next = /^\s{0,40},\s{0,40}(?=\()/.exec(row.slice(end, end + 84));
    if (!next) break;
    at += end + next[0].length;
  }
  return hits;
}

/** A cell that is a text alone: `'x'`, `N'x'`; what else stands in a row is no secret's text. */
const TEXT = /\s{0,40}[NE]?'((?:[^'\\\n]|''|\\[^\n]){0,400})'\s{0,40}(?=[,)])/y;
/** Anything else up to the next comma, with calls that hold some. */
const OTHER = /(?:[^,()'"]|'(?:[^'\\]|''|\\[\s\S])*'|"[^"]*"|\((?:[^()']|'[^']*')*\))*/y;

/** The cells of the row in brackets that a text begins with, and where it ends. */
function tuple(text: string): { cells: Cell[]; end: number } {
  const cells: Cell[] = [];
  let at = 1;
  for (;;) {
    TEXT.lastIndex = at;
    OTHER.lastIndex = at;
    const said = TEXT.exec(text);
    const found = said ?? OTHER.exec(text)!;
    cells.push(said ? { text: said[1]!, at: at + said[0].indexOf("'") + 1 } : { text: "", at });
    at += found[0].length;
    if (text[at] !== "," || cells.length > 200) return { cells, end: at + 1 };
    at++;
  }
}
