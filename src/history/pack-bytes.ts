import { closeSync, openSync, readSync } from "node:fs";
import type { Pack } from "../git/pack.ts";

/** Bytes of a file that are read at once, and how many such pages are kept: deltas stand near their bases, mostly. */
const PAGE = 256 << 10;
const PAGES = 64;

/** The bytes of a pack: from the memory that all threads share, or from the file by pages. */
export class PackBytes {
  readonly #shared: Uint8Array | undefined;
  readonly #fd: number | undefined;
  /** By their number; the one used last comes last. */
  readonly #pages = new Map<number, Buffer>();

  constructor({ bytes, path }: Pick<Pack, "bytes" | "path">) {
    this.#shared = bytes;
    this.#fd = bytes ? undefined : openSync(path, "r");
  }

  /** Puts `size` bytes from a place to the start of a buffer; false when the pack ends before. */
  read(start: number, size: number, into: Buffer): boolean {
    if (this.#shared) {
      if (start + size > this.#shared.length) return false;
      into.set(this.#shared.subarray(start, start + size));
      return true;
    }
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
    if (this.#fd !== undefined) closeSync(this.#fd);
  }

  #page(number: number): Buffer {
    let page = this.#pages.get(number);
    if (page) this.#pages.delete(number);
    else {
      const [oldest] = this.#pages.keys();
      const room = this.#pages.size < PAGES ? Buffer.allocUnsafe(PAGE) : this.#taken(oldest!);
      page = room.subarray(0, this.#fill(number * PAGE, room));
    }
    this.#pages.set(number, page);
    return page;
  }

  #taken(number: number): Buffer {
    const page = this.#pages.get(number)!;
    this.#pages.delete(number);
    return page.length === PAGE ? page : Buffer.allocUnsafe(PAGE);
  }

  #fill(start: number, into: Buffer): number {
    let filled = 0;
    for (let got = 1; got > 0 && filled < into.length; filled += got)
      got = readSync(this.#fd!, into, filled, into.length - filled, start + filled);
    return filled;
  }
}
