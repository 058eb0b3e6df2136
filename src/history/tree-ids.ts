import { idOf } from "../git/object-id.ts";
import { IdTable } from "./id-table.ts";
import type { TreePart } from "./trees.ts";

const EMPTY_TREES = (["sha1", "sha256"] as const).map((hash) => idOf(hash, "tree", new Uint8Array(0)));

/** Every tree that was read; git does not store the empty one. */
export function treeIds(parts: readonly TreePart[], idSize: number): IdTable {
  const there = new IdTable(idSize);
  for (const { ids } of parts) for (let at = 0; at < ids.length; at += idSize) there.enter(ids, at);
  for (const id of EMPTY_TREES) if (id.length === 2 * idSize) there.enter(Buffer.from(id, "hex"), 0);
  return there;
}
