import type { IndexEntry } from "./index-file.ts";
import { Malformed } from "./malformed.ts";
import { idAt, type ObjectId } from "./object-id.ts";
import { type Cursor, readBytes, skip } from "./varint.ts";

/** What ties an index to the shared one it was split from (gitformat-index(5), "Split index"). */
export interface Link {
  readonly shared: ObjectId;
  /** Places in the shared index: entries that are no more, and those that others stand in for. */
  readonly gone: (count: number) => readonly number[];
  readonly replaced: (count: number) => readonly number[];
}

const BROKEN = "the index's tie to its shared half cannot be read";

/** Reads a `link` extension; undefined where it ties the index to nothing. */
export function readLink(content: Uint8Array, size: number): Link | undefined {
  if (content.length < size) throw new Malformed(BROKEN);
  if (content.subarray(0, size).every((byte) => byte === 0)) return undefined;
  const cursor: Cursor = { bytes: content, at: size, end: content.length };
  const none = () => [];
  if (content.length === size) return { shared: idAt(content, 0, size), gone: none, replaced: none };
  const [gone, replaced] = [bitmap(cursor), bitmap(cursor)];
  return { shared: idAt(content, 0, size), gone, replaced };
}

/** The places of the bits that are set in a bitmap of EWAH (gitformat-bitmap(5), Appendix A), for at most `count` of them. */
function bitmap(cursor: Cursor): (count: number) => readonly number[] {
  skip(cursor, 4);
  const words = wordAt(readBytes(cursor, 4), 0);
  const bytes = readBytes(cursor, words * 8);
  skip(cursor, 4);
  return (count) => {
    const places: number[] = [];
    const set = (place: number): void => {
      if (place >= count) throw new Malformed(BROKEN);
      places.push(place);
    };
    let place = 0;
    for (let i = 0; i < words; ) {
      // A marker: 31 bits with how many words follow, 32 with how many words are all alike, one with what they are.
      const [high, low] = [wordAt(bytes, i * 8), wordAt(bytes, i * 8 + 4)];
      const alike = (low >>> 1) + (high & 1) * 2 ** 31;
      const end = place + alike * 64;
      if (low & 1) for (; place < end; place++) set(place);
      place = end;
      for (let left = high >>> 1, next = ++i; left > 0 && next <= words; left--, next++, place += 64) {
        if (next === words) throw new Malformed(BROKEN);
        for (let bit = 0; bit < 64; bit++)
          if ((wordAt(bytes, next * 8 + (bit < 32 ? 4 : 0)) >>> (bit & 31)) & 1) set(place + bit);
        i = next + 1;
      }
    }
    return places;
  };
}

const wordAt = (bytes: Uint8Array, at: number): number =>
  ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0;

/** The entries of both halves. Of the second one, those without a name stand in for some of the shared ones, and the others come beside them. */
export function joined(shared: readonly IndexEntry[], second: readonly IndexEntry[], link: Link): IndexEntry[] {
  const nameless = second.filter(({ path }) => path === "");
  const own = second.filter(({ path }) => path !== "");
  const all: (IndexEntry | undefined)[] = [...shared];
  const replaced = link.replaced(shared.length);
  if (replaced.length !== nameless.length) throw new Malformed(BROKEN);
  for (const [i, place] of replaced.entries()) all[place] = { ...nameless[i]!, path: shared[place]!.path };
  for (const place of link.gone(shared.length)) all[place] = undefined;
  const merged: IndexEntry[] = [];
  let next = 0;
  for (const entry of all) {
    if (!entry) continue;
    while (next < own.length && compare(own[next]!, entry) < 0) merged.push(own[next++]!);
    if (next < own.length && compare(own[next]!, entry) === 0) merged.push(own[next++]!);
    else merged.push(entry);
  }
  return [...merged, ...own.slice(next)];
}

const compare = (a: IndexEntry, b: IndexEntry): number =>
  a.path < b.path ? -1 : a.path > b.path ? 1 : a.stage - b.stage;
