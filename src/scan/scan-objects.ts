import { Answers } from "../detect/answers.ts";
import { readLoose } from "../git/loose.ts";
import { Gaps, Malformed } from "../git/malformed.ts";
import { BLOB, COMMIT, ID_SIZE, idAt, KIND_WORDS, type ObjectId } from "../git/object-id.ts";
import type { StoredPack } from "../git/objects.ts";
import { idBytes, idOfRank } from "../git/pack-index.ts";
import { CommitGatherer } from "../history/commits.ts";
import type { HistoryData, RepositoryData } from "../history/data.ts";
import { type Found, findInObject, findInPack, LOOKED_AT, type Looked } from "../history/find.ts";
import { looseTreesIn } from "../history/loose-trees.ts";
import { PackBytes, PackPages } from "../history/pack-bytes.ts";
import { treesIn } from "../history/trees.ts";
import { Walk } from "../history/walk.ts";
import { TOO_LARGE, Unpacker } from "../kernel/history.ts";
import type { BlobId, Gap } from "../model/index.ts";
import { Overdue } from "../sources/failure.ts";
import { timed, untimed } from "../sources/in-time.ts";
import type { ObjectsUnit, TreesUnit } from "../sources/unit.ts";
import { NameSieve } from "./entry-names.ts";
import { MatchGatherer } from "./match-gatherer.ts";
import { objectAt } from "./object-at.ts";
import { onlyGap, type RawMatch, rawMatch, type UnitResult } from "./raw.ts";
import { type Apart, apartOf, scanApart } from "./scan-apart.ts";
import type { Listener, UnitScanner } from "./scan-unit.ts";
import { UnitTally } from "./unit-tally.ts";

/** Packed bytes of one object that are inflated in the kernel; of more, which is rare, Node takes care. */
const INPUT = 8 << 20;

const GONE = "it is gone since the scan began: git put it elsewhere, so scan again";

/** Looks through objects of a repository in this thread. */
export interface ObjectScanner {
  /** For what people wrote. */
  scan(unit: ObjectsUnit, listener: Pick<Listener, "at" | "deadline">): Promise<UnitResult>;
  /** For where blobs are. */
  trees(unit: TreesUnit, listener: Pick<Listener, "at" | "deadline">): UnitResult;
}

/** Makes this thread's scanner of objects: its memory grows as it needs, up to what is allowed. */
export function openObjects(scanner: UnitScanner, data: HistoryData): ObjectScanner {
  const { memory } = data;
  const unpacker = new Unpacker(scanner.plan.kernel, { memory, input: Math.min(INPUT, Math.floor(memory / 8)) });
  const pages = new PackPages(unpacker);
  const answers = new Answers();
  const opened = new Map<number, RepositoryScanner>();
  const of = ({ repository }: ObjectsUnit | TreesUnit): RepositoryScanner => {
    const known =
      opened.get(repository) ?? openRepository(scanner, data, data.repositories[repository]!, unpacker, pages, answers);
    opened.set(repository, known);
    return known;
  };
  // Texts that are opened share one room, and what they are opened with may wait.
  let turn: Promise<unknown> = Promise.resolve();
  return {
    scan: (unit, listener) => {
      const looking = turn.then(() => of(unit).scan(unit, listener));
      turn = looking.catch(() => {});
      return looking;
    },
    trees: (unit, listener) => of(unit).trees(unit, listener),
  };
}

/** The same for one repository, one unit at a time. */
type RepositoryScanner = ObjectScanner;

function openRepository(
  scanner: UnitScanner,
  data: HistoryData,
  { objects, hash, lfs, submodule }: RepositoryData,
  unpacker: Unpacker,
  pages: PackPages,
  answers: Answers,
): RepositoryScanner {
  const { plan, samples } = scanner;
  const { packs, loose } = objects;
  const bytes = packs.map((pack) => new PackBytes(pack, pages));

  const inPack = ({ from, to }: ObjectsUnit, number: number, at: At): Looking => {
    const pack = packs[number]!;
    const result = new UnitTally();
    const matches = new MatchGatherer(data.places);
    const walk = new Walk(unpacker, pack, bytes[number]!);
    const commits = new CommitGatherer(ID_SIZE[hash]);
    const apart: number[] = [];
    const looked = findInPack(plan, samples, walk, pack, [from, to], data.engine, answers, {
      found: (rank, found) => {
        const id = idOfRank(pack.index, rank);
        matches.add(found.map((one) => toRaw(one, id, pack.kinds[rank]!, submodule)));
      },
      counts: (rank, content) => {
        const how = apartOf(content);
        if (how) apart.push(rank);
        return how !== "instead";
      },
      at,
      cut: (rank, why) => result.gaps.push({ what: named(pack.kinds[rank]!, idOfRank(pack.index, rank)), why }),
      ...(data.provenance && { commit: (rank, content) => commits.add(idBytes(pack.index, rank), content) }),
    });
    count(result, looked);
    result.gaps.push(...walk.gaps.all());
    return { result, matches, commits, apart: lazily(apart, at, (rank) => packed(walk, pack, rank)) };
  };

  const inFolder = ({ from, to }: ObjectsUnit, number: number, at: At): Looking => {
    const { folder, ids, repeated } = loose[number]!;
    const result = new UnitTally();
    const matches = new MatchGatherer(data.places);
    const gaps = new Gaps();
    const commits = new CommitGatherer(ID_SIZE[hash]);
    const apart: number[] = [];
    const looked: Looked = { objects: 0, bytes: 0, effort: { candidates: 0 } };
    for (let place = from; place < to; place++) {
      if (repeated[place] === 1 || !at(place)) continue;
      const id = idAt(ids, place * ID_SIZE[hash], ID_SIZE[hash]);
      const object = gaps.try(id, () => {
        const found = readLoose(folder, id, hash, Math.floor(data.memory / 2));
        if (!found) throw new Malformed(GONE);
        return found;
      });
      if (!object || !LOOKED_AT.has(object.kind)) continue;
      if (data.provenance && object.kind === COMMIT) commits.add(Buffer.from(id, "hex"), object.content);
      const held = unpacker.hold(object.content);
      if (!held) {
        gaps.add(id, TOO_LARGE);
        continue;
      }
      const found = findInObject(plan, samples, { ...held, bytes: unpacker.bytes(held) }, looked);
      unpacker.pop(held);
      if (looked.effort.cut) {
        gaps.add(named(object.kind, id), looked.effort.cut);
        delete looked.effort.cut;
      }
      const how = object.kind === BLOB ? apartOf(object.content) : undefined;
      if (how) apart.push(place);
      if (how !== "instead") matches.add(found.map((one) => toRaw(one, id, object.kind, submodule)));
    }
    count(result, looked);
    result.gaps.push(...gaps.all());
    const content = (id: ObjectId): Buffer | undefined =>
      readLoose(folder, id, hash, Math.floor(data.memory / 2))?.content;
    const idOf = (place: number): ObjectId => idAt(ids, place * ID_SIZE[hash], ID_SIZE[hash]);
    return {
      result,
      matches,
      commits,
      apart: lazily(apart, at, (place) => ({ id: idOf(place), content: content(idOf(place)) })),
    };
  };

  const look = (unit: ObjectsUnit, at: At): Looking =>
    unit.pack === undefined ? inFolder(unit, unit.folder!, at) : inPack(unit, unit.pack, at);

  /** Does a unit's work, again without each object that takes too long; `inTime` guards what comes after it, too. */
  const patiently = <T>(
    unit: ObjectsUnit | TreesUnit,
    { at: tell, deadline }: Pick<Listener, "at" | "deadline">,
    work: (at: At) => T,
  ) => {
    const inTime = deadline === null ? untimed : timed(deadline);
    const skipped = new Set(unit.skipped);
    let last = -1;
    const at: At = (number) => {
      last = number;
      tell(number);
      return !skipped.has(number);
    };
    const late: Gap[] = [];
    const bottom = unpacker.push(0)!;
    const done = withoutCulprits(
      () => inTime(() => work(at)),
      (why) => {
        // It was broken off with whatever it had on the stack.
        unpacker.pop(bottom);
        skipped.add(last);
        late.push({ what: objectAt(objects, unit, last), why });
      },
    );
    return { done, late, inTime, end: () => unpacker.pop(bottom) };
  };

  const scan: ObjectScanner["scan"] = async (unit, listener) => {
    const { done: looking, late, inTime, end } = patiently(unit, listener, (at) => look(unit, at));
    if (!looking) return below({ ...onlyGap(GIVEN_UP), gaps: [...late, GIVEN_UP] });
    const { result, matches, commits, apart } = looking;
    result.gaps.push(...late);
    const { part, gaps } = commits.end();
    if (part.ids.length > 0) result.commits.push({ ...part, repository: unit.repository });
    result.gaps.push(...gaps);
    for (const version of there(apart, submodule)) {
      await scanApart(scanner, version, lfs, inTime, result);
      matches.add(result.matches.splice(0));
    }
    end();
    return below({ ...result.take(), table: matches.table() });
  };

  const lookAtTrees = ({ pack, folder, from, to, wanted }: TreesUnit, at: At): UnitTally => {
    const result = new UnitTally();
    const sieve = new NameSieve(plan.kernel, unpacker);
    const listener = { at, names: sieve.look };
    const found =
      pack === undefined
        ? looseTreesIn(unpacker, loose[folder!]!, hash, from, to, wanted, listener)
        : treesIn(unpacker, packs[pack]!, bytes[pack]!, from, to, wanted, listener);
    result.names.push(...sieve.names());
    result.gaps.push(...sieve.gaps());
    result.trees.push(...found.parts);
    result.gaps.push(...found.gaps);
    return result;
  };

  const trees: ObjectScanner["trees"] = (unit, listener) => {
    const { done: result, late, end } = patiently(unit, listener, (at) => lookAtTrees(unit, at));
    end();
    if (!result) return below({ ...onlyGap(GIVEN_UP), gaps: [...late, GIVEN_UP] });
    result.gaps.push(...late);
    return below(result.take());
  };

  /** Gaps of a submodule begin with its path. */
  const below = (result: UnitResult): UnitResult =>
    submodule === undefined
      ? result
      : { ...result, gaps: result.gaps.map(({ what, why }) => ({ what: `${submodule}: ${what}`, why })) };

  return { scan, trees };
}

/** Told of an object by its rank or place; answers whether it is to be looked at. */
type At = (number: number) => boolean;

/** Objects of one unit that may take too long before the rest is given up. */
const MOST_CULPRITS = 8;
const GIVEN_UP: Gap = { what: "objects of the repository", why: "many took too long, so others were not looked at" };

/** Does a piece of work again and again, each time without what took too long. */
function withoutCulprits<T>(work: () => T, lost: (why: string) => void): T | undefined {
  for (let left = MOST_CULPRITS; left > 0; left--) {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof Overdue)) throw error;
      lost(error.message);
    }
  }
  return undefined;
}

/** What looking through a unit gave, and what of it is still to be looked at apart. */
interface Looking {
  readonly result: UnitTally;
  readonly matches: MatchGatherer;
  readonly commits: CommitGatherer;
  readonly apart: Iterable<{ readonly id: ObjectId; readonly content: Buffer | undefined }>;
}

const packed = (walk: Walk, pack: StoredPack, rank: number) => ({
  id: idOfRank(pack.index, rank),
  content: walk.one(rank, (object) => Buffer.from(object.bytes)),
});

/** One after the other, as they are asked for: each may be large. */
function* lazily<U>(all: readonly number[], at: At, make: (one: number) => U): Generator<U> {
  for (const one of all) if (at(one)) yield make(one);
}

/** What could not be read twice was a gap the first time. */
function* there(apart: Looking["apart"], submodule: string | undefined): Generator<Apart> {
  for (const { id, content } of apart) if (content) yield { id, content, ...(submodule && { submodule }) };
}

function count(result: UnitTally, { objects, bytes, effort }: Looked): void {
  result.blobs += objects;
  result.bytes += bytes;
  result.candidates += effort.candidates;
}

const named = (kind: number, object: string): string => `${KIND_WORDS[kind]} ${object}`;

/** Until its path is known, a place is named by its object. */
function toRaw({ hit, region, only }: Found, object: string, kind: number, submodule?: string): RawMatch {
  const stored = KIND_WORDS[kind] as "blob" | "commit" | "tag";
  const place = { path: named(kind, object), object, ...(submodule && { submodule }) };
  const provenance = { kind: "history", ...place, stored } as const;
  const raw = rawMatch(hit, region, { provenance, blob: object as BlobId });
  return only ? { ...raw, only } : raw;
}
