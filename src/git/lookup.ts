import { statSync } from "node:fs";
import { join } from "node:path";
import { namesIn } from "./folder.ts";
import { type ObjectContent, readLoose } from "./loose.ts";
import { Gaps, Malformed, whyUnread } from "./malformed.ts";
import { type HashKind, idOf, KIND_WORDS, type ObjectId } from "./object-id.ts";
import { PackFile } from "./pack-file.ts";
import { Recent } from "./recent.ts";
import type { Repository } from "./repository.ts";

/** What a thread needs to look objects up: plain data. */
export type Stored = Pick<Repository, "objectFolders" | "hash" | "partial" | "shallow">;

/** Most bytes of one object. */
export const LARGEST_OBJECT = 512 << 20;
const MADE = 48 << 20;
const PAGES = 32 << 20;
/** Packs that stay open. */
const OPEN = 64;

/**
 * Finds objects of a repository one by one, without reading any pack as a whole: for who wants a few of many. Folders are
 * asked in their order (a quarantine first), packs before files of their own, the pack that had the last object first.
 */
export class Lookup {
  readonly hash: HashKind;
  readonly gaps = new Gaps();
  readonly #stored: Stored;
  readonly #made = new Recent<ObjectContent>(MADE);
  readonly #pages = new Recent<Buffer>(PAGES);
  readonly #known = new Map<string, PackFile | undefined>();
  readonly #broken = new Set<PackFile>();
  #packs: PackFile[];
  #isListedAgain = false;

  constructor(stored: Stored) {
    this.#stored = stored;
    this.hash = stored.hash;
    this.#packs = this.#list();
  }

  /** An object, checked against its id. One that is missing, or of which no copy can be read, is malformed. */
  read(id: ObjectId, limit = LARGEST_OBJECT): ObjectContent {
    const found = this.#find(id, limit) ?? (this.#listAgain() ? this.#find(id, limit) : undefined);
    if (found) return found;
    throw new Malformed(this.#missing());
  }

  /** Whether there is such an object, broken or not. */
  has(id: ObjectId): boolean {
    const bytes = Buffer.from(id, "hex");
    return (
      this.#packs.some((pack) => this.#offset(pack, bytes) !== undefined) ||
      this.#stored.objectFolders.some((folder) => statSync(loosePath(folder, id), { throwIfNoEntry: false })?.isFile())
    );
  }

  /** The ids that begin with at least four hexadecimal digits, each once; at most a few of them. */
  startingWith(digits: string, most = 8): ObjectId[] {
    const packed = this.#packs.flatMap(
      (pack) => this.gaps.try(pack.path, () => pack.index.startingWith(digits, most)) ?? [],
    );
    const loose = this.#stored.objectFolders.flatMap((folder) =>
      namesIn(join(folder, digits.slice(0, 2)), this.gaps)
        .filter((name) => name.startsWith(digits.slice(2)))
        .map((name) => (digits.slice(0, 2) + name) as ObjectId),
    );
    return [...new Set([...packed, ...loose])].slice(0, most);
  }

  /** Closes files; what is asked for later opens them again. */
  close(): void {
    for (const pack of this.#packs) pack.close();
  }

  #find(id: ObjectId, limit: number): ObjectContent | undefined {
    const bytes = Buffer.from(id, "hex");
    let why: unknown;
    const tried = (read: () => ObjectContent | undefined): ObjectContent | undefined => {
      try {
        return read();
      } catch (error) {
        why ??= error;
        return undefined;
      }
    };
    for (const [place, pack] of this.#packs.entries()) {
      const offset = this.#offset(pack, bytes);
      const object = offset === undefined ? undefined : tried(() => this.#checked(pack.read(offset, limit), id));
      if (place >= OPEN) pack.close();
      if (!object) continue;
      if (place > 0) this.#packs.unshift(...this.#packs.splice(place, 1));
      this.#packs[OPEN]?.close();
      return object;
    }
    for (const folder of this.#stored.objectFolders) {
      const object = tried(() => readLoose(folder, id, this.hash, limit));
      if (object) return object;
    }
    if (why !== undefined) throw why;
    return undefined;
  }

  #offset(pack: PackFile, id: Uint8Array): number | undefined {
    if (this.#broken.has(pack)) return undefined;
    try {
      return pack.index.offsetOf(id);
    } catch (error) {
      this.#broken.add(pack);
      this.gaps.add(pack.path, whyUnread(error));
      return undefined;
    }
  }

  #checked(object: ObjectContent, id: ObjectId): ObjectContent {
    if (idOf(this.hash, KIND_WORDS[object.kind], object.content) !== id)
      throw new Malformed("its content does not fit its id");
    return object;
  }

  /** The packs that have an index; what is half there is looked for as if it were not. */
  #list(): PackFile[] {
    return this.#stored.objectFolders.flatMap((folder) => {
      const names = new Set(namesIn(join(folder, "pack"), this.gaps));
      const packs = [...names].filter((name) => name.endsWith(".pack") && names.has(name.replace(/\.pack$/, ".idx")));
      return packs.flatMap((name) => this.#pack(join(folder, "pack", name)) ?? []);
    });
  }

  #pack(path: string): PackFile | undefined {
    if (!this.#known.has(path))
      this.#known.set(
        path,
        this.gaps.try(path, () => new PackFile(path, this.hash, this.#made, this.#pages)),
      );
    return this.#known.get(path);
  }

  /** Somebody may have packed anew in the meantime; that is looked for once. */
  #listAgain(): boolean {
    if (this.#isListedAgain) return false;
    this.#isListedAgain = true;
    this.close();
    this.#packs = this.#list();
    return true;
  }

  #missing(): string {
    if (this.#stored.partial)
      return "this object is missing: the clone left it with the remote, and leakreach history --fetch-missing brings it";
    if (this.#stored.shallow.length > 0)
      return "this object is missing: this is a shallow clone, and git fetch --unshallow brings the rest";
    return "this object is missing: git fsck says what else is";
  }
}

const loosePath = (folder: string, id: ObjectId): string => join(folder, id.slice(0, 2), id.slice(2));

/** Looks things up, and closes what that opened. */
export function withLookup<T>(stored: Stored, ask: (lookup: Lookup) => T): T {
  const lookup = new Lookup(stored);
  try {
    return ask(lookup);
  } finally {
    lookup.close();
  }
}
