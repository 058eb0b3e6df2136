import { type Match, Secret } from "../model/index.ts";
import type { RawMatch } from "./raw.ts";

/** What a match says beside where it stands. */
export type MatchKind = Omit<RawMatch, "provenance" | "blob" | "span" | "region" | "announced">;

/** A text that matches stand in: a version of a file, what is inside one, or a message. */
export interface MatchedText extends Pick<Match, "blob"> {
  readonly provenance: Extract<Match["provenance"], { readonly kind: "history" }>;
}

/**
 * Matches of a history, as plain data: the same secret stands in many versions, so what many matches say alike stands here
 * once, and each takes 32 bytes.
 */
export interface MatchTable {
  readonly kinds: readonly MatchKind[];
  readonly texts: readonly MatchedText[];
  /** A row for each match: its kind, its text, its span, its region. */
  readonly rows: Uint32Array;
  /** What there was no room for: texts, and the matches in them. */
  readonly leftOut: { readonly texts: number; readonly matches: number };
}

/** A table without matches. */
export const EMPTY: MatchTable = { kinds: [], texts: [], rows: new Uint32Array(0), leftOut: { texts: 0, matches: 0 } };

/** Numbers of a row. */
export const COLUMNS = 8;

/** How many matches a table has. */
export const lengthOf = ({ rows }: MatchTable): number => rows.length / COLUMNS;

/** The text that a match stands in. */
export const textAt = ({ texts, rows }: MatchTable, row: number): MatchedText => texts[rows[row * COLUMNS + 1]!]!;

/** The number of a match's kind. */
export const kindOf = ({ rows }: MatchTable, row: number): number => rows[row * COLUMNS]!;

/** The kind of a match. */
export const kindAt = (table: MatchTable, row: number): MatchKind => table.kinds[kindOf(table, row)]!;

/** A match by its row. */
export function matchAt(table: MatchTable, row: number): Match {
  const at = row * COLUMNS;
  const [, , start = 0, end = 0, line = 0, column = 0, endLine = 0, endColumn = 0] = table.rows.subarray(
    at,
    at + COLUMNS,
  );
  const { secret, ...kind } = kindAt(table, row);
  const region = { line, column, endLine, endColumn };
  return { ...kind, ...textAt(table, row), secret: new Secret(secret), span: { start, end }, region };
}

/** All matches of a table, one after the other. */
export function* matchesOf(table: MatchTable): Generator<Match> {
  for (let row = 0; row < lengthOf(table); row++) yield matchAt(table, row);
}

/** The matches of a table that stand in some of its texts. */
export function rowsIn(table: MatchTable, isWanted: (text: MatchedText) => boolean): MatchTable {
  const wanted = table.texts.map(isWanted);
  if (!wanted.includes(false)) return table;
  const rows = new Uint32Array(table.rows.length);
  let size = 0;
  for (let at = 0; at < table.rows.length; at += COLUMNS) {
    if (!wanted[table.rows[at + 1]!]) continue;
    rows.set(table.rows.subarray(at, at + COLUMNS), size);
    size += COLUMNS;
  }
  return { ...table, rows: rows.slice(0, size) };
}
