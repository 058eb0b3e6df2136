import { readLooseOf } from "../git/loose.ts";
import { Gaps } from "../git/malformed.ts";
import { COMMIT, type HashKind, ID_SIZE, idAt } from "../git/object-id.ts";
import { countsElsewhere, type Objects } from "../git/objects.ts";
import { idBytes } from "../git/pack-index.ts";
import { Unpacker } from "../kernel/history.ts";
import { Kernel } from "../kernel/kernel.ts";
import type { Gap } from "../model/index.ts";
import { CommitGatherer, type CommitPart } from "./commits.ts";
import { PackBytes, PackPages } from "./pack-bytes.ts";
import { Walk } from "./walk.ts";

const COMMITS: ReadonlySet<number> = new Set([COMMIT]);
/** A commit of more bytes is a gap. */
const LARGEST = 16 << 20;

/** Commits that were read, and what could not be. */
export interface FoundCommits {
  readonly parts: readonly CommitPart[];
  readonly gaps: readonly Gap[];
}

/** Reads all commits of a repository and nothing else, for a scan that did not come by most of them. `memory` is in bytes. */
export function allCommits({ packs, loose }: Objects, hash: HashKind, memory: number): FoundCommits {
  const unpacker = new Unpacker(new Kernel([]), { memory, input: Math.min(8 << 20, Math.floor(memory / 8)) });
  const pages = new PackPages(unpacker);
  const idSize = ID_SIZE[hash];
  const gathered = new CommitGatherer(idSize);
  const gaps = new Gaps();
  for (const pack of packs) {
    const bytes = new PackBytes(pack, pages);
    const walk = new Walk(unpacker, pack, bytes);
    for (const root of walk.roots(0, pack.index.count, COMMITS))
      walk.tree(root, (rank, object) => {
        if (!countsElsewhere(pack, rank)) gathered.add(idBytes(pack.index, rank), object.bytes);
      });
    bytes.close();
    gaps.addAll(walk.gaps.all());
  }
  for (const { folder, ids, repeated } of loose) {
    for (let place = 0; place < repeated.length; place++) {
      if (repeated[place] === 1) continue;
      const id = idAt(ids, place * idSize, idSize);
      const object = gaps.try(id, () => readLooseOf(COMMIT, folder, id, hash, LARGEST));
      if (object) gathered.add(Buffer.from(id, "hex"), object.content);
    }
  }
  const found = gathered.end();
  return { parts: [found.part], gaps: [...gaps.all(), ...found.gaps] };
}
