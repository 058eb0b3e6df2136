import { closeSync, openSync, readSync } from "node:fs";
import type { Pack } from "../git/pack.ts";

/** Bytes of a file that are read at once: deltas stand near their bases, mostly. */
const PAGE = 256 << 10;
/** How many are kept, of all packs of a thread: 16 MiB. */
const PAGES = 64;

/** Pages of packs, by their number; the one used last comes last. */
export type PackPages = Map<number, Buffer>;

let opened = 0;

/** The bytes of a pack, read from its file by pages. */
export class PackBytes {
  readonly #fd: number;
  readonly #pages: PackPages;
  /** The number of its first page: no other file's pages have such numbers. */
  readonly #first = ++opened * 2 ** 32;

  /** Packs that are read at the same time may share their pages. */
  constructor({ path }: Pick<Pack, "path">, pages: PackPages = new Map()) {
    this.#fd = openSync(path, "r");
    this.#pages = pages;
  }

  /** Puts `size` bytes from a place to the start of a buffer; false when the pack ends before. */
  read(start: number, size: number, into: Buffer): boolean {
    if (size > PAGE) return this.#fill(start, into.subarray(0, size)) === size;
    for (let filled = 0; filled < size; ) {
      const at = start + filled;
      const page = this.#page(Math.floor(at / PAGE));
      const got = page.copy(into, filled, at % PAGE, (at % PAGE) + size - filled);
      if (got === 0) return false;
      filled += got;
    }
    return true;
  }

  close(): void {
    closeSync(this.#fd);
  }

  #page(number: number): Buffer {
    const key = this.#first + number;
    let page = this.#pages.get(key);
    if (page) this.#pages.delete(key);
    else {
      const room = this.#pages.size < PAGES ? Buffer.allocUnsafeSlow(PAGE) : this.#oldest();
      page = room.subarray(0, this.#fill(number * PAGE, room));
    }
    this.#pages.set(key, page);
    return page;
  }

  /** The room of the page that was not used for longest, which is given up. */
  #oldest(): Buffer {
    const [[key, page]] = this.#pages as unknown as [[number, Buffer]];
    this.#pages.delete(key);
    return page.length === PAGE ? page : Buffer.allocUnsafeSlow(PAGE);
  }

  #fill(start: number, into: Buffer): number {
    let filled = 0;
    for (let got = 1; got > 0 && filled < into.length; filled += got)
      got = readSync(this.#fd, into, filled, into.length - filled, start + filled);
    return filled;
  }
}
