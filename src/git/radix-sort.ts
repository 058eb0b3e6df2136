/** Digits of 11 bits: their 2,048 buckets stay in the first cache. */
const BUCKETS = 1 << 11;

/** Numbers in ascending order, and where each stood before. */
export interface Sorted {
  readonly keys: Numbers;
  readonly order: Uint32Array;
}

/** Whole numbers up to 2^53, or up to 2^32 in half the room. */
export type Numbers = Float64Array | Uint32Array;

/** Sorts whole numbers from 0 to 2^53; equal ones stay as they stand. Its time grows with the count alone, whatever the numbers are. */
export function radixSort(unsorted: Numbers): Sorted {
  const count = unsorted.length;
  let from = roomFor(unsorted);
  let to = roomFor(unsorted);
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
const roomFor = ({ length, BYTES_PER_ELEMENT: size }: Numbers): Sorted => {
  const keys = new SharedArrayBuffer(length * size);
  return {
    keys: size === 4 ? new Uint32Array(keys) : new Float64Array(keys),
    order: new Uint32Array(new SharedArrayBuffer(length * 4)),
  };
};
