import { IndexSearch } from "./index-search.ts";
import { applyDelta, inflateExactly } from "./inflate.ts";
import type { ObjectContent } from "./loose.ts";
import { Malformed, tooLarge } from "./malformed.ts";
import { type HashKind, ID_SIZE, type ObjectKind } from "./object-id.ts";
import { OFS_DELTA, REF_DELTA, readEntrySize } from "./pack-entries.ts";
import { PagedFile } from "./paged-file.ts";
import type { Recent } from "./recent.ts";
import { readByte, readBytes, readOffsetNumber } from "./varint.ts";

/** As git, which makes no longer chains (`pack.depth`); a circle has no end. */
const DEEPEST = 4095;
const LONGEST_HEADER = 64;
/** Nothing is packed better than this by deflate (RFC 1951: 258 bytes in two bits). */
const BEST_RATIO = 1032;
/** Packed bytes beyond twice the content's that are tried at most. */
const MORE = 64 << 10;

/** An entry of a pack: what it is, how long what it holds is, where that begins, and of a delta where its base is. */
interface Entry {
  readonly at: number;
  readonly kind: number;
  readonly size: number;
  readonly data: number;
  readonly base?: number;
}

/** A pack from which a few objects are taken, each with the bases that it is made from (gitformat-pack(5)). */
export class PackFile {
  readonly index: IndexSearch;
  readonly path: string;
  readonly #file: PagedFile;
  readonly #hash: HashKind;
  /** Objects that were made a moment ago, by where they begin: what is wanted next is often made from them. */
  readonly #made: Recent<ObjectContent>;

  constructor(path: string, hash: HashKind, made: Recent<ObjectContent>, pages: Recent<Buffer>) {
    this.index = new IndexSearch(path.replace(/\.pack$/, ".idx"), hash, pages);
    this.path = path;
    this.#file = new PagedFile(path, pages);
    this.#hash = hash;
    this.#made = made;
  }

  /** The object whose entry begins at an offset; what is broken, or has more than `limit` bytes on the way, is malformed. */
  read(offset: number, limit: number): ObjectContent {
    const deltas: Entry[] = [];
    let object: ObjectContent | undefined;
    for (let at = offset; !object; ) {
      object = this.#made.get(this.#key(at));
      if (object) break;
      const entry = this.#entry(at);
      if (entry.size > limit) throw tooLarge(limit);
      if (entry.base === undefined)
        object = this.#keep(at, { kind: entry.kind as ObjectKind, content: this.#inflated(entry) });
      else if (deltas.push(entry) > DEEPEST) throw new Malformed("its chain of deltas has no end");
      else at = entry.base;
    }
    for (const delta of deltas.reverse()) {
      const content = applyDelta(this.#inflated(delta), object.content, limit);
      object = this.#keep(delta.at, { kind: object.kind, content });
    }
    return object;
  }

  close(): void {
    this.index.close();
    this.#file.close();
  }

  #key(at: number): string {
    return `${this.#file.number}:${at}`;
  }

  #keep(at: number, object: ObjectContent): ObjectContent {
    this.#made.set(this.#key(at), object, object.content.length);
    return object;
  }

  #entry(at: number): Entry {
    const bytes = this.#bytes(at, LONGEST_HEADER);
    const cursor = { bytes, at: 0, end: bytes.length };
    const first = readByte(cursor);
    const kind = (first >> 4) & 7;
    if (at < 12 || kind === 0 || kind === 5)
      throw new Malformed("its entry in the pack is of a kind that git does not have");
    const size = readEntrySize(cursor, first);
    let base: number | undefined;
    if (kind === OFS_DELTA) base = at - readOffsetNumber(cursor);
    else if (kind === REF_DELTA) {
      base = this.index.offsetOf(readBytes(cursor, ID_SIZE[this.#hash]));
      if (base === undefined) throw new Malformed("its delta's base is not in the same pack (a thin pack)");
    }
    if (base === at || (base !== undefined && base < 12))
      throw new Malformed("its delta's base is not where the pack says");
    return { at, kind, size, data: at + cursor.at, ...(base !== undefined && { base }) };
  }

  /** What an entry holds. How long its packed bytes are is written nowhere, so a likely length is tried first. */
  #inflated({ data, size }: Entry): Buffer {
    const left = this.#end - data;
    if (size > left * BEST_RATIO + 64) throw new Malformed("it claims to be larger than its packed bytes can hold");
    const likely = Math.min(left, size + (size >> 6) + LONGEST_HEADER);
    return (
      inflateExactly(this.#bytes(data, likely), size) ?? this.#inflatedLong(data, Math.min(left, 2 * size + MORE), size)
    );
  }

  #inflatedLong(data: number, length: number, size: number): Buffer {
    const content = inflateExactly(this.#bytes(data, length), size);
    if (!content) throw new Malformed("its compressed data ends too early");
    return content;
  }

  /** The bytes at a place, but not those of the checksum behind the last entry. */
  #bytes(at: number, length: number): Buffer {
    return this.#file.bytes(at, Math.max(0, Math.min(length, this.#end - at)));
  }

  get #end(): number {
    return this.#file.size - ID_SIZE[this.#hash];
  }
}
