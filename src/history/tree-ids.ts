import { idOf } from "../git/object-id.ts";
import type { CommitGraph } from "./commit-graph.ts";
import { IdTable } from "./id-table.ts";

const EMPTY_TREES = (["sha1", "sha256"] as const).map((hash) =>
  Buffer.from(idOf(hash, "tree", new Uint8Array(0)), "hex"),
);

/** Tells of the trees that commits name whether each was read; git does not store the empty one. */
export function treesOf(
  { count, tree }: Pick<CommitGraph, "count" | "tree">,
  read: Iterable<Uint8Array>,
  idSize: number,
): (bytes: Uint8Array, at: number) => boolean {
  const named = new IdTable(idSize, count);
  for (let commit = 0; commit < count; commit++) named.enter(...tree(commit));
  const isThere = new Uint8Array(named.count);
  const mark = (bytes: Uint8Array, at: number): void => {
    const number = named.find(bytes, at);
    if (number >= 0) isThere[number] = 1;
  };
  for (const ids of read) for (let at = 0; at < ids.length; at += idSize) mark(ids, at);
  for (const id of EMPTY_TREES) if (id.length === idSize) mark(id, 0);
  return (bytes, at) => isThere[named.find(bytes, at)] === 1;
}
