import { closeSync, openSync, readSync } from "node:fs";
import type { Pack } from "../git/pack.ts";

/** Bytes of a file that are read at once: deltas stand near their bases, mostly. */
const WINDOW = 1 << 20;

/** The bytes of a pack: from the memory that all threads share, or from the file through a window. */
export class PackBytes {
  readonly #shared: Uint8Array | undefined;
  readonly #fd: number | undefined;
  #held: Buffer = Buffer.alloc(0);
  #start = 0;

  constructor({ bytes, path }: Pick<Pack, "bytes" | "path">) {
    this.#shared = bytes;
    this.#fd = bytes ? undefined : openSync(path, "r");
  }

  /** Fills a buffer from a place; false when the pack ends before. */
  read(start: number, into: Buffer): boolean {
    const end = start + into.length;
    if (this.#shared) {
      if (end > this.#shared.length) return false;
      into.set(this.#shared.subarray(start, end));
      return true;
    }
    if (into.length > WINDOW / 2) return this.#fill(start, into);
    if (start < this.#start || end > this.#start + this.#held.length) this.#move(start);
    return this.#held.copy(into, 0, start - this.#start, end - this.#start) === into.length;
  }

  close(): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
  }

  #move(start: number): void {
    const room = Buffer.allocUnsafe(WINDOW);
    let filled = 0;
    for (let got = 1; got > 0 && filled < WINDOW; filled += got)
      got = readSync(this.#fd!, room, filled, WINDOW - filled, start + filled);
    this.#held = room.subarray(0, filled);
    this.#start = start;
  }

  #fill(start: number, into: Buffer): boolean {
    let filled = 0;
    for (let got = 1; got > 0 && filled < into.length; filled += got)
      got = readSync(this.#fd!, into, filled, into.length - filled, start + filled);
    return filled === into.length;
  }
}
