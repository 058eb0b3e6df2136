import { searchId } from "../git/object-id.ts";
import type { LooseObjects, Objects, StoredPack } from "../git/objects.ts";
import { mergedIds } from "../history/new-objects.ts";
import type { Gap } from "../model/index.ts";
import type { UnitResult } from "../scan/raw.ts";
import type { Unit } from "../sources/unit.ts";

/** Remembers which packs and loose objects a scan looked through without a gap. */
export class LookedThrough {
  readonly #objects: Objects;
  readonly #idSize: number;
  /** By pack: objects that are still to be looked at. What has a gap never comes to an end. */
  readonly #left: number[];
  /** By folder: the loose objects that were looked at. */
  readonly #places: Uint8Array[][];
  readonly #unread = new Set<string>();

  constructor(objects: Objects, idSize: number) {
    this.#objects = objects;
    this.#idSize = idSize;
    this.#left = objects.packs.map((pack) => (pack.gaps.length > 0 ? Number.NaN : busy(pack, 0, pack.index.count)));
    this.#places = objects.loose.map(() => []);
  }

  readonly finished = (unit: Unit, { gaps: all, unfetched }: UnitResult): void => {
    if (unit.kind !== "objects") return;
    for (const id of unfetched) this.#unread.add(id);
    for (const { what } of all) if (OPENED.test(what)) this.#unread.add(what.slice(5, what.search(/!|$/)));
    const gaps = all.filter(({ what }) => !OPENED.test(what));
    const { pack, folder, from, to } = unit;
    if (pack !== undefined)
      this.#left[pack]! -= gaps.length > 0 ? Number.NaN : busy(this.#objects.packs[pack]!, from, to);
    else if (gaps.every(isOfObject)) {
      for (const { what } of gaps) this.#unread.add(what);
      this.#places[folder!]!.push(...this.#read(this.#objects.loose[folder!]!, from, to));
    }
  };

  /** Adds the ids of what was looked at to those that were known. */
  ids(known: Uint8Array): Uint8Array {
    const packed = this.#whole().map(({ index, repeated }) => {
      if (!repeated.includes(1) && this.#unread.size === 0) return index.ids;
      const own = Array.from(repeated.keys()).filter((position) => repeated[position] !== 1);
      return Buffer.concat(own.map((position) => this.#idAt(index.ids, position)).filter((id) => this.#isRead(id)));
    });
    const loose = this.#places.map((ids) => Buffer.concat(ids.toSorted(Buffer.compare)));
    return [...packed, ...loose].reduce((all, ids) => mergedIds(all, ids, this.#idSize), known);
  }

  /** Checksums of the packs all of whose objects are among these ids; a copy elsewhere may have been what could not be read. */
  packs(ids: Uint8Array): readonly string[] {
    const last = ids.length / this.#idSize - 1;
    const isKnown = (pack: StoredPack, position: number): boolean =>
      searchId(ids, pack.index.ids, position * this.#idSize, this.#idSize, 0, last) >= 0;
    return this.#whole()
      .filter((pack) =>
        pack.repeated.every((mark, position) => (mark !== 1 && this.#unread.size === 0) || isKnown(pack, position)),
      )
      .map(({ index }) => Buffer.from(index.packChecksum).toString("hex"));
  }

  #whole(): readonly StoredPack[] {
    return this.#objects.packs.filter((_, i) => this.#left[i] === 0);
  }

  *#read({ ids, repeated }: LooseObjects, from: number, to: number): Generator<Uint8Array> {
    for (let place = from; place < to; place++) {
      const id = this.#idAt(ids, place);
      if (repeated[place] !== 1 && this.#isRead(id)) yield id;
    }
  }

  #isRead(id: Uint8Array): boolean {
    return this.#unread.size === 0 || !this.#unread.has(Buffer.from(id).toString("hex"));
  }

  #idAt(ids: Uint8Array, place: number): Uint8Array {
    return ids.subarray(place * this.#idSize, (place + 1) * this.#idSize);
  }
}

function busy({ idle }: StoredPack, from: number, to: number): number {
  let count = 0;
  for (let rank = from; rank < to; rank++) if (idle?.[rank] !== 1) count++;
  return count;
}

/** A gap of what one version was opened to, which breaks no other one. */
const OPENED = /^blob (?:[0-9a-f]{40}|[0-9a-f]{64})(?:!|$)/;

const isOfObject = ({ what }: Gap): boolean => /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(what);
