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
export interface Nibbles {
  readonly low: readonly number[];
  readonly high: readonly number[];
}

interface Choice extends Spot {
  readonly nibbles: Nibbles;
}

/** How often three bytes of text pass some nibbles, from 0 to 1. */
export type Chance = (nibbles: Nibbles) => number;

/** Spots that are chosen already, by what {@link spotKey} makes of their literals. */
export type KnownSpots = ReadonlyMap<string, Spot>;

export const spotKey = ({ text, fold }: Pick<Literal, "text" | "fold">): string => `${fold ? "fold" : "exact"} ${text}`;

const BUCKETS = 16;
/** Every choice is made again this often, once the others are known. */
const ROUNDS = 1;
/** Fragments of a literal that are tried in each bucket: the rarest by themselves. */
const RAREST = 12;
const NOTHING: Nibbles = { low: [0, 0, 0], high: [0, 0, 0] };

/** The spot of each literal, chosen one after the other so that as little text as possible passes by chance. */
export function spotsOf(
  literals: readonly Literal[],
  chance: Chance = byBytes,
  known: KnownSpots = new Map(),
): readonly Spot[] {
  const chosen: (Choice | undefined)[] = literals.map((literal) => {
    const spot = known.get(spotKey(literal));
    return spot && { ...spot, nibbles: fragmentsOf(literal)[spot.fragment]! };
  });
  const open = [...literals.keys()].filter((i) => chosen[i] === undefined);
  const options = new Map(open.map((i) => [i, rarest(literals[i]!, chance)]));
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [i, fragments] of options) {
      chosen[i] = undefined;
      chosen[i] = cheapest(fragments, chosen, chance);
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

interface Fragment {
  readonly fragment: number;
  readonly nibbles: Nibbles;
}

function rarest(literal: Literal, chance: Chance): readonly Fragment[] {
  return fragmentsOf(literal)
    .map((nibbles, fragment) => ({ fragment, nibbles, chance: chance(nibbles) }))
    .sort((a, b) => a.chance - b.chance || a.fragment - b.fragment)
    .slice(0, RAREST);
}

function cheapest(fragments: readonly Fragment[], chosen: readonly (Choice | undefined)[], chance: Chance): Choice {
  let best: Choice | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    const others = chosen.reduce((all, each) => (each?.bucket === bucket ? joined(all, each.nibbles) : all), NOTHING);
    const before = chance(others);
    for (const { fragment, nibbles } of fragments) {
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

/** As if each byte of a text were independent of those beside it: soon told, but `ter` is far more common than its letters. */
export function byBytes({ low, high }: Nibbles): number {
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
