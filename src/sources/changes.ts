import type { Lookup } from "../git/lookup.ts";
import { Malformed } from "../git/malformed.ts";
import { type ObjectId, TREE } from "../git/object-id.ts";
import { type FileVersion, treeChanges } from "../git/tree-changes.ts";
import type { Gap } from "../model/index.ts";
import { nameOf } from "./names.ts";
import type { ChangedText, ChangeSet, SourceEvent } from "./unit.ts";

/** Texts of one unit: enough to be worth a message, few enough to share out. */
const BATCH = 128;

/** Where a comparison reads, and what it says of what it passed by. */
export interface Comparing {
  readonly lookup: Lookup;
  /** Trees that are stored nowhere. */
  readonly made?: ReadonlyMap<ObjectId, Uint8Array>;
  /** Says whether a path is looked at; everything is when left out. */
  readonly wanted?: ((path: string) => boolean) | undefined;
  readonly gap: (gap: Gap) => void;
  readonly skipped: (reason: string, count: number) => void;
}

/** What a tree adds to those it was made from, as far as it is wanted. */
export function addedBy(comparing: Comparing, tree: ObjectId, others: readonly ObjectId[]): ChangeSet {
  const { lookup, made, wanted, gap, skipped } = comparing;
  const { files, moved, gone, submodules } = treeChanges(
    {
      hash: lookup.hash,
      read: (id) => made?.get(id) ?? treeIn(lookup, id),
      unread: (path, id, why) => gap({ what: path === "" ? `tree ${id}` : `${pathOf(path)} (${id})`, why }),
      ...(wanted && { seen: (path) => wanted(pathOf(path)) }),
    },
    tree,
    others,
  );
  const named = files.map(({ path, id, before }): ChangedText => ({ path: pathOf(path), object: id, before }));
  const texts = wanted ? named.filter(({ path }) => wanted(path)) : named;
  if (submodules > 0) skipped("submodule", submodules);
  if (texts.length < named.length) skipped("excluded", named.length - texts.length);
  return { texts, moved: moved.map(versionOf), gone: gone.map(versionOf) };
}

function treeIn(lookup: Lookup, id: ObjectId): Buffer {
  const { kind, content } = lookup.read(id);
  if (kind !== TREE) throw new Malformed("it stands where a folder should be, and is none");
  return content;
}

/** A path as reports have it, from its bytes. */
const pathOf = (bytes: string): string => nameOf(Buffer.from(bytes, "latin1"));

const versionOf = ({ path, id }: FileVersion) => ({ path: pathOf(path), object: id });

/** Puts what is added into units; what one commit adds is kept together, unless it is much. */
export function* unitsOf(sets: Iterable<ChangeSet>): Generator<SourceEvent> {
  let batch: ChangeSet[] = [];
  let size = 0;
  for (const set of sets) {
    for (let from = 0; from < set.texts.length; from += BATCH) {
      const texts = set.texts.slice(from, from + BATCH);
      batch.push({ ...set, texts, moved: [] });
      size += texts.length;
      if (size < BATCH) continue;
      yield { type: "unit", unit: { kind: "changes", sets: batch } };
      [batch, size] = [[], 0];
    }
  }
  if (batch.length > 0) yield { type: "unit", unit: { kind: "changes", sets: batch } };
}
