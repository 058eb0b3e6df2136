import { type Hit, type Matcher, type Text } from "./matcher.ts";
import { type NameKind } from "./telling-name.ts";
/** A piece of a text, and where it begins: a cell in its row, a line in the whole. */
export interface Cell {
    readonly text: string;
    readonly at: number;
}
/** A column whose name says that a secret stands in it. */
export interface Column {
    readonly place: number;
    readonly name: string;
    readonly kind: NameKind;
}
/** The columns of a table that may hold secrets. */
export declare function tellingColumns(names: readonly string[]): Column[];
/** The secrets of one row, whose text begins at `base`. */
export declare function secretsOfRow(text: Text, matcher: Matcher, columns: readonly Column[], cells: readonly Cell[], base: number): Hit[];
/** The lines from a place on, read as they are asked for: at most {@link ROWS}, and none longer than a piece. */
export declare function linesFrom(text: Text, from: number): Generator<Cell>;
/** A line cut at a separator, without blanks and quotes around each cell. */
export declare function cellsOf(line: string, separator: string): Cell[];
