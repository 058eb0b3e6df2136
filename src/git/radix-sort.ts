/** Digits of 11 bits: their 2,048 buckets stay in the first cache. */
const BUCKETS = 1 << 11;

/** Numbers in ascending order, and where each stood before. */
export interface Sorted {
  readonly keys: Float64Array;
  readonly order: Uint32Array;
}

/** Sorts whole numbers from 0 to 2^53; equal ones stay as they stand. Its time grows with the count alone, whatever the numbers are. */
export function radixSort(unsorted: Float64Array | Uint32Array): Sorted {
  const count = unsorted.length;
  let from = room(count);
  let to = room(count);
  let largest = 0;
  for (let i = 0; i < count; i++) {
    from.keys[i] = unsorted[i]!;
    from.order[i] = i;
    if (unsorted[i]! > largest) largest = unsorted[i]!;
  }
  const next = new Uint32Array(BUCKETS);
  for (let unit = 1; unit <= largest; unit *= BUCKETS) {
    next.fill(0);
    for (let i = 0; i < count; i++) next[digit(from.keys[i]!, unit)]!++;
    for (let i = 0, sum = 0; i < BUCKETS; i++) {
      const size = next[i]!;
      next[i] = sum;
      sum += size;
    }
    for (let i = 0; i < count; i++) {
      const place = next[digit(from.keys[i]!, unit)]!++;
      to.keys[place] = from.keys[i]!;
      to.order[place] = from.order[i]!;
    }
    [from, to] = [to, from];
  }
  return from;
}

const digit = (key: number, unit: number): number => (key / unit) & (BUCKETS - 1);

/** Shared, so that what is sorted can be sent to a thread as it is. */
const room = (count: number): Sorted => ({
  keys: new Float64Array(new SharedArrayBuffer(count * 8)),
  order: new Uint32Array(new SharedArrayBuffer(count * 4)),
});
