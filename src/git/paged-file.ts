import { closeSync } from "node:fs";
import type { Recent } from "./recent.ts";
import { type OpenFile, openRegular, readAt } from "./regular-file.ts";

/** Bytes that are read at once: what is wanted next often stands beside them. */
const PAGE = 16 << 10;

let opened = 0;

/** A file of which single places are read; pages of many files share one room. */
export class PagedFile {
  readonly path: string;
  /** Tells it from all others: short, since it stands in many keys. */
  readonly number = ++opened;
  readonly #pages: Recent<Buffer>;
  #file: OpenFile | undefined;

  constructor(path: string, pages: Recent<Buffer>) {
    this.path = path;
    this.#pages = pages;
  }

  get size(): number {
    return this.#opened().size;
  }

  /** The bytes at a place, fewer where the file ends; not to be written to. */
  bytes(at: number, length: number): Buffer {
    const from = at - (at % PAGE);
    if (at + length > from + PAGE) return this.#read(at, length);
    const key = `${this.number}:${from}`;
    let page = this.#pages.get(key);
    if (!page) {
      page = this.#read(from, PAGE);
      this.#pages.set(key, page, page.length);
    }
    return page.subarray(at - from, at - from + length);
  }

  /** Closes the file until it is read again. */
  close(): void {
    if (this.#file) closeSync(this.#file.fd);
    this.#file = undefined;
  }

  #read(at: number, length: number): Buffer {
    const bytes = Buffer.allocUnsafeSlow(Math.max(0, Math.min(length, this.size - at)));
    return bytes.subarray(0, readAt(this.#opened(), bytes, at));
  }

  #opened(): OpenFile {
    this.#file ??= openRegular(this.path);
    return this.#file;
  }
}
