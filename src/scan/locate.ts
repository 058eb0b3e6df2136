import { allowedBy } from "../detect/allow.ts";
import { lineHashes } from "../detect/line-hash.ts";
import { isCode } from "../detect/value.ts";
import type { ObjectContent } from "../git/loose.ts";
import type { ObjectId } from "../git/object-id.ts";
import type { Selection } from "../history/selection.ts";
import type { CommitFact, Listed, Provenance, WhereFrom } from "../history/where.ts";
import { type CommitName, compare, type Gap, type HistoryFacts, type Match, masked } from "../model/index.ts";
import { collect } from "./collect.ts";
import { kindAt, kindOf, lengthOf, type MatchTable, matchAt, textAt } from "./match-table.ts";
import { selecting } from "./selecting.ts";
import { plainSpelling } from "./spelling.ts";

/** What is known of a repository once its history was looked through. */
export interface Whereabouts {
  /** Where each key came from; the blobs that hold it are given. */
  readonly whereFrom: (
    blobs: ReadonlyMap<ObjectId, readonly string[]>,
  ) => Promise<Pick<Provenance, "keys" | "selected">>;
  readonly read: (id: ObjectId) => ObjectContent | undefined;
  /** What could not be read on the way. */
  readonly gaps: () => readonly Gap[];
  /** Whether a path is wanted. */
  readonly wanted: (path: string) => boolean;
  readonly selection?: Selection;
  readonly lineHashes: boolean;
  /** Name the authors of commits. */
  readonly authors: boolean;
  readonly now: number;
}

/** Places of one secret that are kept where no path is known. */
const UNPLACED = 2;

/** Matches with what is known of where they are, and how many secrets the selection leaves out. */
export interface Located {
  readonly matches: Match[];
  readonly leftOut: number;
  /** Of versions that were asked for beside them: where each stands first, as far as that is known. */
  readonly stand: ReadonlyMap<ObjectId, string>;
}

/**
 * Gives the matches of a history their paths and commits: of each secret one place for each path, in the commit that
 * introduced it there. Places whose rule does not hold for their path, or whose path is not wanted, are left out.
 */
export async function locate(
  { matches: names, table }: { readonly matches: readonly Match[]; readonly table: MatchTable },
  whereabouts: Whereabouts,
  versions: readonly ObjectId[] = [],
): Promise<Located> {
  const { whereFrom, read, wanted, selection, lineHashes, authors, now } = whereabouts;
  const bySecret = rowsBySecret(table);
  const { keys, selected } = await whereFrom(holders(table, bySecret, versions));
  const isSelected = selection ? selecting(selection, selected, read) : () => true;
  const located: Match[] = [];
  // Names of refs stand in no object, and are of no commit.
  let leftOut = selection ? names.length : 0;
  for (const [key, rows] of bySecret) {
    const from = keys.get(key);
    const history = from && factsOf(from, now, authors);
    const own = from ? placesOf(table, rows, from, wanted) : [];
    const known = from !== undefined && from.paths.count > 0;
    const rest = (known ? messagesOf(table, rows) : unplaced(table, rows)).map((row) => matchAt(table, row));
    const all = [...own, ...rest].filter((match) => isSelected(objectOf(match), from));
    if (selection && all.length === 0) leftOut++;
    located.push(...all.map((match) => (history ? { ...match, history } : match)));
  }
  return {
    matches: [...(selection ? [] : names), ...completed(located, read, lineHashes)],
    leftOut,
    stand: new Map(versions.flatMap((id) => standing(id, keys.get(versionKey(id))))),
  };
}

const versionKey = (id: ObjectId): string => `version ${id}`;

function standing(id: ObjectId, from: WhereFrom | undefined): [ObjectId, string][] {
  const [first] = from?.paths.shown ?? [];
  const commit = first?.introduced.shown[0]?.id;
  return first && commit ? [[id, `(${first.path.toString("utf8")} in commit ${commit})`]] : [];
}

/** The rows of each secret. */
function rowsBySecret(table: MatchTable): Map<string, number[]> {
  const keys = table.kinds.map(({ rule, secret }) => `${rule} ${plainSpelling(secret)}`);
  const bySecret = new Map<string, number[]>(keys.map((key) => [key, []]));
  const ofKind = keys.map((key) => bySecret.get(key)!);
  for (let row = 0; row < lengthOf(table); row++) ofKind[kindOf(table, row)]!.push(row);
  return new Map([...bySecret].filter(([, rows]) => rows.length > 0));
}

function holders(
  table: MatchTable,
  bySecret: ReadonlyMap<string, readonly number[]>,
  versions: readonly ObjectId[],
): Map<ObjectId, string[]> {
  const blobs = new Map<ObjectId, string[]>(versions.map((id) => [id, [versionKey(id)]]));
  for (const [key, rows] of bySecret) {
    for (const row of rows) {
      const { object } = textAt(table, row).provenance;
      const keys = blobs.get(object as ObjectId);
      if (!keys) blobs.set(object as ObjectId, [key]);
      else if (keys.at(-1) !== key) keys.push(key);
    }
  }
  return blobs;
}

function objectOf({ provenance }: Match): Extract<Match["provenance"], { kind: "history" }> {
  if (provenance.kind !== "history") throw new Error("a match of a history names no object");
  return provenance;
}

const messagesOf = (table: MatchTable, rows: readonly number[]): readonly number[] =>
  rows.filter((row) => textAt(table, row).provenance.stored !== "blob");

/** The first places of what stands at no path, in the order of their objects. */
function unplaced(table: MatchTable, rows: readonly number[]): readonly number[] {
  const objectAt = (row: number): string => textAt(table, row).provenance.object;
  return rows
    .filter((row) => kindAt(table, row).only !== "code")
    .toSorted((a, b) => compare(objectAt(a), objectAt(b)) || a - b)
    .slice(0, UNPLACED);
}

/** One place for each path: in the version that the introducing commit has there. */
function placesOf(
  table: MatchTable,
  rows: readonly number[],
  from: WhereFrom,
  wanted: (path: string) => boolean,
): Match[] {
  const blobs = new Set(from.paths.shown.map(({ blob }) => blob as string | undefined));
  const shown = rows.filter((row) => blobs.has(textAt(table, row).provenance.object));
  const byObject = groupedByObject(shown.map((row) => matchAt(table, row)));
  return from.paths.shown.flatMap(({ path: bytes, blob, introduced }) => {
    const path = bytes.toString("utf8");
    const commit = introduced.shown[0]?.id;
    const here = blob === undefined ? undefined : byObject.get(blob);
    const match = here?.find(({ only }) => only === undefined || (only === "code") === isCode(path));
    if (!match || !wanted(path)) return [];
    const { only: _, ...rest } = match;
    const atHead = isAtHead(bytes, from.head);
    const known = { ...(commit && { commit }), ...(atHead !== undefined && { atHead }) };
    return [{ ...rest, provenance: { ...objectOf(match), path, ...known } }];
  });
}

/** Whether HEAD has it at a path; undefined where not all of its paths are listed. */
function isAtHead(path: Buffer, { count, shown }: WhereFrom["head"]): boolean | undefined {
  if (shown.some((file) => file.path.equals(path))) return true;
  return count > shown.length ? undefined : false;
}

/** With what only the text itself tells: a comment that allows the match, and the hash of its line. */
function completed(matches: readonly Match[], read: Whereabouts["read"], hashes: boolean): Match[] {
  return [...groupedByObject(matches)].flatMap(([object, own]) => {
    const content = read(object)?.content;
    if (!content) return own;
    const all = own.map(completion(content, own, hashes));
    if (content.length > LARGE) collect();
    return all;
  });
}

/** Bytes of an object that is given back before the next one is read. */
const LARGE = 4 << 20;

function completion(content: Buffer, own: readonly Match[], hashes: boolean): (match: Match) => Match {
  const lines = new Set(own.map(({ region }) => region.line));
  const hashOf = hashes ? lineHashes(content, lines) : new Map<number, string>();
  return (match) => {
    if (objectOf(match).opened) return match;
    const text = { bytes: content, length: content.length, path: objectOf(match).path };
    const allow = allowedBy(text, match.rule, match.span.start, match.span.end);
    const lineHash = hashOf.get(match.region.line);
    return { ...match, ...(allow && { allow }), ...(lineHash && { lineHash }) };
  };
}

function groupedByObject(matches: readonly Match[]): Map<ObjectId, Match[]> {
  const byObject = new Map<ObjectId, Match[]>();
  for (const match of matches) {
    const object = objectOf(match).object as ObjectId;
    const others = byObject.get(object);
    if (others) others.push(match);
    else byObject.set(object, [match]);
  }
  return byObject;
}

function factsOf(from: WhereFrom, now: number, authors: boolean): HistoryFacts {
  const { exposed } = from;
  const seconds = exposed.from === undefined ? undefined : Math.max(0, (exposed.until ?? now) - exposed.from);
  return {
    versions: from.blobs.count,
    paths: from.paths.count,
    introduced: named(from.introduced, authors),
    removed: named(from.removed, authors),
    atHead: from.head.count > 0,
    reach: from.reach,
    refs: { count: from.names.count, names: from.names.shown.map(masked) },
    inHistoryOf: { count: from.inHistoryOf.count, names: from.inHistoryOf.shown.map(masked) },
    ...(seconds === undefined ? {} : { exposedSeconds: seconds }),
  };
}

function named({ count, shown }: Listed<CommitFact>, authors: boolean): HistoryFacts["introduced"] {
  return {
    count,
    commits: shown.map(({ id, author, time }): CommitName => {
      const date = new Date(time * 1000);
      return {
        id,
        ...(Number.isNaN(date.getTime()) ? {} : { date: date.toISOString() }),
        ...(authors && { author: masked(author) }),
      };
    }),
  };
}
