import { commonness, fragmentAt, type Literal } from "./layout.ts";

// The filter lets a place pass when some bucket accepts all three of its bytes, and a bucket accepts any byte whose two
// nibbles it has seen, each for itself. So literals share a bucket well when their fragments share nibbles.

interface Bucket {
  /** For each of three bytes: bit sets of the low and high nibbles seen. */
  readonly low: readonly [number, number, number];
  readonly high: readonly [number, number, number];
}

const EMPTY: Bucket = { low: [0, 0, 0], high: [0, 0, 0] };
/** How often text has each byte, by high and low nibble. */
const FREQUENCY = Array.from({ length: 16 }, (_, high) =>
  Array.from({ length: 16 }, (_, low) => commonness(16 * high + low) / 1000),
);

/** The bucket (0 to 7) of each literal, chosen one after the other so that as little text as possible passes by chance. */
export function bucketsOf(literals: readonly Literal[]): number[] {
  const buckets: Bucket[] = Array.from({ length: 8 }, () => EMPTY);
  const chances = buckets.map(() => 0);
  return literals.map((literal) => {
    let best = 0;
    let least = Number.POSITIVE_INFINITY;
    const bytes = [0, 1, 2].map((k) => fragmentBytes(literal, k));
    const options = buckets.map((bucket) => withFragment(bucket, bytes));
    options.forEach((option, i) => {
      const cost = chance(option) - chances[i]!;
      if (cost < least) [best, least] = [i, cost];
    });
    buckets[best] = options[best]!;
    chances[best]! += least;
    return best;
  });
}

/** The bytes a literal's fragment may have at one of its three places. */
export function fragmentBytes(literal: Literal, k: number): readonly number[] {
  const c = literal.text.charCodeAt(fragmentAt(literal) + k);
  return literal.fold && c >= 97 && c <= 122 ? [c, c & ~32] : [c];
}

function withFragment(bucket: Bucket, bytes: readonly (readonly number[])[]): Bucket {
  const low: [number, number, number] = [...bucket.low];
  const high: [number, number, number] = [...bucket.high];
  for (let k = 0; k < 3; k++) {
    for (const c of bytes[k]!) {
      low[k] = low[k]! | (1 << (c & 15));
      high[k] = high[k]! | (1 << (c >> 4));
    }
  }
  return { low, high };
}

function chance(bucket: Bucket): number {
  let product = 1;
  for (let k = 0; k < 3; k++) {
    let sum = 0;
    for (let highs = bucket.high[k]!; highs; highs &= highs - 1) {
      const row = FREQUENCY[31 - Math.clz32(highs & -highs)]!;
      for (let lows = bucket.low[k]!; lows; lows &= lows - 1) sum += row[31 - Math.clz32(lows & -lows)]!;
    }
    product *= sum;
  }
  return product;
}
