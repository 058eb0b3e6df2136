import { allowedBy } from "../detect/allow.ts";
import { lineHashes } from "../detect/line-hash.ts";
import { CODE } from "../detect/value.ts";
import type { ObjectContent } from "../git/loose.ts";
import type { ObjectId } from "../git/object-id.ts";
import type { CommitFact, Listed, WhereFrom } from "../history/where.ts";
import type { CommitName, Gap, HistoryFacts, Match } from "../model/index.ts";

/** What is known of a repository once its history was looked through. */
export interface Whereabouts {
  /** Where each key came from; the blobs that hold it are given. */
  readonly whereFrom: (blobs: ReadonlyMap<ObjectId, readonly string[]>) => Promise<ReadonlyMap<string, WhereFrom>>;
  readonly read: (id: ObjectId) => ObjectContent | undefined;
  /** What could not be read on the way. */
  readonly gaps: () => readonly Gap[];
  /** Whether a path is wanted. */
  readonly wanted: (path: string) => boolean;
  readonly lineHashes: boolean;
  readonly now: number;
}

/** Places of one secret that are kept where no path is known. */
const UNPLACED = 2;

/**
 * Gives the matches of a history their paths and commits: of each secret one place for each path, in the commit that
 * introduced it there. Places whose rule does not hold for their path, or whose path is not wanted, are left out.
 */
export async function locate(
  matches: readonly Match[],
  { whereFrom, read, wanted, lineHashes, now }: Whereabouts,
): Promise<Match[]> {
  const bySecret = new Map<string, Match[]>();
  for (const match of matches) {
    const key = `${match.rule} ${match.secret.reveal()}`;
    const known = bySecret.get(key);
    if (known) known.push(match);
    else bySecret.set(key, [match]);
  }
  const found = await whereFrom(holders(bySecret));
  const located: Match[] = [];
  for (const [key, places] of bySecret) {
    const from = found.get(key);
    const messages = places.filter((match) => objectOf(match).stored !== "blob");
    const history = from && factsOf(from, now);
    const own = from ? placesOf(places, from, wanted) : [];
    const known = from !== undefined && from.paths.count > 0;
    const rest = known ? messages : places.filter((match) => match.only !== "code").slice(0, UNPLACED);
    located.push(...[...own, ...rest].map((match) => (history ? { ...match, history } : match)));
  }
  return completed(located, read, lineHashes);
}

function holders(bySecret: ReadonlyMap<string, readonly Match[]>): Map<ObjectId, string[]> {
  const blobs = new Map<ObjectId, string[]>();
  for (const [key, places] of bySecret) {
    for (const match of places) {
      const { object } = objectOf(match);
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

/** One place for each path: in the version that the introducing commit has there. */
function placesOf(places: readonly Match[], from: WhereFrom, wanted: (path: string) => boolean): Match[] {
  const byObject = groupedByObject(places);
  return from.paths.shown.flatMap(({ path: bytes, blob, introduced }) => {
    const path = bytes.toString("utf8");
    const commit = introduced.shown[0]?.id;
    const here = blob === undefined ? undefined : byObject.get(blob);
    const match = here?.find(({ only }) => only === undefined || (only === "code") === CODE.test(path));
    if (!match || !wanted(path)) return [];
    const { only: _, ...rest } = match;
    return [{ ...rest, provenance: { ...objectOf(match), path, ...(commit && { commit }) } }];
  });
}

/** With what only the text itself tells: a comment that allows the match, and the hash of its line. */
function completed(matches: readonly Match[], read: Whereabouts["read"], hashes: boolean): Match[] {
  return [...groupedByObject(matches)].flatMap(([object, own]) => {
    const content = read(object)?.content;
    if (!content) return own;
    const lines = new Set(own.map(({ region }) => region.line));
    const hashOf = hashes ? lineHashes(content, lines) : new Map<number, string>();
    return own.map((match): Match => {
      const text = { bytes: content, length: content.length, path: objectOf(match).path };
      const allow = allowedBy(text, match.rule, match.span.start, match.span.end);
      const lineHash = hashOf.get(match.region.line);
      return { ...match, ...(allow && { allow }), ...(lineHash && { lineHash }) };
    });
  });
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

function factsOf(from: WhereFrom, now: number): HistoryFacts {
  const { exposed } = from;
  const seconds = exposed.from === undefined ? undefined : Math.max(0, (exposed.until ?? now) - exposed.from);
  return {
    versions: from.blobs.count,
    paths: from.paths.count,
    introduced: named(from.introduced),
    removed: named(from.removed),
    atHead: from.head.count > 0,
    reach: from.reach,
    refs: { count: from.names.count, names: from.names.shown },
    inHistoryOf: { count: from.inHistoryOf.count, names: from.inHistoryOf.shown },
    ...(seconds === undefined ? {} : { exposedSeconds: seconds }),
  };
}

function named({ count, shown }: Listed<CommitFact>): HistoryFacts["introduced"] {
  return {
    count,
    commits: shown.map(({ id, time }): CommitName => {
      const date = new Date(time * 1000);
      return { id, ...(Number.isNaN(date.getTime()) ? {} : { date: date.toISOString() }) };
    }),
  };
}
