import { Gaps } from "../git/malformed.ts";
import { ID_SIZE } from "../git/object-id.ts";
import type { Objects } from "../git/objects.ts";
import type { Refs } from "../git/refs.ts";
import type { Repository } from "../git/repository.ts";
import type { CommitPart } from "../history/commits.ts";
import { ObjectReader } from "../history/reader.ts";
import { graphOf, joinedIds, whereFrom } from "../history/where-from.ts";
import { Unpacker } from "../kernel/history.ts";
import { Kernel } from "../kernel/kernel.ts";
import type { Gap } from "../model/index.ts";
import { treesUnits } from "../sources/history.ts";
import type { Whereabouts } from "./locate.ts";
import type { Run } from "./options.ts";
import type { UnitResult } from "./raw.ts";

type Wishes = Pick<Whereabouts, "wanted" | "selection" | "lineHashes" | "authors" | "now"> & {
  /** Bytes that may be taken. */
  readonly memory: number;
  readonly unreachable: boolean;
};

/** What the trees and commits of a repository, by its number, tell of its blobs; files stay open until it is closed. `looked` is what looking at trees gave. */
export function whereabouts(
  repository: Repository,
  objects: Objects,
  refs: Pick<Refs, "refs" | "reflogs">,
  commits: readonly CommitPart[],
  run: Run,
  { memory, unreachable, ...rest }: Wishes,
  number = 0,
): Whereabouts & { readonly close: () => void; readonly looked: () => readonly UnitResult[] } {
  const unpacker = new Unpacker(new Kernel([]), { memory, input: Math.min(8 << 20, memory >> 3) });
  const unread = new Gaps();
  const reader = new ObjectReader(unpacker, objects, repository.hash, unread);
  const gaps: Gap[] = [];
  let looked: readonly UnitResult[] = [];
  return {
    ...rest,
    whereFrom: async (blobs) => {
      const wanted = joinedIds(new Set(blobs.keys()), ID_SIZE[repository.hash]);
      const looking = Promise.all(treesUnits(objects, repository.hash, wanted, number).map(run));
      // The threads begin before this one is busy.
      await new Promise(setImmediate);
      const graph = graphOf(repository, commits);
      looked = await looking;
      const trees = { parts: looked.flatMap((each) => each.trees), gaps: looked.flatMap((each) => each.gaps) };
      const found = whereFrom(reader, repository, objects, refs, graph, trees, blobs, {
        unreachable,
        ...(rest.selection && { selection: rest.selection }),
      });
      gaps.push(...found.gaps);
      return found;
    },
    read: (id) => reader.read(id),
    looked: () => looked,
    close: () => reader.close(),
    gaps: () => [...gaps, ...unread.all()],
  };
}
