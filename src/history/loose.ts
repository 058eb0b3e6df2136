import { readLoose } from "../git/loose.ts";
import { Gaps } from "../git/malformed.ts";
import { COMMIT, type HashKind, ID_SIZE, idAt, TREE } from "../git/object-id.ts";
import type { LooseObjects } from "../git/objects.ts";
import { TOO_LARGE, type Unpacker } from "../kernel/history.ts";
import type { Gap } from "../model/index.ts";
import { CommitGatherer, type CommitPart } from "./commits.ts";
import { TreeGatherer, type TreePart } from "./trees.ts";

/** What loose objects tell of where things are. */
export interface FoundLoose {
  readonly trees: readonly TreePart[];
  readonly commits: CommitPart;
  readonly gaps: readonly Gap[];
}

/** Trees and commits of more bytes are gaps. */
const LARGEST = 64 << 20;

/** Looks at the trees and commits that have a file of their own; `wanted` are the ids of the blobs that are looked for, one after the other. */
export function looseIn(unpacker: Unpacker, loose: LooseObjects, hash: HashKind, wanted: Uint8Array): FoundLoose {
  const idSize = ID_SIZE[hash];
  const gaps = new Gaps();
  const trees = new TreeGatherer(unpacker, wanted, idSize);
  const commits = new CommitGatherer(idSize);
  for (let place = 0; place < loose.repeated.length; place++) {
    if (loose.repeated[place] === 1) continue;
    const id = idAt(loose.ids, place * idSize, idSize);
    const object = gaps.try(id, () => readLoose(loose.folder, id, hash, LARGEST));
    if (object?.kind === COMMIT) commits.add(Buffer.from(id, "hex"), object.content);
    if (object?.kind !== TREE) continue;
    const held = unpacker.hold(object.content);
    if (!held) {
      gaps.add(id, TOO_LARGE);
      continue;
    }
    trees.add(Buffer.from(id, "hex"), held.at, held.size);
    unpacker.pop(held);
  }
  const foundTrees = trees.end();
  const foundCommits = commits.end();
  return {
    trees: foundTrees.parts,
    commits: foundCommits.part,
    gaps: [...gaps.all(), ...foundTrees.gaps, ...foundCommits.gaps],
  };
}
