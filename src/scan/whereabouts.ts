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
import { scanNames } from "./entry-names.ts";
import type { Whereabouts } from "./locate.ts";
import type { Threads } from "./options.ts";

type Wishes = Pick<Whereabouts, "wanted" | "selection" | "lineHashes" | "authors" | "now"> & {
  /** Bytes that may be taken. */
  readonly memory: number;
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

/** What the trees and commits of a repository tell of its blobs; files stay open until it is closed. `named` is there once that was asked. */
export function whereabouts(
  repository: Repository,
  objects: Objects,
  refs: Pick<Refs, "refs" | "reflogs">,
  commits: readonly CommitPart[],
  threads: Threads,
  { memory, unreachable, ...rest }: Wishes,
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
      const looking = Promise.all(
        treesUnits(objects, repository.hash, wanted, number).map((unit) => threads.run(unit)),
      );
      // The threads begin before this one is busy.
      await new Promise(setImmediate);
      const graph = graphOf(repository, commits);
      const looked = await looking;
      named = await scanNames(looked, threads.run, submodule);
      const trees = { parts: looked.flatMap((each) => each.trees), gaps: looked.flatMap((each) => each.gaps) };
      if (trees.parts.reduce((sum, part) => sum + sizeOf(part), 0) > MUCH) await threads.rest();
      const found = whereFrom(reader, repository, objects, refs, graph, trees, blobs, {
        unreachable,
        ...(rest.selection && { selection: rest.selection }),
      });
      gaps.push(...found.gaps);
      return found;
    },
    read: (id) => reader.read(id),
    named: () => named,
    close: () => reader.close(),
    gaps: () => [...gaps, ...unread.all()],
  };
}
