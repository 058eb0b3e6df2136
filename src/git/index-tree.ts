import type { Index, IndexEntries, IndexEntry } from "./index-file.ts";
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
export function indexTree({ entries, isWhole, trees: cached }: Index, hash: HashKind): IndexTree {
  const trees = new Map<ObjectId, Uint8Array>();
  const { staged, unmerged } = isWhole ? { staged: entries, unmerged: [] } : sorted(entries);

  /** The raw id of the tree of these entries, which are all of a folder's. */
  const treeOf = (from: number, to: number, path: string, depth: number): string => {
    if (depth > DEEPEST) throw new Malformed("folders in the index are nested too deep");
    const known = cached.get(path);
    if (known?.count === to - from && isWhole) return known.rawId;
    let content = "";
    let last = "";
    for (let at = from; at < to; ) {
      const { path: full, mode, rawId } = staged.at(at)!;
      if (full <= last || !full.startsWith(path)) throw new Malformed(DISORDER);
      const slash = full.indexOf("/", path.length);
      const folder = slash < 0 ? undefined : full.slice(0, slash + 1);
      const end = folder === undefined ? at + 1 : endOf(staged, at, to, folder, cached.get(folder)?.count);
      if (folder === undefined) content += entry(mode, full.slice(path.length), rawId);
      else
        content += entry(
          FOLDER,
          full.slice(path.length, slash),
          full === folder ? rawId : treeOf(at, end, folder, depth + 1),
        );
      last = end === at + 1 ? full : staged.at(end - 1)!.path;
      if (!last.startsWith(folder ?? full)) throw new Malformed(DISORDER);
      at = end;
    }
    const bytes = Buffer.from(content, "latin1");
    const made = idOf(hash, "tree", bytes);
    trees.set(made, bytes);
    return Buffer.from(made, "hex").toString("latin1");
  };
  const root = Buffer.from(treeOf(0, staged.length, "", 0), "latin1").toString("hex") as ObjectId;
  return { root, trees, unmerged: [...unmerged] };
}

const DISORDER = "the entries of the index are not in order";

/** What can be committed, and the paths of what is not merged yet. */
function sorted(entries: IndexEntries): { staged: readonly IndexEntry[]; unmerged: ReadonlySet<string> } {
  const staged: IndexEntry[] = [];
  const unmerged = new Set<string>();
  for (let i = 0; i < entries.length; i++) {
    const entry = entries.at(i)!;
    if (entry.stage > 0) unmerged.add(entry.path);
    else if (!entry.isIntended) staged.push(entry);
  }
  return { staged, unmerged };
}

/** Behind the last entry below a folder; entries are in the order of their paths, and `count` is how many there should be. */
function endOf(entries: IndexEntries, from: number, to: number, folder: string, count = 0): number {
  const isBelow = (at: number) => entries.at(at)!.path.startsWith(folder);
  const likely = from + count;
  if (count > 0 && likely <= to && isBelow(likely - 1) && (likely === to || !isBelow(likely))) return likely;
  let low = from + 1;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBelow(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** An entry of a tree, one character a byte. */
const entry = (mode: number, name: string, rawId: string): string => `${mode.toString(8)} ${name}\0${rawId}`;
