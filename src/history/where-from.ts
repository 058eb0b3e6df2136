import { ID_SIZE, type ObjectId } from "../git/object-id.ts";
import type { Objects } from "../git/objects.ts";
import { headName, type Refs } from "../git/refs.ts";
import type { Repository } from "../git/repository.ts";
import type { Unpacker } from "../kernel/history.ts";
import type { Gap } from "../model/index.ts";
import { commitGraph } from "./commit-graph.ts";
import { type CommitPart, commitsIn } from "./commits.ts";
import { looseIn } from "./loose.ts";
import { PackBytes } from "./pack-bytes.ts";
import { provenance } from "./provenance.ts";
import type { ObjectReader } from "./reader.ts";
import { tipsOf } from "./tips.ts";
import { type TreePart, treesIn } from "./trees.ts";
import type { Provenance } from "./where.ts";

/** Trees and commits of a repository. */
export interface Gathered {
  readonly trees: readonly TreePart[];
  readonly commits: readonly CommitPart[];
  readonly gaps: readonly Gap[];
}

/** The ids of some objects, one after the other, as `treesIn` wants them. */
export const joinedIds = (ids: Iterable<ObjectId>): Uint8Array => Buffer.from([...ids].join(""), "hex");

/** Looks at all trees and commits, in this thread. */
export function gather(unpacker: Unpacker, { hash }: Repository, objects: Objects, wanted: Uint8Array): Gathered {
  const trees: TreePart[] = [];
  const commits: CommitPart[] = [];
  const gaps: Gap[] = [];
  for (const pack of objects.packs) {
    const bytes = new PackBytes(pack);
    const foundTrees = treesIn(unpacker, pack, bytes, 0, pack.index.count, wanted);
    const foundCommits = commitsIn(unpacker, pack, bytes, 0, pack.index.count);
    bytes.close();
    trees.push(...foundTrees.parts);
    commits.push(foundCommits.part);
    gaps.push(...foundTrees.gaps, ...foundCommits.gaps);
  }
  for (const loose of objects.loose) {
    const found = looseIn(unpacker, loose, hash, wanted);
    trees.push(...found.trees);
    commits.push(found.commits);
    gaps.push(...found.gaps);
  }
  return { trees, commits, gaps };
}

/** Says where secrets came from: `blobs` are those that hold some, each with the keys of what it holds. */
export function whereFrom(
  reader: ObjectReader,
  repository: Repository,
  objects: Objects,
  { refs, reflogs }: Pick<Refs, "refs" | "reflogs">,
  { trees, commits, gaps }: Gathered,
  blobs: ReadonlyMap<ObjectId, readonly string[]>,
  unreachable: boolean,
): Provenance {
  const { hash } = repository;
  const idSize = ID_SIZE[hash];
  const shallow = repository.shallow.map((id) => Buffer.from(id, "hex"));
  const graph = commitGraph(commits, shallow, idSize);
  const isCommit = (id: ObjectId): boolean => graph.find(Buffer.from(id, "hex"), 0) >= 0;
  const tips = tipsOf({ refs, reflogs }, hash, isCommit, (id) => reader.read(id));
  const name = headName(repository);
  const head = tips.find((tip) => tip.name === name)?.id;
  const incomplete = repository.partial || objects.partial || gaps.length > 0;
  const asked = { hash, blobs, trees, commits: graph, tips, incomplete, unreachable };
  const found = provenance({ ...asked, ...(head && { head }) });
  return { keys: found.keys, gaps: [...gaps, ...found.gaps] };
}
