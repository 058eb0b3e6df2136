import { Malformed } from "../git/malformed.ts";
import { compareIds, ID_SIZE, searchId } from "../git/object-id.ts";
import { listObjects, type Objects, type StoredPack } from "../git/objects.ts";
import { readAt, withFile } from "../git/regular-file.ts";
import type { Repository } from "../git/repository.ts";
import type { ScanState, UnreadVersion } from "./state.ts";

/** What of a repository no earlier run has looked through, and which of the packs that one has are still there. */
export interface NewObjects {
  readonly objects: Objects;
  readonly knownPacks: readonly string[];
  /** What earlier runs could not read of those packs. */
  readonly unread: readonly UnreadVersion[];
}

/**
 * Lists the objects that a state does not know. Of a pack that it knows, only the checksum is read; an object that it
 * knows counts as one that is stored elsewhere. So does a version that could not be read, as long as its pack is there.
 */
export function listNewObjects(repository: Repository, state: ScanState): NewObjects {
  const known = new Set(state.packs);
  const there: string[] = [];
  const size = ID_SIZE[repository.hash];
  const isKnown = (path: string): boolean => {
    const checksum = checksumOf(path, size);
    if (checksum === undefined || !known.has(checksum)) return false;
    there.push(checksum);
    return true;
  };
  const { packs, loose, ...rest } = listObjects(repository, isKnown);
  const unread = stillThere(state.unread, new Set(there));
  const unreadIds = Buffer.concat(unread.map(({ id }) => Buffer.from(id, "hex")).sort(Buffer.compare));
  const passed = packs.length + loose.length > 0 ? mergedIds(state.ids, unreadIds, size) : state.ids;
  for (const { ids, repeated } of [
    ...packs.map(({ index, repeated: marks }) => ({ ids: index.ids, repeated: marks })),
    ...loose,
  ])
    markKnown(ids, repeated, passed, size);
  return { objects: { ...rest, loose, packs: packs.map(withIdle) }, knownPacks: there, unread };
}

const stillThere = (unread: readonly UnreadVersion[], there: ReadonlySet<string>): UnreadVersion[] =>
  unread.flatMap((one) => {
    const packs = one.packs.filter((pack) => there.has(pack));
    return packs.length > 0 ? [{ ...one, packs }] : [];
  });

/** The checksum that ends a pack (gitformat-pack(5)); undefined where it cannot be read, and then the pack is looked at closely. */
function checksumOf(path: string, size: number): string | undefined {
  try {
    return withFile(path, (file) => {
      const trailer = Buffer.alloc(size);
      const isWhole = file.size > size && readAt(file, trailer, file.size - size) === size;
      return isWhole ? trailer.toString("hex") : undefined;
    });
  } catch (error) {
    if (error instanceof Malformed || (error as NodeJS.ErrnoException).code !== undefined) return undefined;
    throw error;
  }
}

function markKnown(ids: Uint8Array, repeated: Uint8Array, known: Uint8Array, size: number): void {
  const last = known.length / size - 1;
  for (let place = 0; place < repeated.length; place++)
    if (searchId(known, ids, place * size, size, 0, last) >= 0) repeated[place] = 1;
}

/** Marks what stands in trees of deltas without anything new. */
function withIdle(pack: StoredPack): StoredPack {
  const { index, bases, repeated } = pack;
  const idle = new Uint8Array(new SharedArrayBuffer(index.count)).fill(1);
  for (let rank = 0; rank < index.count; rank++) {
    if (repeated[index.positions[rank]!] === 1) continue;
    for (let at = rank; at >= 0 && idle[at] === 1; at = bases[at]!) idle[at] = 0;
  }
  return { ...pack, idle };
}

/** The ids of two ascending lists as one, each once. */
export function mergedIds(a: Uint8Array, b: Uint8Array, size: number): Uint8Array {
  const [many, few] = a.length >= b.length ? [a, b] : [b, a];
  if (few.length === 0) return many;
  const all = Buffer.allocUnsafe(a.length + b.length);
  let end = 0;
  let from = 0;
  const put = (bytes: Uint8Array): void => {
    all.set(bytes, end);
    end += bytes.length;
  };
  for (let at = 0; at < few.length; at += size) {
    const place = firstAtLeast(many, few, at, size, from);
    put(many.subarray(from, place));
    from = place;
    if (place === many.length || compareIds(many, place, few, at, size) !== 0) put(few.subarray(at, at + size));
  }
  put(many.subarray(from));
  return all.subarray(0, end);
}

/** Where in ascending ids, from a place on, the first one stands that is not below another. */
function firstAtLeast(ids: Uint8Array, id: Uint8Array, at: number, size: number, from: number): number {
  let low = from / size;
  let high = ids.length / size;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareIds(ids, middle * size, id, at, size) < 0) low = middle + 1;
    else high = middle;
  }
  return low * size;
}
