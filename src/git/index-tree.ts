import type { Index, IndexEntry } from "./index-file.ts";
import { Malformed } from "./malformed.ts";
import { type HashKind, idOf, type ObjectId } from "./object-id.ts";
import { FOLDER } from "./tree.ts";

const DEEPEST = 1024;

/** The tree that would be committed, and those of its folders that may be stored nowhere yet. */
export interface IndexTree {
  readonly root: ObjectId;
  readonly trees: ReadonlyMap<ObjectId, Uint8Array>;
  /** Paths that are not merged yet: nothing of them can be committed. */
  readonly unmerged: readonly string[];
}

/**
 * The trees of an index, as `git write-tree` would make them, in memory. Folders whose tree the index knows are taken from
 * there, as git itself takes them when it commits.
 */
export function indexTree({ entries, trees: cached }: Index, hash: HashKind): IndexTree {
  const trees = new Map<ObjectId, Uint8Array>();
  const staged = entries.filter(({ stage, isIntended }) => stage === 0 && !isIntended);
  const unmerged = new Set(entries.filter(({ stage }) => stage > 0).map(({ path }) => path));
  const isWhole = staged.length === entries.length;

  const treeOf = (from: number, to: number, path: string, depth: number): ObjectId => {
    if (depth > DEEPEST) throw new Malformed("folders in the index are nested too deep");
    const known = cached.get(path);
    if (known?.count === to - from && isWhole) return known.id;
    const parts: Buffer[] = [];
    for (let at = from; at < to; ) {
      const { path: full, mode, id } = staged[at]!;
      const slash = full.indexOf("/", path.length);
      const folder = slash < 0 ? undefined : full.slice(0, slash + 1);
      const end = folder === undefined ? at + 1 : endOf(staged, at, to, folder);
      if (folder === undefined) parts.push(entry(mode, full.slice(path.length), id));
      else
        parts.push(
          entry(FOLDER, full.slice(path.length, slash), full === folder ? id : treeOf(at, end, folder, depth + 1)),
        );
      at = end;
    }
    const content = Buffer.concat(parts);
    const made = idOf(hash, "tree", content);
    trees.set(made, content);
    return made;
  };
  return { root: treeOf(0, staged.length, "", 0), trees, unmerged: [...unmerged] };
}

/** Behind the last entry below a folder; entries are in the order of their paths. */
function endOf(entries: readonly IndexEntry[], from: number, to: number, folder: string): number {
  let low = from + 1;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (entries[middle]!.path.startsWith(folder)) low = middle + 1;
    else high = middle;
  }
  return low;
}

const entry = (mode: number, name: string, id: ObjectId): Buffer =>
  Buffer.concat([Buffer.from(`${mode.toString(8)} ${name}\0`, "latin1"), Buffer.from(id, "hex")]);
