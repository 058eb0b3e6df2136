import { dirname, join } from "node:path";
import { Malformed } from "./malformed.ts";
import { type HashKind, ID_SIZE, type ObjectId } from "./object-id.ts";
import { readSmall } from "./regular-file.ts";
import { joined, type Link, readLink } from "./split-index.ts";
import { type Cursor, readBytes, readOffsetNumber, skip } from "./varint.ts";

/** An entry of git's index: a file, a submodule, or in a sparse index all of a folder (its path then ends with a slash). */
export interface IndexEntry {
  /** As bytes, one character each (latin1). */
  readonly path: string;
  readonly mode: number;
  /** The object's id as a tree has it: bytes, one character each (latin1). */
  readonly rawId: string;
  /** 0, or of a file that is not merged yet 1 (base), 2 (ours), 3 (theirs). */
  readonly stage: number;
  /** `git add --intent-to-add`: a name without content. */
  readonly isIntended: boolean;
}

/** Entries of an index, in their order. A list is one. */
export interface IndexEntries {
  readonly length: number;
  at(place: number): IndexEntry | undefined;
}

/** Git's index (gitformat-index(5)). */
export interface Index {
  readonly entries: IndexEntries;
  /** Whether all of it can be committed: nothing is unmerged, no entry is a name without content. */
  readonly isWhole: boolean;
  /** Trees of folders as they would be committed, where the index knows them (`TREE`): by path, with a slash at its end. */
  readonly trees: ReadonlyMap<string, CachedTree>;
}

/** A folder whose tree is known: how many entries are in it, and its id as a tree has it (bytes, one character each). */
export interface CachedTree {
  readonly count: number;
  readonly rawId: string;
}

/** What fits in one text. */
const LARGEST = 500 << 20;
const HEADER = 12;
/** Times, device, inode, mode, owner, size: what stands before the id. */
const STATS = 40;
const MODE_AT = 24;
const EXTENDED = 0x4000;
/** In the first of the two bytes that extend the flags. */
const INTENDED = 0x20;
const STAGE = 0x3000;
const NAME_LENGTH = 0xfff;
/** Longer names cannot be checked out anywhere. */
const LONGEST_NAME = 16 << 10;
const DEEPEST = 1024;

const NAMELESS = "an entry of the index has no name";

/** Reads an index file, and the shared one in git's folder if it is split; undefined if there is none. What does not fit its format is malformed: half an index is none. */
export function readIndex(path: string, hash: HashKind, gitDir = dirname(path)): Index | undefined {
  const bytes = readSmall(path, LARGEST);
  return bytes && parseIndex(bytes, hash, (id) => readSmall(join(gitDir, `sharedindex.${id}`), LARGEST));
}

/** Gives the bytes of a shared index. */
type Shared = (id: ObjectId) => Buffer | undefined;

/**
 * Reads an index of version 2, 3 or 4 from its bytes. The checksum behind them is passed by, as git does that would commit
 * them (only `git fsck` looks at it): hashing the whole index would cost a hook more than reading it.
 */
export function parseIndex(bytes: Buffer, hash: HashKind, shared?: Shared): Index {
  const size = ID_SIZE[hash];
  const end = bytes.length - size;
  if (end < HEADER || bytes.toString("latin1", 0, 4) !== "DIRC") throw new Malformed("it is no index of git");
  const version = bytes.readUInt32BE(4);
  if (version < 2 || version > 4) throw new Malformed(`the index is of version ${version}, not 2, 3 or 4`);
  const cursor: Cursor = { bytes, at: HEADER, end };
  const { entries, isWhole } = readEntries(cursor, bytes.readUInt32BE(8), version, size);
  let trees: ReadonlyMap<string, CachedTree> = new Map();
  let link: Link | undefined;
  while (cursor.at + 8 <= end) {
    const name = Buffer.from(readBytes(cursor, 4)).toString("latin1");
    const length = numberAt(readBytes(cursor, 4), 0);
    const content = readBytes(cursor, length);
    if (name === "TREE") trees = readTrees(content, size);
    else if (name === "link") link = readLink(content, size);
    // What begins with a capital letter may be passed over; `sdir` says no more than that folders stand among the entries.
    else if (!/^[A-Z]/.test(name) && name !== "sdir")
      throw new Malformed(`the index has an extension that is not known: ${name}`);
  }
  if (cursor.at !== end) throw new Malformed("the index does not end where it should");
  if (!link) return { entries, isWhole, trees };
  const all = joined([...sharedEntries(link.shared, hash, shared).all()], [...entries.all(true)], link);
  return { entries: all, isWhole: all.every(({ stage, isIntended }) => stage === 0 && !isIntended), trees };
}

/** The entries of the shared half, which git names by the hash at its end. */
function sharedEntries(id: ObjectId, hash: HashKind, shared: Shared | undefined): StoredEntries {
  const bytes = shared?.(id);
  if (!bytes?.subarray(-ID_SIZE[hash]).equals(Buffer.from(id, "hex")))
    throw new Malformed(
      `the index is split, and its half sharedindex.${id} is not here: git update-index --no-split-index`,
    );
  const { entries } = parseIndex(bytes, hash);
  if (!(entries instanceof StoredEntries)) throw new Malformed("the shared half of the index is split itself");
  return entries;
}

const numberAt = (bytes: Uint8Array, at: number): number =>
  ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0;

/** Finds where each entry begins, and of version 4 its name; an entry itself is read when it is asked for. */
function readEntries(cursor: Cursor, count: number, version: number, size: number) {
  const { bytes, end } = cursor;
  if (count * (STATS + size + 3) > end) throw new Malformed("the index has more entries than room for them");
  const starts = new Uint32Array(count);
  const names: string[] | undefined = version === 4 ? [] : undefined;
  const head = STATS + size + 2;
  let isWhole = true;
  let name = "";
  let at = cursor.at;
  // Thousands of times in code that nothing has compiled yet: each step is a few operations.
  for (let i = 0; i < count; i++) {
    const start = at;
    starts[i] = start;
    at += head;
    const flags = (bytes[at - 2]! << 8) | bytes[at - 1]!;
    if (flags & (STAGE | EXTENDED)) {
      if (flags & STAGE) isWhole = false;
      if (flags & EXTENDED) {
        if (version < 3) throw new Malformed("an entry of the index has flags that its version has not");
        if (bytes[at]! & INTENDED) isWhole = false;
        at += 2;
      }
    }
    if (at >= end) throw new Malformed("ends too early");
    if (names) {
      cursor.at = at;
      name = readShared(cursor, name);
      names.push(name);
      at = cursor.at;
      continue;
    }
    const length = flags & NAME_LENGTH;
    at += length < NAME_LENGTH ? length : nameLength(bytes, at, end, flags);
    // The name ends with one to eight zeros, so that each entry begins at a multiple of eight.
    at += 8 - ((at - start) & 7);
  }
  if (at > end) throw new Malformed("ends too early");
  cursor.at = at;
  return { entries: new StoredEntries(bytes, starts, names, size), isWhole };
}

function nameLength(bytes: Uint8Array, at: number, end: number, flags: number): number {
  const length = flags & NAME_LENGTH;
  if (length < NAME_LENGTH) return length;
  const zero = bytes.indexOf(0, at);
  if (zero < 0 || zero > end) throw new Malformed("a name in the index has no end");
  return zero - at;
}

/** Entries where they stand: of thousands a hook asks for few. */
class StoredEntries implements IndexEntries {
  /** The whole index, one character a byte: pieces of a text cost less than pieces of bytes. */
  readonly #text: string;
  readonly #starts: Uint32Array;
  /** Of version 4, whose names are made of those before them. */
  readonly #names: readonly string[] | undefined;
  readonly #size: number;

  constructor(bytes: Uint8Array, starts: Uint32Array, names: readonly string[] | undefined, size: number) {
    this.#text = latin1(bytes);
    this.#starts = starts;
    this.#names = names;
    this.#size = size;
  }

  get length(): number {
    return this.#starts.length;
  }

  at(place: number): IndexEntry | undefined {
    const entry = this.#read(place);
    if (entry?.path === "") throw new Malformed(NAMELESS);
    return entry;
  }

  /** All of them. In a split index those that stand in for entries of its other half have no name. */
  *all(nameless = false): Generator<IndexEntry> {
    for (let place = 0; place < this.length; place++) yield nameless ? this.#read(place)! : this.at(place)!;
  }

  #read(place: number): IndexEntry | undefined {
    const start = this.#starts[place];
    if (start === undefined) return undefined;
    const text = this.#text;
    const idStart = start + STATS;
    let at = idStart + this.#size + 2;
    const flags = this.#pair(at - 2);
    const isExtended = (flags & EXTENDED) !== 0;
    if (isExtended) at += 2;
    const length = flags & NAME_LENGTH;
    const path = this.#names?.[place] ?? text.slice(at, length < NAME_LENGTH ? at + length : text.indexOf("\0", at));
    if (path.length > LONGEST_NAME) throw new Malformed("a name in the index is too long");
    if (path.includes("\0")) throw new Malformed("a name in the index has a zero in it");
    return {
      path,
      mode: this.#pair(start + MODE_AT) * 0x10000 + this.#pair(start + MODE_AT + 2),
      rawId: text.slice(idStart, idStart + this.#size),
      stage: (flags >> 12) & 3,
      isIntended: isExtended && (text.charCodeAt(at - 2) & INTENDED) !== 0,
    };
  }

  /** The number in two bytes. */
  #pair(at: number): number {
    return (this.#text.charCodeAt(at) << 8) | this.#text.charCodeAt(at + 1);
  }
}

/** Version 4: how much of the name before falls away, then what comes in its place, with a zero behind it. */
function readShared(cursor: Cursor, before: string): string {
  const dropped = readOffsetNumber(cursor);
  if (dropped > before.length) throw new Malformed("a name in the index takes more from the one before than that has");
  const { bytes, at, end } = cursor;
  const rest = nameLength(bytes, at, end, NAME_LENGTH);
  skip(cursor, rest + 1);
  const name = before.slice(0, before.length - dropped) + latin1(bytes.subarray(at, at + rest));
  if (name.length > LONGEST_NAME) throw new Malformed("a name in the index is too long");
  return name;
}

const latin1 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");

/** The folders whose trees are known: name, count of entries (-1: not known), count of folders in it, id (gitformat-index(5), "Cache tree"). */
function readTrees(content: Uint8Array, size: number): Map<string, CachedTree> {
  const found = new Map<string, CachedTree>();
  const text = latin1(content);
  let at = 0;
  const upTo = (until: string): string => {
    const end = text.indexOf(until, at);
    if (end < 0) throw new Malformed(UNREAD_TREES);
    const from = at;
    at = end + 1;
    return text.slice(from, end);
  };
  const folder = (parent: string, depth: number): void => {
    const name = upTo("\0");
    const path = depth === 0 ? "" : `${parent}${name}/`;
    const count = Number(upTo(" "));
    const folders = Number(upTo("\n"));
    if (!Number.isSafeInteger(count) || !(folders >= 0) || folders > content.length || depth > DEEPEST)
      throw new Malformed(UNREAD_TREES);
    if (count >= 0) {
      if (at + size > text.length) throw new Malformed(UNREAD_TREES);
      found.set(path, { count, rawId: text.slice(at, at + size) });
      at += size;
    }
    for (let i = 0; i < folders; i++) folder(path, depth + 1);
  };
  if (content.length > 0) folder("", 0);
  return found;
}

const UNREAD_TREES = "the index's list of trees cannot be read";
