import { readLooseOf } from "../git/loose.ts";
import { Gaps } from "../git/malformed.ts";
import { type HashKind, ID_SIZE, idAt, TREE } from "../git/object-id.ts";
import type { LooseObjects } from "../git/objects.ts";
import { TOO_LARGE, type Unpacker } from "../kernel/history.ts";
import { type FoundTrees, TreeGatherer, type TreeListener } from "./trees.ts";

/** Trees of more bytes are gaps. */
const LARGEST = 64 << 20;

/** The same as `treesIn` for objects that have a file of their own, at the places [from, to) of their list. What is no tree is passed over. */
export function looseTreesIn(
  unpacker: Unpacker,
  { folder, ids, repeated }: LooseObjects,
  hash: HashKind,
  from: number,
  to: number,
  wanted: Uint8Array,
  listener?: TreeListener,
): FoundTrees {
  const idSize = ID_SIZE[hash];
  const gaps = new Gaps();
  const gatherer = new TreeGatherer(unpacker, wanted, idSize, listener?.names);
  for (let place = from; place < to; place++) {
    if (repeated[place] === 1 || listener?.at(place) === false) continue;
    const id = idAt(ids, place * idSize, idSize);
    const object = gaps.try(id, () => readLooseOf(TREE, folder, id, hash, LARGEST));
    if (!object) continue;
    const held = unpacker.hold(object.content);
    if (!held) {
      gaps.add(id, TOO_LARGE);
      continue;
    }
    gatherer.add(Buffer.from(id, "hex"), held.at, held.size);
    unpacker.pop(held);
  }
  const { parts, gaps: broken } = gatherer.end();
  return { parts, gaps: [...gaps.all(), ...broken] };
}
