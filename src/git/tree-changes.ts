import { Malformed, whyUnread } from "./malformed.ts";
import { type HashKind, ID_SIZE, idAt, type ObjectId } from "./object-id.ts";
import { FOLDER, SUBMODULE, TreeCursor } from "./tree.ts";

/** A file's version at a path. Paths are bytes, one character each (latin1): git does not say how they are encoded. */
export interface FileVersion {
  readonly path: string;
  readonly id: ObjectId;
}

/** A version that a tree has and none of the trees has that it was made from; `before` is what those have at its path. */
export interface NewVersion extends FileVersion {
  readonly before: readonly ObjectId[];
}

/** What a tree has that none of the trees has it was made from, and what those have at paths that it has not. */
export interface TreeChanges {
  readonly files: readonly NewVersion[];
  /** Versions that stood at a path that is no more. */
  readonly moved: readonly FileVersion[];
  readonly gone: readonly FileVersion[];
  /** How many submodules are new or of another commit. */
  readonly submodules: number;
}

/** Where trees come from, and who hears of those that cannot be read. */
export interface Trees {
  readonly hash: HashKind;
  /** The content of a tree; throws what `whyUnread` has words for. */
  readonly read: (id: ObjectId) => Uint8Array;
  readonly unread: (path: string, id: ObjectId, why: string) => void;
  /** Whether a file at a path is looked at; what moved from where nobody looks is new. Everything when left out. */
  readonly seen?: (path: string) => boolean;
  /** Most files that are listed; 500,000 when left out. */
  readonly most?: number;
}

/** Files of one comparison: trees that hold themselves over and over name more files than there are (a "git bomb"). */
const MOST_FILES = 500_000;
/** Lost files that are looked at for what moved; beyond that what moved is told as new. */
const MOST_GONE = 10_000;
const DEEPEST = 1024;

/**
 * Compares a tree with those that it was made from (none, one, or the sides of a merge). Folders of the same id are not
 * opened. What has only moved is left out; a file that moved and was changed is a new version.
 */
export function treeChanges(trees: Trees, tree: ObjectId, others: readonly ObjectId[]): TreeChanges {
  const found = new Differences(trees);
  found.compare("", tree, others, 0);
  found.openNewFolders();
  const { files, submodules } = found;
  const gone = others.length > 1 ? lostInMerge(trees, tree, others, files) : found.lostFiles();
  const lost = new Set(gone.map(({ id }) => id));
  const moved = files.filter(({ id }) => lost.has(id));
  return { files: files.filter(({ id }) => !lost.has(id)), moved, gone, submodules };
}

/** What each side of a merge has that the merge has not; of use only where the merge has a path that one of them has not. */
function lostInMerge(
  trees: Trees,
  tree: ObjectId,
  sides: readonly ObjectId[],
  files: readonly NewVersion[],
): FileVersion[] {
  if (files.every(({ before }) => before.length === sides.length)) return [];
  return sides.flatMap((side) => {
    const found = new Differences({ ...trees, unread: () => {} });
    found.compare("", tree, [side], 0);
    return found.lostFiles();
  });
}

/** A folder of a tree, at one of its entries. */
interface Side {
  readonly bytes: Uint8Array;
  readonly cursor: TreeCursor;
  isOpen: boolean;
}

class Differences {
  readonly #trees: Trees;
  readonly #idSize: number;
  readonly #most: number;
  readonly files: NewVersion[] = [];
  submodules = 0;
  readonly #folders: FileVersion[] = [];
  readonly #gone: FileVersion[] = [];
  readonly #goneFolders: FileVersion[] = [];

  constructor(trees: Trees) {
    this.#trees = trees;
    this.#idSize = ID_SIZE[trees.hash];
    this.#most = trees.most ?? MOST_FILES;
  }

  compare(path: string, id: ObjectId, others: readonly ObjectId[], depth: number): void {
    if (others.includes(id)) return;
    const tree = this.#open(path, id, depth);
    if (!tree) return;
    // Of a folder that cannot be read everything seems new.
    const sides = others.flatMap((other) => this.#open(path, other, depth) ?? []);
    while (tree.isOpen) {
      const skipped = this.#skipSame(tree, sides);
      if (skipped > 0) {
        for (const side of [tree, ...sides]) side.isOpen = side.cursor.moveTo(side.cursor.start + skipped);
        continue;
      }
      this.#entry(path, tree, sides, depth);
      tree.isOpen = tree.cursor.next();
    }
    if (tree.cursor.flaw) this.#trees.unread(path, id, tree.cursor.flaw);
    for (const side of sides) this.#passBy(path, side, undefined);
  }

  /** Passes over the entries that they have in common, which are most: gives how many bytes those have. */
  #skipSame({ bytes, cursor }: Side, sides: readonly Side[]): number {
    if (sides.length === 0 || !sides.every(({ isOpen }) => isOpen)) return 0;
    const from = cursor.start;
    let same = bytes.length - from;
    for (const side of sides) {
      same = sameBytes(bytes, from, side.bytes, side.cursor.start, same);
      if (same <= this.#idSize) return 0;
    }
    return wholeEntries(bytes, from, from + same, this.#idSize) - from;
  }

  #entry(path: string, tree: Side, sides: readonly Side[], depth: number): void {
    const before: ObjectId[] = [];
    let isKnown = false;
    for (const side of sides) {
      if (!this.#passBy(path, side, tree)) continue;
      if (this.#sameId(side, tree)) isKnown = true;
      else before.push(this.#id(side));
      side.isOpen = side.cursor.next();
    }
    if (isKnown) return;
    const { mode } = tree.cursor;
    const name = path + nameAt(tree);
    const id = this.#id(tree);
    if (mode === SUBMODULE) this.submodules++;
    else if (mode === FOLDER && before.length > 0) this.compare(`${name}/`, id, before, depth + 1);
    else if (mode === FOLDER) this.#folders.push({ path: `${name}/`, id });
    else if (this.files.length < this.#most) this.files.push({ path: name, id, before });
    else if (this.files.length === this.#most) this.#trees.unread(path, id, `it has more than ${this.#most} new files`);
  }

  /** Moves a side to the entry of the tree's name and kind; what stands before it is lost. Says whether there is such an entry. */
  #passBy(path: string, side: Side, tree: Side | undefined): boolean {
    for (; side.isOpen; side.isOpen = side.cursor.next()) {
      const order = tree ? compareNames(side, tree) : -1;
      if (order >= 0) return order === 0;
      const { mode } = side.cursor;
      if (mode === SUBMODULE) continue;
      if (mode === FOLDER) this.#goneFolders.push({ path: `${path}${nameAt(side)}/`, id: this.#id(side) });
      else this.#gone.push({ path: path + nameAt(side), id: this.#id(side) });
    }
    return false;
  }

  /** Lists what stands in new folders. */
  openNewFolders(): void {
    let opened = 0;
    for (let folder = this.#folders.pop(); folder; folder = this.#folders.pop()) {
      if (++opened > this.#most) {
        this.#trees.unread(folder.path, folder.id, "there are too many new folders");
        return;
      }
      this.compare(folder.path, folder.id, [], folder.path.split("/").length);
    }
  }

  /** Files of the others at paths that the tree has not. */
  lostFiles(): FileVersion[] {
    let opened = 0;
    for (let folder = this.#goneFolders.pop(); folder; folder = this.#goneFolders.pop()) {
      if (++opened > MOST_GONE || this.#gone.length > MOST_GONE) break;
      const side = this.#open(folder.path, folder.id, folder.path.split("/").length);
      if (side) this.#passBy(folder.path, side, undefined);
    }
    const { seen } = this.#trees;
    return this.#gone.filter(({ path }) => !seen || seen(path)).slice(0, MOST_GONE);
  }

  #open(path: string, id: ObjectId, depth: number): Side | undefined {
    try {
      if (depth > DEEPEST) throw new Malformed("folders are nested too deep");
      const bytes = this.#trees.read(id);
      const cursor = new TreeCursor(bytes, this.#idSize);
      return { bytes, cursor, isOpen: cursor.next() };
    } catch (error) {
      this.#trees.unread(path, id, whyUnread(error));
      return undefined;
    }
  }

  #id({ bytes, cursor }: Side): ObjectId {
    return idAt(bytes, cursor.idStart, this.#idSize);
  }

  #sameId(one: Side, other: Side): boolean {
    const [a, b] = [one.cursor.idStart, other.cursor.idStart];
    for (let i = 0; i < this.#idSize; i++) if (one.bytes[a + i] !== other.bytes[b + i]) return false;
    return true;
  }
}

/** How many bytes are the same from two places on, up to a number of them. */
function sameBytes(a: Uint8Array, from: number, b: Uint8Array, other: number, most: number): number {
  let same = 0;
  let high = Math.min(most, b.length - other);
  // The first few by themselves: neighbours often differ, too.
  for (const few = Math.min(high, FEW); same < few; same++) if (a[from + same] !== b[other + same]) return same;
  const one = Buffer.from(a.buffer, a.byteOffset + from, high);
  const two = Buffer.from(b.buffer, b.byteOffset + other, high);
  if (one.equals(two)) return high;
  // The first difference stands behind `same` and not behind `high`.
  for (high--; same < high; ) {
    const middle = (same + high + 1) >>> 1;
    if (one.compare(two, same, middle, same, middle) === 0) same = middle;
    else high = middle - 1;
  }
  return same;
}

const FEW = 40;

/** Where the last entry ends that ends at `end` or before. */
function wholeEntries(bytes: Uint8Array, from: number, end: number, idSize: number): number {
  for (let at = from; ; ) {
    const zero = bytes.indexOf(0, at);
    const next = zero + 1 + idSize;
    if (zero < 0 || next > end) return at;
    at = next;
  }
}

const nameAt = ({ bytes, cursor: { nameStart, nameEnd } }: Side): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset + nameStart, nameEnd - nameStart).toString("latin1");

const SLASH = 0x2f;

/** What a folder's name ends with when names are put in order (git's "tree objects"); a submodule's is a file's. */
const ending = (mode: number): number => (mode === FOLDER ? SLASH : 0);

/** The order of two entries of trees; equal only if their kinds are. */
function compareNames(a: Side, b: Side): number {
  const [one, other] = [a.cursor, b.cursor];
  const [lengthA, lengthB] = [one.nameEnd - one.nameStart, other.nameEnd - other.nameStart];
  const shorter = Math.min(lengthA, lengthB);
  for (let i = 0; i < shorter; i++) {
    const difference = a.bytes[one.nameStart + i]! - b.bytes[other.nameStart + i]!;
    if (difference !== 0) return difference;
  }
  const lastA = lengthA > shorter ? a.bytes[one.nameStart + shorter]! : ending(one.mode);
  const lastB = lengthB > shorter ? b.bytes[other.nameStart + shorter]! : ending(other.mode);
  return lastA - lastB || lengthA - lengthB;
}
