import { closeSync, openSync, readSync } from "node:fs";
import type { Pack } from "../git/pack.ts";
import type { Stretch, Unpacker } from "../kernel/history.ts";

/** Bytes of a file that are read at once: deltas stand near their bases, mostly. */
const PAGE = 256 << 10;
/** How many are kept at most, of all packs of a thread: 16 MiB. */
const MOST = 64;
/** Which part of the kernel's memory they may take. */
const PART = 16;

let opened = 0;

/** Pages of packs in the kernel's memory, so that most objects are inflated from where they were read to. */
export class PackPages {
  readonly unpacker: Unpacker;
  readonly #room: Stretch;
  /** By a page's number, where it is; the one used last comes last. */
  readonly #places = new Map<number, number>();
  /** By place: how many bytes the page has. */
  readonly #sizes: Int32Array;
  #last = -1;
  #lastPlace = 0;

  /** Takes its room from an unpacker's stack, for ever. */
  constructor(unpacker: Unpacker) {
    const count = Math.max(1, Math.min(MOST, Math.floor(unpacker.limit / PART / PAGE)));
    const room = unpacker.push(count * PAGE);
    if (!room) throw new Error("the unpacker has no room for pages of packs");
    this.unpacker = unpacker;
    this.#room = room;
    this.#sizes = new Int32Array(count);
  }

  /** A page by its number, which `fill` reads if it is not there; until the next one is asked for. */
  page(number: number, fill: (room: Buffer) => number): Stretch {
    if (number !== this.#last) {
      this.#lastPlace = this.#placeOf(number, fill);
      this.#last = number;
    }
    return { at: this.#room.at + this.#lastPlace * PAGE, size: this.#sizes[this.#lastPlace]! };
  }

  #placeOf(number: number, fill: (room: Buffer) => number): number {
    let place = this.#places.get(number);
    if (place === undefined) {
      place = this.#freed();
      this.#sizes[place] = fill(this.unpacker.bytes({ at: this.#room.at + place * PAGE, size: PAGE }));
    } else this.#places.delete(number);
    this.#places.set(number, place);
    return place;
  }

  /** A place for a page: that of the one that was not used for longest, if there is no other. */
  #freed(): number {
    if (this.#places.size < this.#sizes.length) return this.#places.size;
    const [[number, place]] = this.#places as unknown as [[number, number]];
    this.#places.delete(number);
    return place;
  }
}

/** The bytes of a pack, read from its file by pages. */
export class PackBytes {
  readonly #fd: number;
  readonly #pages: PackPages;
  /** The number of its first page: no other file's pages have such numbers. */
  readonly #first = ++opened * 2 ** 32;

  /** Packs that are read at the same time may share their pages. */
  constructor({ path }: Pick<Pack, "path">, pages: PackPages) {
    this.#fd = openSync(path, "r");
    this.#pages = pages;
  }

  /** The address in the kernel's memory at which `size` bytes from a place stand, at most as many as its input holds, until others are asked for; -1 when the pack ends before. */
  at(start: number, size: number): number {
    const within = start % PAGE;
    if (within + size > PAGE) {
      const { input } = this.#pages.unpacker;
      return this.read(start, size, input.bytes) ? input.base : -1;
    }
    const page = this.#page(Math.floor(start / PAGE));
    return within + size <= page.size ? page.at + within : -1;
  }

  /** Puts `size` bytes from a place to the start of a buffer; false when the pack ends before. */
  read(start: number, size: number, into: Buffer): boolean {
    if (size > PAGE) return this.#fill(start, into.subarray(0, size)) === size;
    for (let filled = 0; filled < size; ) {
      const at = start + filled;
      const page = this.#page(Math.floor(at / PAGE));
      const within = at % PAGE;
      const got = Math.min(page.size - within, size - filled);
      if (got <= 0) return false;
      into.set(this.#pages.unpacker.bytes({ at: page.at + within, size: got }), filled);
      filled += got;
    }
    return true;
  }

  close(): void {
    closeSync(this.#fd);
  }

  #page(number: number): Stretch {
    return this.#pages.page(this.#first + number, (room) => this.#fill(number * PAGE, room));
  }

  #fill(start: number, into: Buffer): number {
    let filled = 0;
    for (let got = 1; got > 0 && filled < into.length; filled += got)
      got = readSync(this.#fd, into, filled, into.length - filled, start + filled);
    return filled;
  }
}
