import { Gaps } from "../git/malformed.ts";
import { ID_SIZE, TREE } from "../git/object-id.ts";
import { countsElsewhere, type StoredPack } from "../git/objects.ts";
import { idBytes } from "../git/pack-index.ts";
import { TreeCursor } from "../git/tree.ts";
import type { Unpacker } from "../kernel/history.ts";
import { type Kept, type KeptTrees, TreeKeeper, UNMARKED } from "../kernel/trees.ts";
import type { Gap } from "../model/index.ts";
import type { PackBytes } from "./pack-bytes.ts";
import { Walk } from "./walk.ts";

/** Some trees of a repository, as plain arrays that can be sent to another thread. */
export interface TreePart extends KeptTrees {
  /** The trees' ids, one after the other. */
  readonly ids: Uint8Array;
}

/** Trees that were looked at, and those that could not be read. */
export interface FoundTrees {
  readonly parts: readonly TreePart[];
  readonly gaps: readonly Gap[];
}

const TREES: ReadonlySet<number> = new Set([TREE]);
const TOO_LARGE = "the tree has too many entries: where its files are was not looked at";
const NO_TREE = "the tree is broken: what stands behind the flaw was not looked at";

/** Is given the long names of a tree that were not read a moment ago: where they stand in the kernel's memory, each with a line feed behind it. */
export type Names = (tree: Uint8Array, at: number, size: number) => void;

/** Who looks on while trees are read. */
export interface TreeListener {
  /** Told of every tree by its rank or place before it is read; false passes it over. */
  readonly at: (number: number) => boolean;
  readonly names: Names;
}

/** Gathers trees with their ids in parts of bounded size. */
export class TreeGatherer {
  readonly gaps = new Gaps();
  readonly #parts: TreePart[] = [];
  readonly #keeper: TreeKeeper;
  readonly #idSize: number;
  readonly #unpacker: Unpacker;
  readonly #names: Names | undefined;
  #ids: Uint8Array;
  #size = 0;

  /** `wanted` are the ids of the blobs that are looked for, one after the other. */
  constructor(unpacker: Unpacker, wanted: Uint8Array, idSize: number, names?: Names) {
    this.#unpacker = unpacker;
    this.#names = names;
    this.#keeper = new TreeKeeper(unpacker, wanted, idSize);
    this.#idSize = idSize;
    this.#ids = new Uint8Array(idSize << 10);
  }

  /** Enters the tree that stands at a place of the kernel's memory, with 64 zeros behind it; `base` is what this gave for its delta's base. */
  add(id: Uint8Array, at: number, size: number, base?: Kept): Kept {
    let kept = this.#keeper.add(at, size, base);
    if (kept.how === "full") {
      this.#flush();
      kept = this.#keeper.add(at, size, base);
    }
    if (this.#names) this.#giveNames(this.#names, id, at, size);
    if (kept.how === "full") this.#flush();
    if (kept.how !== "kept") this.gaps.add(Buffer.from(id).toString("hex"), kept.how === "full" ? TOO_LARGE : NO_TREE);
    if (kept.how === "full") return kept;
    if (this.#size === this.#ids.length) {
      const more = new Uint8Array(this.#ids.length * 2);
      more.set(this.#ids);
      this.#ids = more;
    }
    this.#ids.set(id, this.#size);
    this.#size += this.#idSize;
    return kept;
  }

  #giveNames(give: Names, id: Uint8Array, at: number, size: number): void {
    const names = this.#keeper.names();
    if (!names) return;
    if (names.stretch.size > 0) give(id, names.stretch.at, names.stretch.size);
    if (!names.lost) return;
    // More than there is room for at once: then one after the other.
    const content = Buffer.from(this.#unpacker.bytes({ at, size }));
    const cursor = new TreeCursor(content, this.#idSize);
    while (cursor.next()) {
      const held = this.#unpacker.hold(content.subarray(cursor.nameStart, cursor.nameEnd));
      if (!held) {
        this.gaps.add(Buffer.from(id).toString("hex"), TOO_LARGE);
        return;
      }
      give(id, held.at, held.size);
      this.#unpacker.pop(held);
    }
  }

  /** Everything that was gathered; the gatherer is closed with it. */
  end(): FoundTrees {
    this.#flush();
    this.#keeper.close();
    return { parts: this.#parts, gaps: this.gaps.all() };
  }

  #flush(): void {
    const kept = this.#keeper.take();
    if (this.#size > 0) this.#parts.push({ ...kept, ids: this.#ids.slice(0, this.#size) });
    this.#size = 0;
  }
}

/**
 * Looks at all trees of a pack that hang on the objects of the ranks [from, to): which of them hold a wanted blob, and which hold which
 * folders. `wanted` are the blobs' ids, one after the other.
 */
export function treesIn(
  unpacker: Unpacker,
  pack: StoredPack,
  bytes: PackBytes,
  from: number,
  to: number,
  wanted: Uint8Array,
  listener?: TreeListener,
): FoundTrees {
  const gatherer = new TreeGatherer(unpacker, wanted, ID_SIZE[pack.index.hash], listener?.names);
  const walk = new Walk(unpacker, pack, bytes);
  for (const root of walk.roots(from, to, TREES)) {
    if (pack.idle?.[root] === 1) continue;
    walk.places<Kept>(root, (rank, { at, size }, base) =>
      countsElsewhere(pack, rank) || listener?.at(rank) === false
        ? UNMARKED
        : gatherer.add(idBytes(pack.index, rank), at, size, base),
    );
  }
  const { parts, gaps } = gatherer.end();
  return { parts, gaps: [...walk.gaps.all(), ...gaps] };
}
