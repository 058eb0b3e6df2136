import { type Gaps, Malformed, whyUnread } from "./malformed.ts";
import { ID_SIZE } from "./object-id.ts";
import { findId, idOfRank, type PackIndex, rankAt, ranksOf } from "./pack-index.ts";
import { type OpenFile, readAt, withFile } from "./regular-file.ts";
import { type Cursor, readByte, readBytes, readOffsetNumber } from "./varint.ts";

/** Kinds of entries that hold a change of another object, beside those of `object-id.ts` (gitformat-pack(5), "Object types"). */
export const OFS_DELTA = 6;
export const REF_DELTA = 7;

/** What the header of each entry of a pack says, by rank. */
export interface EntryHeaders {
  /** The kind of entry: an object's, `OFS_DELTA` or `REF_DELTA`; 0 if the header cannot be read. */
  readonly stored: Uint8Array;
  /** Bytes of what is deflated: of the object, or of the delta itself. */
  readonly sizes: Float64Array;
  /** Bytes of the header: the zlib stream begins that far behind the entry's offset. */
  readonly headers: Uint8Array;
  /** The rank of the delta's base; -1 without one. */
  readonly bases: Int32Array;
}

/** More than any header has: a size and a distance of 8 bytes each, or an id of 32. */
const LONGEST_HEADER = 64;
/** Small enough to stay in a processor's cache between reading and parsing. */
const PIECE = 1 << 20;

/** Headers that threads read side by side: plain data over shared memory. Each takes portions of ranks until none is left. */
export interface SharedHeaders {
  readonly path: string;
  readonly index: PackIndex;
  readonly end: number;
  readonly found: EntryHeaders;
  /** What became of each portion. */
  readonly portions: Int32Array;
}

/** Hands headers to threads, which read them with `helpRead`. */
export type ShareHeaders = (headers: SharedHeaders) => void;

/** Ranks of one portion. */
const PORTION = 8192;
const FREE = 0;
const TAKEN = 1;
const DONE = 2;
/** Milliseconds that are waited for what other threads have taken: what is not done by then is read here. */
const PATIENCE = 1000;

/**
 * Reads the headers of all entries, in pieces of the pack's file. `end` is where the last entry ends. `share` may hand them
 * to threads that read with this one.
 */
export function readHeaders(
  { path, file }: { readonly path: string; readonly file: OpenFile },
  index: PackIndex,
  end: number,
  gaps: Gaps,
  share?: ShareHeaders,
): EntryHeaders {
  const { count } = index;
  const found: EntryHeaders = {
    stored: new Uint8Array(new SharedArrayBuffer(count)),
    sizes: new Float64Array(new SharedArrayBuffer(count * 8)),
    headers: new Uint8Array(new SharedArrayBuffer(count)),
    bases: new Int32Array(new SharedArrayBuffer(count * 4)).fill(-1),
  };
  const portions = new Int32Array(new SharedArrayBuffer(4 * Math.ceil(count / PORTION)));
  const shared: SharedHeaders = { path, index, end, found, portions };
  if (portions.length > 1) share?.(shared);
  takePortions(file, shared);
  const own = waitedFor(shared) ? shared : copied(shared);
  finish(file, own, gaps);
  return own.found;
}

/** Whether all portions are read before other threads have had time enough. */
function waitedFor({ portions }: SharedHeaders): boolean {
  const latest = Date.now() + PATIENCE;
  for (let portion = 0; portion < portions.length; portion++)
    while (Atomics.load(portions, portion) !== DONE) {
      if (Date.now() >= latest) return false;
      Atomics.wait(portions, portion, TAKEN, 5);
    }
  return true;
}

/** The same where no other thread writes any more. */
function copied(shared: SharedHeaders): SharedHeaders {
  const copy = <T extends Uint8Array | Int32Array | Float64Array>(array: T): T => {
    const own = new SharedArrayBuffer(array.byteLength);
    new Uint8Array(own).set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
    return new (array.constructor as new (buffer: SharedArrayBuffer) => T)(own);
  };
  const { stored, sizes, headers, bases } = shared.found;
  const found = { stored: copy(stored), sizes: copy(sizes), headers: copy(headers), bases: copy(bases) };
  return { ...shared, found, portions: copy(shared.portions) };
}

/** Reads what other threads took and did not read in time, and says of what is broken why. */
function finish(pack: OpenFile, shared: SharedHeaders, gaps: Gaps): void {
  const { index, found, portions } = shared;
  const read = reader(pack, shared);
  for (let portion = 0; portion < portions.length; portion++)
    if (portions[portion] !== DONE) readPortion(read, shared, portion);
  const again = reader(pack, shared);
  for (let rank = 0; rank < index.count; rank++) {
    if (found.stored[rank] !== 0) continue;
    try {
      again(rank);
      throw new Malformed("the file changed while it was read");
    } catch (error) {
      found.stored[rank] = 0;
      found.bases[rank] = -1;
      gaps.add(idOfRank(index, rank), `its entry in the pack cannot be read: ${whyUnread(error)}`);
    }
  }
}

/** Reads headers with the thread that shares them, and others. */
export function helpRead(shared: SharedHeaders): void {
  withFile(shared.path, (file) => takePortions(file, shared));
}

function takePortions(pack: OpenFile, shared: SharedHeaders): void {
  const { portions } = shared;
  const read = reader(pack, shared);
  for (let portion = 0; portion < portions.length; portion++) {
    if (Atomics.compareExchange(portions, portion, FREE, TAKEN) !== FREE) continue;
    readPortion(read, shared, portion);
    Atomics.store(portions, portion, DONE);
    Atomics.notify(portions, portion);
  }
}

function readPortion(read: Reader, { index, found }: SharedHeaders, portion: number): void {
  const to = Math.min(index.count, (portion + 1) * PORTION);
  for (let rank = portion * PORTION; rank < to; rank++) {
    try {
      read(rank);
    } catch {
      found.stored[rank] = 0;
      found.bases[rank] = -1;
    }
  }
}

/** Reads the header of a rank; ranks ascend. One that is broken is malformed. */
type Reader = (rank: number) => void;

function reader(pack: OpenFile, { index, end, found }: SharedHeaders): Reader {
  const pieceAt = pieces(pack, end);
  let ranks: Uint32Array | undefined;
  const rankOf = (position: number): number => {
    ranks ??= ranksOf(index);
    return ranks[position]!;
  };
  return (rank) => {
    const offset = index.offsets[rank]!;
    const next = entryEnd(index, rank, end);
    if (offset < 12 || next <= offset) throw new Malformed("the index gives it no place of its own in the pack");
    const { bytes, start } = pieceAt(offset);
    const cursor = { bytes, at: offset - start, end: Math.min(next - start, bytes.length) };
    readHeader(cursor, rank, index, rankOf, found);
    found.headers[rank] = cursor.at + start - offset;
  };
}

/** Where a rank's entry must have ended: where the next one begins, or where all end. */
export const entryEnd = ({ offsets, count }: PackIndex, rank: number, end: number): number =>
  rank + 1 < count ? Math.min(offsets[rank + 1]!, end) : end;

interface Piece {
  readonly bytes: Uint8Array;
  readonly start: number;
}

/** Gives a piece of the pack that holds at least a header behind an offset; the offsets asked for ascend. */
function pieces(pack: OpenFile, end: number): (offset: number) => Piece {
  const room = new Uint8Array(Math.min(PIECE, end));
  let piece: Piece = { bytes: room.subarray(0, 0), start: 0 };
  return (offset) => {
    if (Math.min(offset + LONGEST_HEADER, end) > piece.start + piece.bytes.length) {
      const wanted = room.subarray(0, Math.min(room.length, end - offset));
      piece = { bytes: wanted.subarray(0, readAt(pack, wanted, offset)), start: offset };
    }
    return piece;
  };
}

function readHeader(
  cursor: Cursor,
  rank: number,
  index: PackIndex,
  rankOf: (position: number) => number,
  into: EntryHeaders,
): void {
  const first = readByte(cursor);
  const kind = (first >> 4) & 7;
  if (kind === 0 || kind === 5) throw new Malformed("is of a kind that git does not have");
  into.sizes[rank] = readEntrySize(cursor, first);
  if (kind === OFS_DELTA) {
    const distance = readOffsetNumber(cursor);
    const base = distance > 0 ? rankAt(index, index.offsets[rank]! - distance) : -1;
    if (base < 0) throw new Malformed("its delta's base is not where the pack says");
    into.bases[rank] = base;
  } else if (kind === REF_DELTA) {
    const id = readBytes(cursor, ID_SIZE[index.hash]);
    const position = findId(index, id);
    if (position < 0) throw new Malformed("its delta's base is not in the same pack (a thin pack)");
    into.bases[rank] = rankOf(position);
  }
  into.stored[rank] = kind;
}

/** The size in an entry's header, whose first byte holds its lowest 4 bits: gitformat-pack(5), "size encoding". */
export function readEntrySize(cursor: Cursor, first: number): number {
  let size = first & 0x0f;
  let unit = 16;
  for (let byte = first; byte & 0x80; unit *= 128) {
    byte = readByte(cursor);
    size += (byte & 0x7f) * unit;
    if (unit > 2 ** 60 || size > Number.MAX_SAFE_INTEGER) throw new Malformed("claims a size that is too large");
  }
  return size;
}
