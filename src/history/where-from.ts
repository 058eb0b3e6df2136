import { ID_SIZE, type ObjectId, TAG } from "../git/object-id.ts";
import type { Objects } from "../git/objects.ts";
import { headName, type Refs } from "../git/refs.ts";
import type { Repository } from "../git/repository.ts";
import { type CommitGraph, commitGraph } from "./commit-graph.ts";
import type { CommitPart } from "./commits.ts";
import { provenance } from "./provenance.ts";
import type { ObjectReader } from "./reader.ts";
import { tipsOf } from "./tips.ts";
import type { FoundTrees, TreePart } from "./trees.ts";
import type { Asked, Provenance } from "./where.ts";

/** The ids of some objects, one after the other, in memory that threads share. */
export function joinedIds(ids: ReadonlySet<ObjectId>, size: number): Uint8Array {
  const joined = new Uint8Array(new SharedArrayBuffer(ids.size * size));
  let at = 0;
  for (const id of ids) {
    joined.set(Buffer.from(id, "hex"), at);
    at += size;
  }
  return joined;
}

/** The commits of a repository, of which all were read. */
export const graphOf = ({ shallow, hash }: Repository, commits: readonly CommitPart[]): CommitGraph =>
  commitGraph(
    commits,
    shallow.map((id) => Buffer.from(id, "hex")),
    ID_SIZE[hash],
  );

/** Says where secrets came from: `blobs` are the objects that hold some, commits and tags too, each with the keys of what it holds. */
export function whereFrom(
  reader: ObjectReader,
  repository: Repository,
  objects: Objects,
  { refs, reflogs }: Pick<Refs, "refs" | "reflogs">,
  graph: CommitGraph,
  { parts, gaps }: Pick<FoundTrees, "gaps"> & { readonly parts: Iterable<TreePart> },
  blobs: ReadonlyMap<ObjectId, readonly string[]>,
  wishes: Pick<Asked, "unreachable" | "selection">,
): Provenance {
  const { hash } = repository;
  const isCommit = (id: ObjectId): boolean => graph.find(Buffer.from(id, "hex"), 0) >= 0;
  const tags = new Set([...blobs.keys()].filter((id) => !isCommit(id) && reader.kindOf(id) === TAG));
  const tips = tipsOf({ refs, reflogs }, hash, isCommit, (id) => reader.read(id), tags.size > 0);
  const name = headName(repository);
  const head = tips.find((tip) => tip.name === name)?.id;
  const incomplete = repository.partial || objects.partial || objects.gaps.length + gaps.length > 0;
  const asked = { hash, blobs, tags, trees: parts, commits: graph, tips, incomplete, ...wishes };
  const found = provenance({ ...asked, ...(head && { head }) });
  return { ...found, gaps: [...gaps, ...found.gaps] };
}
