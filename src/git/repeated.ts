import { compareIds } from "./object-id.ts";
import { radixSort } from "./radix-sort.ts";

/** Ids that are stored together, one after the other. */
export interface IdGroup {
  readonly ids: Uint8Array;
  /** By place in `ids`: 1 where the copy cannot be read. */
  readonly broken?: Uint8Array;
}

/**
 * Marks the copies of objects that are stored more than once. The first copy that can be read counts; a mark of 1, by group
 * and place, stands on each other one.
 */
export function markRepeated(groups: readonly IdGroup[], idSize: number): readonly Uint8Array[] {
  const marks = groups.map(({ ids }) => new Uint8Array(new SharedArrayBuffer(ids.length / idSize)));
  // The usual case, a single pack, has nothing to sort; an id that git indexed twice in it is then read twice.
  if (groups.filter(({ ids }) => ids.length > 0).length < 2) return marks;
  const { order, starts, keys } = byFirstBytes(groups, marks, idSize);
  const placeOf = (at: number): Copy => {
    let group = groups.length - 1;
    while (starts[group]! > at) group--;
    return { group, place: at - starts[group]! };
  };
  const compare = (a: Copy, b: Copy): number =>
    compareIds(groups[a.group]!.ids, a.place * idSize, groups[b.group]!.ids, b.place * idSize, idSize);
  for (let first = 0, end = 0; first < order.length; first = end) {
    while (end < order.length && keys[end] === keys[first]) end++;
    if (end - first === 1) continue;
    const copies = Array.from(order.subarray(first, end), placeOf);
    copies.sort((a, b) => compare(a, b) || a.group - b.group || a.place - b.place);
    for (let i = 0, same = 0; i < copies.length; i = same) {
      while (same < copies.length && compare(copies[i]!, copies[same]!) === 0) same++;
      const alike = copies.slice(i, same);
      const counts = alike.find(({ group, place }) => groups[group]!.broken?.[place] !== 1) ?? alike[0];
      for (const copy of alike) if (copy !== counts) marks[copy.group]![copy.place] = 1;
    }
  }
  return marks;
}

interface Copy {
  readonly group: number;
  readonly place: number;
}

/** All ids in the order of their first four bytes, so that equal ones stand near each other. */
function byFirstBytes(groups: readonly IdGroup[], marks: readonly Uint8Array[], idSize: number) {
  const starts: number[] = [];
  let count = 0;
  for (const { length } of marks) {
    starts.push(count);
    count += length;
  }
  const firstBytes = new Uint32Array(count);
  for (const [group, { ids }] of groups.entries()) {
    const view = new DataView(ids.buffer, ids.byteOffset, ids.byteLength);
    for (let i = 0; i < marks[group]!.length; i++) firstBytes[starts[group]! + i] = view.getUint32(i * idSize);
  }
  return { ...radixSort(firstBytes), starts };
}
