import { Malformed } from "./malformed.ts";
import { type HashKind, ID_SIZE, idAt, type ObjectId } from "./object-id.ts";
import { PagedFile } from "./paged-file.ts";
import type { Recent } from "./recent.ts";

const MAGIC = 0xff744f63;
const FANOUT = 256 * 4;
const LARGE = 0x80000000;
/** Ids that are looked at together: a guess is off by half the square root of what shares a first byte. */
const WINDOW = 200;
/** Guesses before the middle is taken: ids that somebody chose are not where hashes would be. */
const GUESSES = 4;

/** Where the tables of an index begin (gitformat-pack(5), "pack-*.idx files"), and how far its ids are apart. */
interface Layout {
  readonly fanout: Uint32Array;
  readonly ids: number;
  readonly stride: number;
  readonly offsets: number;
  readonly offsetStride: number;
  /** Offsets of 64 bits, which version 1 has not. */
  readonly large: number;
  readonly end: number;
}

/**
 * Searches the index of a pack where it lies, for who wants a few objects. Ids are hashes, so where one stands is guessed well
 * from its first digits: most are found in the first page that is read. An index that is not sorted may hide objects; whoever misses one
 * says so.
 */
export class IndexSearch {
  readonly #file: PagedFile;
  readonly #size: number;
  readonly #layout: Layout;
  #window: Buffer = Buffer.alloc(0);

  /** Reads the head of an index; one whose sizes do not fit is malformed. */
  constructor(path: string, hash: HashKind, pages: Recent<Buffer>) {
    this.#file = new PagedFile(path, pages);
    this.#size = ID_SIZE[hash];
    this.#layout = layoutOf(this.#file, this.#size);
  }

  /** Where the entry of an id begins in the pack; undefined if the pack does not have it. */
  offsetOf(id: Uint8Array): number | undefined {
    const place = this.#search(id);
    return place.isThere ? this.#offset(place.position) : undefined;
  }

  /** The ids that begin with these hexadecimal digits, of which there are at least two; at most `most` of them. */
  startingWith(digits: string, most: number): ObjectId[] {
    const { position } = this.#search(Buffer.from(digits.padEnd(2 * this.#size, "0"), "hex"));
    const end = this.#layout.fanout[Number.parseInt(digits.slice(0, 2), 16)]!;
    const found: ObjectId[] = [];
    for (let at = position; at < end && found.length < most; at++) {
      this.#read(at, at + 1);
      const id = idAt(this.#window, 0, this.#size);
      if (!id.startsWith(digits)) break;
      found.push(id);
    }
    return found;
  }

  close(): void {
    this.#file.close();
  }

  /** The position of an id, or of the first that is greater. */
  #search(id: Uint8Array): { readonly position: number; readonly isThere: boolean } {
    const { fanout, stride } = this.#layout;
    const first = id[0]!;
    let low = first === 0 ? 0 : fanout[first - 1]!;
    let high = fanout[first]!;
    // What the four digits behind the first byte say at `low` and at `high`.
    let [least, most] = [0, 2 ** 32];
    for (let step = 0; low < high; step++) {
      const share = step < GUESSES && most > least ? (digitsAt(id, 0) - least) / (most - least) : 0.5;
      const guess = low + Math.floor(Math.min(1, Math.max(0, share)) * (high - low));
      const from = Math.max(low, Math.min(guess - WINDOW / 2, high - WINDOW));
      const to = Math.min(high, from + WINDOW);
      this.#read(from, to);
      const last = to - from - 1;
      if (this.#order(id, 0) > 0) {
        high = from;
        most = digitsAt(this.#window, 0);
      } else if (this.#order(id, last) < 0) {
        low = to;
        least = digitsAt(this.#window, last * stride);
      } else return this.#inWindow(id, from, to);
    }
    return { position: low, isThere: false };
  }

  #inWindow(id: Uint8Array, from: number, to: number): { readonly position: number; readonly isThere: boolean } {
    let [low, high] = [0, to - from];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const order = this.#order(id, middle);
      if (order === 0) return { position: from + middle, isThere: true };
      if (order < 0) low = middle + 1;
      else high = middle;
    }
    return { position: from + low, isThere: false };
  }

  /** The order of an id of the window and another one. */
  #order(id: Uint8Array, place: number): number {
    const at = place * this.#layout.stride;
    return this.#window.compare(id, 0, this.#size, at, at + this.#size);
  }

  /** Puts the ids at positions [from, to) into the window. */
  #read(from: number, to: number): void {
    const { ids, stride } = this.#layout;
    this.#window = this.#bytes(ids + from * stride, (to - from) * stride);
  }

  #bytes(at: number, length: number): Buffer {
    const bytes = this.#file.bytes(at, length);
    if (bytes.length < length) throw new Malformed("the index became shorter while it was read");
    return bytes;
  }

  #offset(position: number): number {
    const { offsets, offsetStride, large, end } = this.#layout;
    const small = this.#bytes(offsets + position * offsetStride, 4).readUInt32BE(0);
    if (small < LARGE || offsetStride > 4) return small;
    const at = large + (small - LARGE) * 8;
    if (at + 8 > end) throw new Malformed("the index points outside its table of large offsets");
    const read = this.#bytes(at, 8);
    const offset = read.readUInt32BE(0) * 2 ** 32 + read.readUInt32BE(4);
    if (offset > Number.MAX_SAFE_INTEGER) throw new Malformed("the index has an offset that no file can have");
    return offset;
  }
}

/** The four bytes behind the first of an id, as a number. */
const digitsAt = (bytes: Uint8Array, at: number): number =>
  bytes[at + 1]! * 2 ** 24 + (bytes[at + 2]! << 16) + (bytes[at + 3]! << 8) + bytes[at + 4]!;

function layoutOf(file: PagedFile, size: number): Layout {
  const head = file.bytes(0, 8 + FANOUT);
  if (head.length < 8 + FANOUT) throw new Malformed("the index is too short");
  const version = head.readUInt32BE(0) === MAGIC ? head.readUInt32BE(4) : 1;
  if (version !== 1 && version !== 2) throw new Malformed(`the index is of version ${version}, not 1 or 2`);
  const start = version === 1 ? 0 : 8;
  const fanout = readFanout(head, start);
  const count = fanout[255]!;
  const end = file.size - 2 * size;
  const layout = version === 1 ? oldLayout(count, size) : newLayout(count, size);
  if (version === 1 ? layout.large !== end : layout.large > end)
    throw new Malformed("the index's size does not fit its count of objects");
  return { ...layout, fanout, end };
}

type Tables = Omit<Layout, "fanout" | "end">;

function newLayout(count: number, size: number): Tables {
  const ids = 8 + FANOUT;
  const offsets = ids + count * (size + 4);
  return { ids, stride: size, offsets, offsetStride: 4, large: offsets + count * 4 };
}

/** Version 1 has offset and id side by side. */
function oldLayout(count: number, size: number): Tables {
  const stride = size + 4;
  return { ids: FANOUT + 4, stride, offsets: FANOUT, offsetStride: stride, large: FANOUT + count * stride };
}

function readFanout(head: Buffer, at: number): Uint32Array {
  const fanout = new Uint32Array(256);
  for (let i = 0; i < 256; i++) {
    fanout[i] = head.readUInt32BE(at + i * 4);
    if (i > 0 && fanout[i]! < fanout[i - 1]!) throw new Malformed("the index's fan-out table descends");
  }
  return fanout;
}
