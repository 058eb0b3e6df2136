import pLimit from "p-limit";
import { Gaps } from "../git/malformed.ts";
import { ID_SIZE } from "../git/object-id.ts";
import type { Objects } from "../git/objects.ts";
import type { Refs } from "../git/refs.ts";
import type { Repository } from "../git/repository.ts";
import type { CommitPart } from "../history/commits.ts";
import { ObjectReader } from "../history/reader.ts";
import type { TreePart } from "../history/trees.ts";
import { graphOf, joinedIds, whereFrom } from "../history/where-from.ts";
import { Unpacker } from "../kernel/history.ts";
import { Kernel } from "../kernel/kernel.ts";
import type { Gap } from "../model/index.ts";
import { treesUnits } from "../sources/history.ts";
import type { TreesUnit } from "../sources/unit.ts";
import { collect } from "./collect.ts";
import { scanNames } from "./entry-names.ts";
import type { Whereabouts } from "./locate.ts";
import type { Threads } from "./options.ts";
import type { UnitResult } from "./raw.ts";

type Wishes = Pick<Whereabouts, "wanted" | "selection" | "lineHashes" | "authors" | "now"> & {
  /** Bytes that may be taken. */
  readonly memory: number;
  /** So many threads read trees, where memory is short: others end before. */
  readonly treeJobs?: number;
  readonly unreachable: boolean;
};

/** What stands in names of files and folders. */
export type Named = Awaited<ReturnType<typeof scanNames>>;

/** The repository that is asked about: its number among all, its path if it is a submodule. */
interface Which {
  readonly number: number;
  readonly submodule?: string;
}

/** Bytes of trees from which the threads' memory is wanted back. */
const MUCH = 16 << 20;

const sizeOf = ({ texts, entries, runs, members, starts, lists, ids }: TreePart): number =>
  [texts, entries, runs, members, starts, lists, ids].reduce((sum, { byteLength }) => sum + byteLength, 0);

/** Has threads read trees, and takes of each what is needed. */
export async function readTrees<T>(
  units: readonly TreesUnit[],
  threads: Threads,
  treeJobs: number | undefined,
  take: (result: UnitResult) => T,
): Promise<T[]> {
  const read = async (unit: TreesUnit): Promise<T> => take(await threads.run(unit));
  if (treeJobs === undefined || units.length < FEW) return Promise.all(units.map(read));
  await threads.rest();
  collect();
  const limit = pLimit(Math.max(1, treeJobs));
  return Promise.all(units.map((unit) => limit(read, unit)));
}

/** Units up to which threads stay as they are. */
const FEW = 8;

function* givenAway<T>(all: T[]): Generator<T> {
  for (const one of all.splice(0)) yield one;
}

/** What the trees and commits of a repository tell of its blobs; files stay open until it is closed. `named` is there once that was asked. */
export function whereabouts(
  repository: Repository,
  objects: Objects,
  refs: Pick<Refs, "refs" | "reflogs">,
  commits: readonly CommitPart[],
  threads: Threads,
  { memory, treeJobs, unreachable, ...rest }: Wishes,
  { number, submodule }: Which,
): Whereabouts & { readonly close: () => void; readonly named: () => Named } {
  const unpacker = new Unpacker(new Kernel([]), { memory, input: Math.min(8 << 20, Math.floor(memory / 8)) });
  const unread = new Gaps();
  const reader = new ObjectReader(unpacker, objects, repository.hash, unread);
  const gaps: Gap[] = [];
  let named: Named = { matches: [], gaps: [] };
  return {
    ...rest,
    whereFrom: async (blobs) => {
      const wanted = joinedIds(new Set(blobs.keys()), ID_SIZE[repository.hash]);
      const units = treesUnits(objects, repository.hash, wanted, number);
      const looking = readTrees(units, threads, treeJobs, (result) => result).then((looked) => ({
        parts: looked.flatMap(({ trees }) => trees),
        looked: looked.map((result) => ({ ...result, trees: [] })),
      }));
      // The threads begin before this one is busy.
      await new Promise(setImmediate);
      const graph = graphOf(repository, commits);
      const { parts, looked } = await looking;
      named = await scanNames(looked, threads.run, submodule);
      const trees = { parts: givenAway(parts), gaps: looked.flatMap((each) => each.gaps) };
      const isMuch = treeJobs !== undefined || parts.reduce((sum, part) => sum + sizeOf(part), 0) > MUCH;
      if (isMuch) {
        await threads.rest();
        collect();
      }
      const found = whereFrom(reader, repository, objects, refs, graph, trees, blobs, {
        unreachable,
        ...(rest.selection && { selection: rest.selection }),
      });
      if (isMuch) collect();
      gaps.push(...found.gaps);
      return found;
    },
    read: (id) => reader.read(id),
    named: () => named,
    close: () => reader.close(),
    gaps: () => [...gaps, ...unread.all()],
  };
}
