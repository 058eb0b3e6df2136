import { Gaps } from "../../src/git/malformed.ts";
import type { ObjectId } from "../../src/git/object-id.ts";
import { listObjects } from "../../src/git/objects.ts";
import { readRefs } from "../../src/git/refs.ts";
import { findRepository } from "../../src/git/repository.ts";
import { ObjectReader } from "../../src/history/reader.ts";
import type { Provenance } from "../../src/history/where.ts";
import { gather, joinedIds, whereFrom } from "../../src/history/where-from.ts";
import { Unpacker } from "../../src/kernel/history.ts";
import { Kernel } from "../../src/kernel/kernel.ts";
import { tablesOf } from "../../src/kernel/tables.ts";

export const newUnpacker = (): Unpacker =>
  new Unpacker(new Kernel(tablesOf([], [], [])), { memory: 256 << 20, input: 1 << 20 });

/** Where the blobs of a repository came from, as its own files tell. */
export function tell(root: string, blobs: ReadonlyMap<string, readonly string[]>, unreachable = false): Provenance {
  const repository = findRepository(root)!;
  const objects = listObjects(repository);
  const wanted = new Map([...blobs].map(([id, keys]) => [id as ObjectId, keys]));
  const unpacker = newUnpacker();
  const gathered = gather(unpacker, repository, objects, joinedIds(wanted.keys()));
  const gaps = new Gaps();
  const reader = new ObjectReader(unpacker, objects, repository.hash, gaps);
  const found = whereFrom(reader, repository, objects, readRefs(repository), gathered, wanted, unreachable);
  reader.close();
  return { ...found, gaps: [...found.gaps, ...gaps.all()] };
}
