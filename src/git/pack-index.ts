import { Malformed } from "./malformed.ts";
import { compareIds, type HashKind, ID_SIZE, idAt, type ObjectId, searchId } from "./object-id.ts";
import { type Numbers, radixSort } from "./radix-sort.ts";
import { readAt, withFile } from "./regular-file.ts";

/**
 * The index of a pack (gitformat-pack(5), "pack-*.idx files"), as arrays that threads can share. An object has a
 * _position_, its place in the order of ids, and a _rank_, its place in the pack.
 */
export interface PackIndex {
  readonly hash: HashKind;
  readonly count: number;
  /** The ids one after the other, ascending. */
  readonly ids: Uint8Array;
  /** How many ids have a first byte of at most the index. */
  readonly fanout: Uint32Array;
  /** By rank: where an object's entry begins in the pack, ascending. */
  readonly offsets: Numbers;
  /** By rank: the position of the id. */
  readonly positions: Uint32Array;
  /** The pack's own checksum, which ends the pack. */
  readonly packChecksum: Uint8Array;
}

const MAGIC = 0xff744f63;
const FANOUT = 256 * 4;
/** Offsets and sizes are exact in a number up to here: 2^53. */
const EXACT = Number.MAX_SAFE_INTEGER;
const LARGE = 0x80000000;
/** An index of 38 million objects. */
const LARGEST = 2 ** 30;

/** Reads an index file of version 1 or 2; every count in it is held against the file's size. Of what stands in it the ids are kept. */
export function readPackIndex(path: string, hash: HashKind): PackIndex {
  const bytes = withFile(path, (file) => {
    if (file.size > LARGEST) throw new Malformed(`the index is larger than ${LARGEST} bytes`);
    const room = new Uint8Array(file.size);
    if (readAt(file, room, 0) !== file.size) throw new Malformed("the index became shorter while it was read");
    return room;
  });
  return parsePackIndex(bytes, hash);
}

/** Reads an index from its bytes. */
export function parsePackIndex(bytes: Uint8Array, hash: HashKind): PackIndex {
  const size = ID_SIZE[hash];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isNew = bytes.length >= 8 && view.getUint32(0) === MAGIC;
  if (isNew && view.getUint32(4) !== 2) throw new Malformed(`the index is of version ${view.getUint32(4)}, not 1 or 2`);
  const fanoutAt = isNew ? 8 : 0;
  if (bytes.length < fanoutAt + FANOUT + 2 * size) throw new Malformed("the index is too short");
  const fanout = readFanout(view, fanoutAt);
  const count = fanout[255]!;
  const tables = isNew
    ? tablesOf(bytes, fanoutAt + FANOUT, count, size)
    : oldTablesOf(bytes, fanoutAt + FANOUT, count, size);
  checkIds(tables.ids, fanout, size);
  const { keys: offsets, order: positions } = radixSort(readOffsets(tables));
  const ids = new Uint8Array(new SharedArrayBuffer(count * size));
  ids.set(tables.ids);
  const packChecksum = bytes.slice(bytes.length - 2 * size, bytes.length - size);
  return { hash, count, ids, fanout, offsets, positions, packChecksum };
}

function readFanout(view: DataView, at: number): Uint32Array {
  const fanout = new Uint32Array(new SharedArrayBuffer(FANOUT));
  for (let i = 0; i < 256; i++) {
    fanout[i] = view.getUint32(at + i * 4);
    if (i > 0 && fanout[i]! < fanout[i - 1]!) throw new Malformed("the index's fan-out table descends");
  }
  return fanout;
}

interface Tables {
  readonly ids: Uint8Array;
  /** Offsets of 31 bits, or places in `large` where the highest bit is set. */
  readonly small: DataView;
  /** Offsets of 64 bits. */
  readonly large: DataView;
}

function tablesOf(bytes: Uint8Array, at: number, count: number, size: number): Tables {
  // Behind the ids stand their CRC-32.
  const crcsAt = at + count * size;
  const smallAt = crcsAt + count * 4;
  const largeAt = smallAt + count * 4;
  const end = bytes.length - 2 * size;
  if (largeAt > end || (end - largeAt) % 8 !== 0)
    throw new Malformed("the index's size does not fit its count of objects");
  return {
    ids: bytes.subarray(at, crcsAt),
    small: viewOf(bytes, smallAt, largeAt),
    large: viewOf(bytes, largeAt, end),
  };
}

/** Version 1 has offset and id side by side. */
function oldTablesOf(bytes: Uint8Array, at: number, count: number, size: number): Tables {
  if (at + count * (4 + size) !== bytes.length - 2 * size)
    throw new Malformed("the index's size does not fit its count of objects");
  const ids = new Uint8Array(count * size);
  const small = new Uint8Array(count * 4);
  for (let i = 0, from = at; i < count; i++, from += 4 + size) {
    small.set(bytes.subarray(from, from + 4), i * 4);
    ids.set(bytes.subarray(from + 4, from + 4 + size), i * size);
  }
  return { ids, small: viewOf(small, 0, small.length), large: viewOf(small, 0, 0) };
}

const viewOf = (bytes: Uint8Array, from: number, to: number): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset + from, to - from);

/** A search finds nothing reliably in ids that are not sorted, or that lie outside their fan-out. */
function checkIds(ids: Uint8Array, fanout: Uint32Array, size: number): void {
  for (let first = 0, i = 0; first < 256; first++) {
    for (const end = fanout[first]!; i < end; i++) {
      if (ids[i * size] !== first) throw new Malformed("the index's fan-out table does not fit its ids");
      if (i > 0 && compareIds(ids, (i - 1) * size, ids, i * size, size) > 0)
        throw new Malformed("the index's ids are not sorted");
    }
  }
}

function readOffsets({ small, large }: Tables): Numbers {
  const count = small.byteLength / 4;
  const offsets = large.byteLength === 0 ? new Uint32Array(count) : new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const offset = small.getUint32(i * 4);
    offsets[i] = offset < LARGE ? offset : largeOffset(large, offset - LARGE);
  }
  return offsets;
}

function largeOffset(large: DataView, place: number): number {
  if ((place + 1) * 8 > large.byteLength) throw new Malformed("the index points outside its table of large offsets");
  const offset = large.getUint32(place * 8) * 2 ** 32 + large.getUint32(place * 8 + 4);
  if (offset > EXACT) throw new Malformed("the index has an offset that no file can have");
  return offset;
}

/** The position of an id that stands at a place of some bytes; -1 if the pack does not have it. */
export function findId({ ids, fanout, hash }: PackIndex, bytes: Uint8Array, at = 0): number {
  const size = ID_SIZE[hash];
  const first = bytes[at]!;
  return searchId(ids, bytes, at, size, first === 0 ? 0 : fanout[first - 1]!, fanout[first]! - 1);
}

/** The rank of the entry that begins at an offset; -1 if none does. */
export function rankAt({ offsets }: PackIndex, offset: number): number {
  let low = 0;
  let high = offsets.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = offsets[middle]!;
    if (found === offset) return middle;
    if (found < offset) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** The ranks by position: the inverse of `positions`. */
export function ranksOf({ positions, count }: PackIndex): Uint32Array {
  const ranks = new Uint32Array(count);
  for (let rank = 0; rank < count; rank++) ranks[positions[rank]!] = rank;
  return ranks;
}

/** The bytes of the id of the object of a rank. */
export function idBytes({ ids, positions, hash }: PackIndex, rank: number): Uint8Array {
  const size = ID_SIZE[hash];
  return ids.subarray(positions[rank]! * size, (positions[rank]! + 1) * size);
}

/** The id of the object of a rank. */
export function idOfRank({ ids, positions, hash }: PackIndex, rank: number): ObjectId {
  const size = ID_SIZE[hash];
  return idAt(ids, positions[rank]! * size, size);
}
