import { ID_SIZE, idAt, KIND_WORDS } from "../git/object-id.ts";
import type { Objects } from "../git/objects.ts";
import { idOfRank } from "../git/pack-index.ts";
import type { ObjectsUnit, TreesUnit } from "../sources/unit.ts";

/** How gaps name the object at a rank or place of a unit; of one with a file of its own the kind is not known, and mostly it is a blob. */
export function objectAt(
  { packs, loose }: Objects,
  { kind, pack, folder }: ObjectsUnit | TreesUnit,
  number: number,
): string {
  if (number < 0) return "objects of the repository";
  if (pack !== undefined) {
    const { kinds, index } = packs[pack]!;
    return `${KIND_WORDS[kinds[number]!]} ${idOfRank(index, number)}`;
  }
  const { ids, repeated } = loose[folder!]!;
  const size = repeated.length > 0 ? ids.length / repeated.length : ID_SIZE.sha1;
  return `${kind === "trees" ? "tree" : "blob"} ${idAt(ids, number * size, size)}`;
}
