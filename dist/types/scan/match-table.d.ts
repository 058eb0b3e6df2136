import { type Match } from "../model/index.ts";
import type { RawMatch } from "./raw.ts";
/** What a match says beside where it stands. */
export type MatchKind = Omit<RawMatch, "provenance" | "blob" | "span" | "region" | "announced">;
/** A text that matches stand in: a version of a file, what is inside one, or a message. */
export interface MatchedText extends Pick<Match, "blob"> {
    readonly provenance: Extract<Match["provenance"], {
        readonly kind: "history";
    }>;
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
    readonly leftOut: {
        readonly texts: number;
        readonly matches: number;
    };
}
/** A table without matches. */
export declare const EMPTY: MatchTable;
/** Numbers of a row. */
export declare const COLUMNS = 8;
/** How many matches a table has. */
export declare const lengthOf: ({ rows }: MatchTable) => number;
/** The text that a match stands in. */
export declare const textAt: ({ texts, rows }: MatchTable, row: number) => MatchedText;
/** The number of a match's kind. */
export declare const kindOf: ({ rows }: MatchTable, row: number) => number;
/** The kind of a match. */
export declare const kindAt: (table: MatchTable, row: number) => MatchKind;
/** A match by its row. */
export declare function matchAt(table: MatchTable, row: number): Match;
/** All matches of a table, one after the other. */
export declare function matchesOf(table: MatchTable): Generator<Match>;
/** The matches of a table that stand in some of its texts. */
export declare function rowsIn(table: MatchTable, isWanted: (text: MatchedText) => boolean): MatchTable;
