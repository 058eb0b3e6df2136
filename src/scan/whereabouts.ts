import { Gaps } from "../git/malformed.ts";
import type { Objects } from "../git/objects.ts";
import type { Refs } from "../git/refs.ts";
import type { Repository } from "../git/repository.ts";
import { ObjectReader } from "../history/reader.ts";
import { gather, joinedIds, whereFrom } from "../history/where-from.ts";
import { Unpacker } from "../kernel/history.ts";
import { Kernel } from "../kernel/kernel.ts";
import type { Gap } from "../model/index.ts";
import type { Whereabouts } from "./locate.ts";

type Wishes = Pick<Whereabouts, "wanted" | "lineHashes" | "now"> & {
  /** Bytes that may be taken. */
  readonly memory: number;
  readonly unreachable: boolean;
};

/** What a repository's trees and commits tell of its blobs; files stay open until it is closed. */
export function whereabouts(
  repository: Repository,
  objects: Objects,
  refs: Pick<Refs, "refs" | "reflogs">,
  { memory, unreachable, ...rest }: Wishes,
): Whereabouts & { readonly close: () => void } {
  const unpacker = new Unpacker(new Kernel([]), { memory, input: Math.min(8 << 20, memory >> 3) });
  const unread = new Gaps();
  const reader = new ObjectReader(unpacker, objects, repository.hash, unread);
  const gaps: Gap[] = [];
  return {
    ...rest,
    whereFrom: (blobs) => {
      const gathered = gather(unpacker, repository, objects, joinedIds(blobs.keys()));
      const found = whereFrom(reader, repository, objects, refs, gathered, blobs, unreachable);
      gaps.push(...found.gaps);
      return found.keys;
    },
    read: (id) => reader.read(id),
    close: () => reader.close(),
    gaps: () => [...gaps, ...unread.all()],
  };
}
