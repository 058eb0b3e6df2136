import { type ObjectContent, readLoose } from "../git/loose.ts";
import type { Gaps } from "../git/malformed.ts";
import type { HashKind, ObjectId, ObjectKind } from "../git/object-id.ts";
import { finder, type Objects, type StoredPack } from "../git/objects.ts";
import type { Unpacker } from "../kernel/history.ts";
import { PackBytes, PackPages } from "./pack-bytes.ts";
import { Walk } from "./walk.ts";

/** Gives single objects by their ids; undefined for those that are missing or broken, which is then a gap. */
export class ObjectReader {
  readonly #unpacker: Unpacker;
  readonly #hash: HashKind;
  readonly #gaps: Gaps;
  readonly #find: ReturnType<typeof finder>;
  readonly #pages: PackPages;
  readonly #open = new Map<StoredPack, PackBytes>();

  constructor(unpacker: Unpacker, objects: Objects, hash: HashKind, gaps: Gaps) {
    this.#unpacker = unpacker;
    this.#pages = new PackPages(unpacker);
    this.#hash = hash;
    this.#gaps = gaps;
    this.#find = finder(objects);
  }

  read(id: ObjectId): ObjectContent | undefined {
    const place = this.#find(id);
    if (!place) return undefined;
    const limit = Math.floor(this.#unpacker.limit / 2);
    if ("folder" in place) return this.#gaps.try(id, () => readLoose(place.folder, id, this.#hash, limit));
    const { pack, rank } = place;
    const walk = new Walk(this.#unpacker, pack, this.#bytesOf(pack));
    const content = walk.one(rank, (object) => Buffer.from(object.bytes));
    this.#gaps.addAll(walk.gaps.all());
    return content && { kind: pack.kinds[rank] as ObjectKind, content };
  }

  /** What an object is, as far as that can be told. */
  kindOf(id: ObjectId): ObjectKind | undefined {
    const place = this.#find(id);
    return place && "pack" in place ? (place.pack.kinds[place.rank] as ObjectKind) : this.read(id)?.kind;
  }

  close(): void {
    for (const bytes of this.#open.values()) bytes.close();
    this.#open.clear();
  }

  #bytesOf(pack: StoredPack): PackBytes {
    const bytes = this.#open.get(pack) ?? new PackBytes(pack, this.#pages);
    this.#open.set(pack, bytes);
    return bytes;
  }
}
