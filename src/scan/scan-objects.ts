import { readLoose } from "../git/loose.ts";
import { Gaps, Malformed } from "../git/malformed.ts";
import { BLOB, COMMIT, ID_SIZE, idAt, KIND_WORDS, type ObjectId } from "../git/object-id.ts";
import type { StoredPack } from "../git/objects.ts";
import { idBytes, idOfRank } from "../git/pack-index.ts";
import { CommitGatherer } from "../history/commits.ts";
import type { HistoryData } from "../history/data.ts";
import { type Found, findInObject, findInPack, LOOKED_AT, type Looked } from "../history/find.ts";
import { looseTreesIn } from "../history/loose-trees.ts";
import { PackBytes } from "../history/pack-bytes.ts";
import { treesIn } from "../history/trees.ts";
import { Walk } from "../history/walk.ts";
import { TOO_LARGE, Unpacker } from "../kernel/history.ts";
import type { BlobId } from "../model/index.ts";
import type { ObjectsUnit, TreesUnit } from "../sources/unit.ts";
import { type RawMatch, rawMatch, type UnitResult } from "./raw.ts";
import { type Apart, apartOf, scanApart } from "./scan-apart.ts";
import type { UnitScanner } from "./scan-unit.ts";
import { UnitTally } from "./unit-tally.ts";

/** Packed bytes of one object that are inflated in the kernel; of more, which is rare, Node takes care. */
const INPUT = 8 << 20;

const GONE = "it is gone since the scan began: git put it elsewhere, so scan again";

/** Looks through objects of a repository in this thread. */
export interface ObjectScanner {
  /** For what people wrote. */
  scan(unit: ObjectsUnit): Promise<UnitResult>;
  /** For where blobs are. */
  trees(unit: TreesUnit): UnitResult;
}

/** Makes this thread's scanner of objects: its memory grows as it needs, up to what is allowed. */
export function openObjects(scanner: UnitScanner, data: HistoryData): ObjectScanner {
  const { plan, samples } = scanner;
  const unpacker = new Unpacker(plan.kernel, { memory: data.memory, input: Math.min(INPUT, data.memory >> 3) });
  const { packs, loose } = data.objects;
  const bytes = packs.map((pack) => new PackBytes(pack));

  const inPack = ({ from, to }: ObjectsUnit, number: number): Looking => {
    const pack = packs[number]!;
    const result = new UnitTally();
    const walk = new Walk(unpacker, pack, bytes[number]!);
    const commits = new CommitGatherer(ID_SIZE[data.hash]);
    const apart: number[] = [];
    const looked = findInPack(plan, samples, walk, pack, [from, to], data.engine, {
      found: (rank, found) => {
        const id = idOfRank(pack.index, rank);
        result.matches.push(...found.map((one) => toRaw(one, id, pack.kinds[rank]!)));
      },
      counts: (rank, content) => {
        const how = apartOf(content);
        if (how) apart.push(rank);
        return how !== "instead";
      },
      ...(data.provenance && { commit: (rank, content) => commits.add(idBytes(pack.index, rank), content) }),
    });
    count(result, looked);
    result.gaps.push(...walk.gaps.all());
    addCommits(result, commits);
    return { result, apart: lazily(apart, (rank) => packed(walk, pack, rank)) };
  };

  const inFolder = ({ from, to }: ObjectsUnit, number: number): Looking => {
    const { folder, ids, repeated } = loose[number]!;
    const result = new UnitTally();
    const gaps = new Gaps();
    const commits = new CommitGatherer(ID_SIZE[data.hash]);
    const apart: ObjectId[] = [];
    const looked: Looked = { objects: 0, bytes: 0, effort: { candidates: 0 } };
    for (let place = from; place < to; place++) {
      if (repeated[place] === 1) continue;
      const id = idAt(ids, place * ID_SIZE[data.hash], ID_SIZE[data.hash]);
      const object = gaps.try(id, () => {
        const found = readLoose(folder, id, data.hash, data.memory >> 1);
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
      const how = object.kind === BLOB ? apartOf(object.content) : undefined;
      if (how) apart.push(id);
      if (how !== "instead") result.matches.push(...found.map((one) => toRaw(one, id, object.kind)));
    }
    count(result, looked);
    result.gaps.push(...gaps.all());
    addCommits(result, commits);
    const content = (id: ObjectId): Buffer | undefined => readLoose(folder, id, data.hash, data.memory >> 1)?.content;
    return { result, apart: lazily(apart, (id) => ({ id, content: content(id) })) };
  };

  // Texts that are opened share one room, and what they are opened with may wait.
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = (unit: ObjectsUnit): Promise<UnitResult> => {
    const looking = turn.then(async () => {
      const { result, apart } = unit.pack === undefined ? inFolder(unit, unit.folder!) : inPack(unit, unit.pack);
      await scanApart(scanner, there(apart), data.lfs, result);
      return result.take();
    });
    turn = looking.catch(() => {});
    return looking;
  };

  const trees = ({ pack, folder, from, to, wanted }: TreesUnit): UnitResult => {
    const result = new UnitTally();
    const found =
      pack === undefined
        ? looseTreesIn(unpacker, loose[folder!]!, data.hash, from, to, wanted)
        : treesIn(unpacker, packs[pack]!, bytes[pack]!, from, to, wanted);
    result.trees.push(...found.parts);
    result.gaps.push(...found.gaps);
    return result.take();
  };

  return {
    scan: inTurn,
    trees,
  };
}

/** What looking through a unit gave, and what of it is still to be looked at apart. */
interface Looking {
  readonly result: UnitTally;
  readonly apart: Iterable<{ readonly id: ObjectId; readonly content: Buffer | undefined }>;
}

const packed = (walk: Walk, pack: StoredPack, rank: number) => ({
  id: idOfRank(pack.index, rank),
  content: walk.one(rank, (object) => Buffer.from(object.bytes)),
});

/** One after the other, as they are asked for: each may be large. */
function* lazily<T, U>(all: readonly T[], make: (one: T) => U): Generator<U> {
  for (const one of all) yield make(one);
}

/** What could not be read twice was a gap the first time. */
function* there(apart: Looking["apart"]): Generator<Apart> {
  for (const { id, content } of apart) if (content) yield { id, content };
}

function addCommits(result: UnitTally, commits: CommitGatherer): void {
  const { part, gaps } = commits.end();
  if (part.ids.length > 0) result.commits.push(part);
  result.gaps.push(...gaps);
}

function count(result: UnitTally, { objects, bytes, effort }: Looked): void {
  result.blobs += objects;
  result.bytes += bytes;
  result.candidates += effort.candidates;
  if (effort.cut) result.gaps.push({ what: "objects with much encoded text", why: effort.cut });
}

/** Until its path is known, a place is named by its object. */
function toRaw({ hit, region, only }: Found, object: string, kind: number): RawMatch {
  const stored = KIND_WORDS[kind] as "blob" | "commit" | "tag";
  const provenance = { kind: "history", path: `${stored} ${object}`, object, stored } as const;
  const raw = rawMatch(hit, region, { provenance, blob: object as BlobId });
  return only ? { ...raw, only } : raw;
}
