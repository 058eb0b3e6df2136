import { type ObjectContent, readLoose } from "../git/loose.ts";
import type { Gaps } from "../git/malformed.ts";
import type { HashKind, ObjectId, ObjectKind } from "../git/object-id.ts";
import { finder, type Objects } from "../git/objects.ts";
import type { Unpacker } from "../kernel/history.ts";
import { PackBytes } from "./pack-bytes.ts";
import { Walk } from "./walk.ts";

/** Objects of more bytes are not read one by one. */
const LARGEST = 16 << 20;

/** Gives single objects by their ids; undefined for those that are missing or broken, which is then a gap. */
export function objectReader(
  unpacker: Unpacker,
  objects: Objects,
  hash: HashKind,
  gaps: Gaps,
): (id: ObjectId) => ObjectContent | undefined {
  const find = finder(objects);
  return (id) => {
    const place = find(id);
    if (!place) return undefined;
    if ("folder" in place) return gaps.try(id, () => readLoose(place.folder, id, hash, LARGEST));
    const bytes = new PackBytes(place.pack);
    const walk = new Walk(unpacker, place.pack, bytes);
    const content = walk.one(place.rank, (object) => Buffer.from(object.bytes));
    bytes.close();
    for (const { what, why } of walk.gaps.all()) gaps.add(what, why);
    return content && { kind: place.pack.kinds[place.rank] as ObjectKind, content };
  };
}
