import { commonness, type Literal } from "./layout.ts";

// The filter lets a place pass when some bucket accepts all three of its bytes, and a bucket accepts any byte whose two
// nibbles it has seen, each for itself. So literals share a bucket well when their fragments share nibbles, and which three
// bytes of a literal are its fragment is chosen together with its bucket.

/** How the filter finds a literal: by the three bytes from `fragment` on, in one of its buckets (0 to 15). */
export interface Spot {
  readonly bucket: number;
  readonly fragment: number;
}

/** For each of three bytes: bit sets of the low and high nibbles seen. */
interface Nibbles {
  readonly low: readonly number[];
  readonly high: readonly number[];
}

interface Choice extends Spot {
  readonly nibbles: Nibbles;
}

const BUCKETS = 16;
/** Every choice is made again this often, once the others are known. */
const ROUNDS = 1;
const NOTHING: Nibbles = { low: [0, 0, 0], high: [0, 0, 0] };

/** The spot of each literal, chosen one after the other so that as little text as possible passes by chance. */
export function spotsOf(literals: readonly Literal[]): readonly Spot[] {
  const options = literals.map(fragmentsOf);
  const chosen: (Choice | undefined)[] = literals.map(() => undefined);
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [i, fragments] of options.entries()) {
      chosen[i] = undefined;
      chosen[i] = cheapest(fragments, chosen);
    }
  }
  return chosen.map((choice) => choice!);
}

/** The bytes a literal may have at a place. */
export function bytesAt(literal: Literal, place: number): readonly number[] {
  const c = literal.text.charCodeAt(place);
  return literal.fold && c >= 97 && c <= 122 ? [c, c & ~32] : [c];
}

function fragmentsOf(literal: Literal): readonly Nibbles[] {
  return Array.from({ length: literal.text.length - 2 }, (_, from) => {
    const bytes = [0, 1, 2].map((k) => bytesAt(literal, from + k));
    return {
      low: bytes.map((each) => each.reduce((set, c) => set | (1 << (c & 15)), 0)),
      high: bytes.map((each) => each.reduce((set, c) => set | (1 << (c >> 4)), 0)),
    };
  });
}

function cheapest(fragments: readonly Nibbles[], chosen: readonly (Choice | undefined)[]): Choice {
  let best: Choice | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    const others = chosen.reduce((all, each) => (each?.bucket === bucket ? joined(all, each.nibbles) : all), NOTHING);
    const before = chance(others);
    for (const [fragment, nibbles] of fragments.entries()) {
      const cost = chance(joined(others, nibbles)) - before;
      if (cost < least) {
        least = cost;
        best = { bucket, fragment, nibbles };
      }
    }
  }
  return best!;
}

const joined = (a: Nibbles, b: Nibbles): Nibbles => ({
  low: a.low.map((set, k) => set | b.low[k]!),
  high: a.high.map((set, k) => set | b.high[k]!),
});

type Frequency = readonly (readonly Float64Array[])[];

/** How often text has one of the bytes with a high nibble and a low one of a set: by high nibble, half of the set, and its bits. */
function frequencies(): Frequency {
  return Array.from({ length: 16 }, (_, high) =>
    [0, 8].map((first) =>
      Float64Array.from({ length: 256 }, (_, set) => {
        let sum = 0;
        for (let k = 0; k < 8; k++) if ((set >> k) & 1) sum += commonness(16 * high + first + k) / 1000;
        return sum;
      }),
    ),
  );
}

/** Made when first asked for: a start with the built-in rules, whose buckets are chosen, needs none. */
let frequency: Frequency | undefined;

function chance({ low, high }: Nibbles): number {
  frequency ??= frequencies();
  let product = 1;
  for (let k = 0; k < 3; k++) {
    let sum = 0;
    for (let highs = high[k]!; highs; highs &= highs - 1) {
      const [first, second] = frequency[31 - Math.clz32(highs & -highs)]!;
      sum += first![low[k]! & 255]! + second![low[k]! >> 8]!;
    }
    product *= sum;
  }
  return product;
}
