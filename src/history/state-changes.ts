import { type Held, NOTHING } from "./held.ts";
import { Paths } from "./paths.ts";

/** What came and went from one or more states to another: _places_, each a path and a key in one number. */
export interface StateChanges {
  /** What the last state has, and none before. */
  readonly added: readonly number[];
  /** What all had before, and the last has not. */
  readonly removed: readonly number[];
}

interface Found {
  readonly added: number[];
  readonly removed: number[];
}

/** A tree within a tree, and so on: deeper than any that git checks out. */
const DEEPEST = 4096;
/** Places of all changes together. */
const MOST = 16_000_000;
/** A tree can name a folder twice, which names another one twice, and so on. */
const MOST_PATHS = 1_000_000;
/** Up to so many names are looked for one by one. */
const FEW = 16;

/** Compares states, each two of them once. */
export class StateComparer {
  /** Whether something was left out, and why. */
  cut: string | undefined;
  readonly paths = new Paths();
  readonly #held: Held;
  readonly #keyCount: number;
  readonly #known = new Map<number, StateChanges>();
  #left = MOST;

  constructor(held: Held, keyCount: number) {
    this.#held = held;
    this.#keyCount = Math.max(1, keyCount);
  }

  /** The number of a place's path. */
  pathOf(place: number): number {
    return Math.floor(place / this.#keyCount);
  }

  /** The number of a place's key. */
  keyOf(place: number): number {
    return place % this.#keyCount;
  }

  /** What came and went from some states, those of a commit's parents, to another. */
  changes(from: readonly number[], to: number): StateChanges {
    const pair = from.length === 1 ? (from[0]! + 1) * 2 ** 26 + to + 1 : -1;
    const known = this.#known.get(pair);
    if (known) return known;
    const changes: Found = { added: [], removed: [] };
    this.#compare(from, to, 0, 0, changes);
    if (pair >= 0) this.#known.set(pair, changes);
    return changes;
  }

  /** Everything that a state has. */
  places(state: number): readonly number[] {
    return this.changes([NOTHING], state).added;
  }

  /** The keys of a state, wherever they are. */
  keys(state: number): ReadonlySet<number> {
    const keys = new Set<number>();
    const open = [state];
    const seen = new Set<number>();
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (at === NOTHING || seen.has(at)) continue;
      seen.add(at);
      const own = this.#held.keysOf(at);
      for (const key of own ?? []) keys.add(key);
      const entries = own ? EMPTY : this.#held.entriesOf(at);
      for (let i = 1; i < entries.length; i += 2) open.push(entries[i]!);
    }
    return keys;
  }

  /** Whether a state has a key, wherever. */
  has(state: number, key: number): boolean {
    const bit = 1 << (key & 31);
    const open = [state];
    const seen = new Set<number>();
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if ((this.#held.maskOf(at) & bit) === 0 || seen.has(at)) continue;
      seen.add(at);
      const keys = this.#held.keysOf(at);
      if (keys?.includes(key)) return true;
      if (keys) continue;
      const entries = this.#held.entriesOf(at);
      for (let i = 1; i < entries.length; i += 2) open.push(entries[i]!);
    }
    return false;
  }

  /** Whether a state has a key at its place. */
  hasAt(state: number, place: number): boolean {
    let at = state;
    for (const name of this.paths.names(this.pathOf(place))) at = this.#child(at, name);
    return this.#keys(at).includes(this.keyOf(place));
  }

  /** What one of the states before has as it is, neither came nor went. */
  #compare(from: readonly number[], to: number, path: number, depth: number, into: Found): void {
    if (from.includes(to)) return;
    if (depth > DEEPEST || this.#left < 0 || this.paths.count > MOST_PATHS) {
      this.cut = "secrets stand in too many places: where some of them were is not told";
      return;
    }
    const after = this.#keys(to);
    for (const key of after)
      if (!from.some((state) => this.#keys(state).includes(key))) into.added.push(path * this.#keyCount + key);
    for (const key of this.#keys(from[0]!)) {
      const isGone = !after.includes(key) && from.every((state) => this.#keys(state).includes(key));
      if (isGone) into.removed.push(path * this.#keyCount + key);
    }
    this.#left -= 1 + after.length;
    this.#compareTrees(from, to, path, depth, into);
  }

  #compareTrees(from: readonly number[], to: number, path: number, depth: number, into: Found): void {
    const before = this.#entries(from[0]!);
    const after = this.#entries(to);
    // Most of two versions is alike, and in the same order.
    const start = alikeAtStart(before, after);
    const same = alikeAtEnd(before, after, start);
    const childOf = from.map((state) => this.#children(state, before.length + after.length - 2 * (start + same)));
    const compare = (name: number, child: number): void => {
      const children = childOf.map((of) => of(name));
      if (!children.includes(child)) this.#compare(children, child, this.paths.enter(path, name), depth + 1, into);
    };
    const names = new Set<number>();
    for (let i = start; i < after.length - same; i += 2) {
      names.add(after[i]!);
      compare(after[i]!, after[i + 1]!);
    }
    for (let i = start; i < before.length - same; i += 2) if (!names.has(before[i]!)) compare(before[i]!, NOTHING);
  }

  /** Gives what a tree has under a name; for many names they are put into a table first. */
  #children(state: number, count: number): (name: number) => number {
    if (count <= 2 * FEW) return (name) => this.#child(state, name);
    const entries = this.#entries(state);
    const table = new Map<number, number>();
    for (let i = 0; i < entries.length; i += 2) table.set(entries[i]!, entries[i + 1]!);
    return (name) => table.get(name) ?? NOTHING;
  }

  #child(state: number, name: number): number {
    const entries = this.#entries(state);
    for (let i = 0; i < entries.length; i += 2) if (entries[i] === name) return entries[i + 1]!;
    return NOTHING;
  }

  #keys(state: number): Uint32Array {
    return this.#held.keysOf(state) ?? EMPTY;
  }

  #entries(state: number): Uint32Array {
    return state === NOTHING || this.#held.keysOf(state) ? EMPTY : this.#held.entriesOf(state);
  }
}

const EMPTY = new Uint32Array(0);

/** How many numbers at the start are the same, in pairs. */
function alikeAtStart(a: Uint32Array, b: Uint32Array): number {
  const end = Math.min(a.length, b.length);
  let at = 0;
  while (at < end && a[at] === b[at] && a[at + 1] === b[at + 1]) at += 2;
  return at;
}

/** How many numbers at the end are the same, in pairs, behind those at the start. */
function alikeAtEnd(a: Uint32Array, b: Uint32Array, start: number): number {
  const end = Math.min(a.length, b.length) - start;
  let count = 0;
  while (
    count < end &&
    a[a.length - count - 1] === b[b.length - count - 1] &&
    a[a.length - count - 2] === b[b.length - count - 2]
  )
    count += 2;
  return count;
}
