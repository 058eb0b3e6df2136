import { compareIds, type ObjectId, searchId } from "../git/object-id.ts";
import type { LooseObjects, Objects, StoredPack } from "../git/objects.ts";
import { mergedIds } from "../history/new-objects.ts";
import { MOST_UNREAD, type UnreadVersion } from "../history/state.ts";
import { type Gap, masked, type Report } from "../model/index.ts";
import { OVERFULL } from "../scan/match-gatherer.ts";
import type { UnitResult } from "../scan/raw.ts";
import type { Unit } from "../sources/unit.ts";

/** Remembers which packs and loose objects a scan looked through, and what of them it could not read. */
export class LookedThrough {
  readonly #objects: Objects;
  readonly #idSize: number;
  /** By pack: objects that are still to be looked at. What has a gap of its own bytes never comes to an end. */
  readonly #left: number[];
  /** By folder: the loose objects that were looked at. */
  readonly #places: Uint8Array[][];
  /** By id: what could not be read all of. */
  readonly #unread = new Map<string, UnreadVersion>();
  /** Ids of what is to be looked at by every run. */
  readonly #again = new Set<string>();
  readonly #findAgain: boolean;

  /** `unread` is what earlier runs could not read, and is not looked at again; with `findAgain` is what something was found in. */
  constructor(objects: Objects, idSize: number, unread: readonly UnreadVersion[], findAgain: boolean) {
    this.#objects = objects;
    this.#findAgain = findAgain;
    this.#idSize = idSize;
    this.#left = objects.packs.map((pack) => (pack.gaps.length > 0 ? Number.NaN : busy(pack, 0, pack.index.count)));
    this.#places = objects.loose.map(() => []);
    for (const one of unread) this.#unread.set(one.id, one);
  }

  readonly finished = (unit: Unit, { table, gaps: all, unfetched }: UnitResult): void => {
    if (unit.kind !== "objects") return;
    for (const { id, oid } of unfetched) this.#unreadOf(id, { oid });
    for (const { what, why } of all) {
      const [named, id] = OPENED.exec(what) ?? [];
      if (named && id) this.#unreadOf(id, { gaps: [{ what: named + masked(what.slice(named.length)), why }] });
    }
    if (this.#findAgain) for (const { provenance } of table?.texts ?? []) this.#again.add(provenance.object);
    const gaps = all.filter(({ what }) => !OPENED.test(what));
    const { pack, folder, from, to } = unit;
    if (pack !== undefined)
      this.#left[pack]! -= gaps.length > 0 ? Number.NaN : busy(this.#objects.packs[pack]!, from, to);
    else if (gaps.every(isOfObject)) {
      for (const { what } of gaps) this.#unreadOf(what, {});
      this.#places[folder!]!.push(...this.#idsOf(this.#objects.loose[folder!]!, from, to));
    }
  };

  /**
   * Told of the report, when everything was looked at. A run that had no room for all it found is not remembered; with
   * `findAgain`, trees in whose names something was found are looked at again.
   */
  readonly reported = ({ findings, gaps }: Report): void => {
    if (gaps.some(({ why }) => why === OVERFULL)) {
      this.#left.fill(Number.NaN);
      this.#places.fill([]);
    }
    if (!this.#findAgain) return;
    for (const { provenance } of findings.flatMap(({ exposures }) => exposures)) {
      const [, tree] = IN_TREE.exec(provenance.path) ?? [];
      if (tree) this.#again.add(tree);
    }
  };

  /** Adds the ids of what was looked at to those that were known. */
  ids(known: Uint8Array): Uint8Array {
    const open = this.#open();
    const packed = this.#whole().map((pack) => this.#looked(pack, open));
    const loose = this.#places.map((ids) =>
      Buffer.concat(ids.filter((id) => this.#isRead(id)).toSorted(Buffer.compare)),
    );
    return [...packed, ...loose].reduce((all, ids) => mergedIds(all, ids, this.#idSize), known);
  }

  /**
   * Checksums of the packs all of whose objects are among these ids, but for some that could not be read, which are given with them; a
   * copy elsewhere may have been what could not be read.
   */
  packs(ids: Uint8Array): { readonly packs: readonly string[]; readonly unread: readonly UnreadVersion[] } {
    const packs: string[] = [];
    const holders = new Map([...this.#unread].map(([id, { packs: known }]) => [id, [...known]]));
    for (const pack of this.#whole()) {
      const unknown = this.#remembered(pack, ids);
      if (!unknown) continue;
      const checksum = Buffer.from(pack.index.packChecksum).toString("hex");
      packs.push(checksum);
      for (const id of unknown) holders.get(id)!.push(checksum);
    }
    const unread = [...this.#unread.values()].map((one) => ({ ...one, packs: holders.get(one.id)! }));
    return { packs, unread: unread.filter((one) => one.packs.length > 0) };
  }

  /** Ids of what could not be read, or is to be looked at again: one after the other, ascending. */
  #open(): Uint8Array {
    const ids = [...this.#unread.keys(), ...this.#again].map((id) => Buffer.from(id, "hex"));
    return Buffer.concat(ids.toSorted(Buffer.compare));
  }

  /** Ids of a pack that count there, but for those that are open: a pack may have millions, so they are copied in stretches. */
  #looked({ index: { ids }, repeated }: StoredPack, open: Uint8Array): Uint8Array {
    if (!repeated.includes(1) && open.length === 0) return ids;
    const size = this.#idSize;
    const looked = Buffer.from(ids);
    let end = 0;
    let next = 0;
    for (let place = 0, at = 0; place < repeated.length; place++, at += size) {
      while (next < open.length && compareIds(open, next, ids, at, size) < 0) next += size;
      const isOpen = next < open.length && compareIds(open, next, ids, at, size) === 0;
      if (isOpen || repeated[place] === 1) continue;
      if (end < at) looked.copyWithin(end, at, at + size);
      end += size;
    }
    return looked.subarray(0, end);
  }

  /** Ids of a pack that are not among some ids. */
  *#unknown({ index, repeated }: StoredPack, ids: Uint8Array): Generator<string> {
    const last = ids.length / this.#idSize - 1;
    for (let place = 0; place < repeated.length; place++) {
      if (this.#isAllRead && repeated[place] !== 1) continue;
      const isKnown = searchId(ids, index.ids, place * this.#idSize, this.#idSize, 0, last) >= 0;
      if (!isKnown) yield Buffer.from(this.#idAt(index.ids, place)).toString("hex");
    }
  }

  /** The same, if each of them is remembered. */
  #remembered(pack: StoredPack, ids: Uint8Array): readonly string[] | undefined {
    const unknown: string[] = [];
    for (const id of this.#unknown(pack, ids)) {
      if (!this.#isRemembered(id)) return undefined;
      unknown.push(id);
    }
    return unknown;
  }

  #isRemembered(id: string): boolean {
    const { gaps = [], oid } = this.#unread.get(id) ?? {};
    const isTold = oid !== undefined || (gaps.length > 0 && gaps.length <= MOST_GAPS);
    return isTold && !this.#again.has(id) && this.#unread.size <= MOST_UNREAD;
  }

  #unreadOf(id: string, more: Partial<Pick<UnreadVersion, "gaps" | "oid">>): void {
    const known = this.#unread.get(id) ?? { id: id as ObjectId, packs: [], gaps: [] };
    this.#unread.set(id, { ...known, ...more, gaps: [...known.gaps, ...(more.gaps ?? [])] });
  }

  #whole(): readonly StoredPack[] {
    return this.#objects.packs.filter((_, i) => this.#left[i] === 0);
  }

  *#idsOf({ ids, repeated }: LooseObjects, from: number, to: number): Generator<Uint8Array> {
    for (let place = from; place < to; place++) {
      const id = this.#idAt(ids, place);
      if (repeated[place] !== 1) yield id;
    }
  }

  #isRead(id: Uint8Array): boolean {
    if (this.#isAllRead) return true;
    const text = Buffer.from(id).toString("hex");
    return !this.#unread.has(text) && !this.#again.has(text);
  }

  get #isAllRead(): boolean {
    return this.#unread.size === 0 && this.#again.size === 0;
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

/** A version with more gaps is looked at again. */
const MOST_GAPS = 100;

/** A name of a file or folder, as `scan/entry-names.ts` calls its place. */
const IN_TREE = /\bname of .* in tree ([0-9a-f]{40}|[0-9a-f]{64})$/s;

/** A gap of one version, which breaks no other one. */
const OPENED = /^(?:blob|commit|tag) ([0-9a-f]{40}|[0-9a-f]{64})(?=!|$)/;

const isOfObject = ({ what }: Gap): boolean => /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(what);
