import { looksRandom } from "./generic.ts";
import { mayBeSecret } from "./generic-password.ts";
import { type Hit, type Matcher, slice, type Text } from "./matcher.ts";
import { type NameKind, nameKind } from "./telling-name.ts";

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
export function tellingColumns(names: readonly string[]): Column[] {
  return names.flatMap((name, place) => {
    const kind = name.length <= 60 ? nameKind(name, "=") : undefined;
    return kind ? [{ place, name, kind }] : [];
  });
}

/** Digests of MD5 and SHA, as columns named `password` mostly hold them. */
const DIGEST = /^(?:0x)?(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{56}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})$/i;
/** Longest text in a column of passwords that may be one: longer ones are hashes. */
const LONGEST = 48;

/** The secrets of one row, whose text begins at `base`. */
export function secretsOfRow(
  text: Text,
  matcher: Matcher,
  columns: readonly Column[],
  cells: readonly Cell[],
  base: number,
): Hit[] {
  return columns.flatMap(({ place, name, kind }) => {
    const cell = cells[place];
    if (!cell || !isSecret(cell.text, kind, name, text.path)) return [];
    const start = base + cell.at;
    return [{ matcher, start, end: start + cell.text.length, secret: cell.text, parts: {}, assignedTo: name }];
  });
}

function isSecret(value: string, kind: NameKind, name: string, path: string): boolean {
  if (kind !== "password") return /^[\w\-+/=.]{16,400}$/.test(value) && looksRandom(value, kind === "key", name);
  return value.length <= LONGEST && !DIGEST.test(value) && mayBeSecret(value, kind, name, true, path);
}

/** Rows of a table that are looked at, and bytes of them. */
const ROWS = 500;
const TABLE = 65_536;
const PIECE = 2048;

/** The lines from a place on, read as they are asked for: at most {@link ROWS}, and none longer than a piece. */
export function* linesFrom(text: Text, from: number): Generator<Cell> {
  let at = from;
  for (let n = 0; n < ROWS && at < Math.min(text.length, from + TABLE); n++) {
    const piece = slice(text, at, at + PIECE);
    const end = piece.indexOf("\n");
    if (end < 0 && piece.length === PIECE) return;
    yield { text: (end < 0 ? piece : piece.slice(0, end)).replace(/\r$/, ""), at };
    at += end < 0 ? piece.length : end + 1;
  }
}

/** A line cut at a separator, without blanks and quotes around each cell. */
export function cellsOf(line: string, separator: string): Cell[] {
  let at = 0;
  return line.split(separator).map((cell) => {
    const lead = /^[ \t]*(["'`]?)/.exec(cell)!;
    const inner = cell.slice(lead[0].length).trimEnd();
    const shown = lead[1] && inner.endsWith(lead[1]) ? inner.slice(0, -1) : inner;
    const found = { text: shown, at: at + lead[0].length };
    at += cell.length + separator.length;
    return found;
  });
}
