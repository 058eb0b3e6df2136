import { type Held, NOTHING } from "./held.ts";
import { Paths } from "./paths.ts";

/** What two states of a tree do not have in common: _places_, each a path and a key in one number. */
export interface StateChanges {
  readonly added: readonly number[];
  readonly removed: readonly number[];
}

/** A tree within a tree, and so on: deeper than any that git checks out. */
const DEEPEST = 4096;
/** Places of all changes together; a tree can name a folder twice, which names another one twice, and so on. */
const MOST = 1_000_000;

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

  /** What came and went from one state to another. */
  changes(from: number, to: number): StateChanges {
    const pair = (from + 1) * 2 ** 26 + to + 1;
    const known = this.#known.get(pair);
    if (known) return known;
    const changes = { added: [] as number[], removed: [] as number[] };
    this.#compare(from, to, 0, 0, changes);
    this.#known.set(pair, changes);
    return changes;
  }

  /** Everything that a state has. */
  places(state: number): readonly number[] {
    return this.changes(NOTHING, state).added;
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

  #compare(from: number, to: number, path: number, depth: number, into: { added: number[]; removed: number[] }): void {
    if (from === to) return;
    if (depth > DEEPEST || this.#left < 0) {
      this.cut = "secrets stand in too many places: where some of them were is not told";
      return;
    }
    const isTree = (state: number): boolean => state !== NOTHING && this.#held.keysOf(state) === undefined;
    if (isTree(from) !== isTree(to) && from !== NOTHING && to !== NOTHING) {
      this.#compare(from, NOTHING, path, depth, into);
      this.#compare(NOTHING, to, path, depth, into);
    } else if (isTree(from) || isTree(to)) this.#compareTrees(from, to, path, depth, into);
    else this.#compareKeys(from, to, path, into);
  }

  #compareKeys(from: number, to: number, path: number, into: { added: number[]; removed: number[] }): void {
    const before = this.#held.keysOf(from) ?? EMPTY;
    const after = this.#held.keysOf(to) ?? EMPTY;
    for (const key of before) if (!after.includes(key)) into.removed.push(path * this.#keyCount + key);
    for (const key of after) if (!before.includes(key)) into.added.push(path * this.#keyCount + key);
    this.#left -= before.length + after.length;
  }

  #compareTrees(
    from: number,
    to: number,
    path: number,
    depth: number,
    into: { added: number[]; removed: number[] },
  ): void {
    const before = from === NOTHING ? EMPTY : this.#held.entriesOf(from);
    const after = to === NOTHING ? EMPTY : this.#held.entriesOf(to);
    // Most of two versions is alike, and in the same order.
    let start = 0;
    const shorter = Math.min(before.length, after.length);
    while (start < shorter && before[start] === after[start] && before[start + 1] === after[start + 1]) start += 2;
    let same = 0;
    while (
      same < shorter - start &&
      before[before.length - same - 1] === after[after.length - same - 1] &&
      before[before.length - same - 2] === after[after.length - same - 2]
    )
      same += 2;
    const old = new Map<number, number>();
    for (let i = start; i < before.length - same; i += 2) old.set(before[i]!, before[i + 1]!);
    for (let i = start; i < after.length - same; i += 2) {
      const name = after[i]!;
      this.#compare(old.get(name) ?? NOTHING, after[i + 1]!, this.paths.enter(path, name), depth + 1, into);
      old.delete(name);
    }
    for (const [name, state] of old) this.#compare(state, NOTHING, this.paths.enter(path, name), depth + 1, into);
  }
}

const EMPTY = new Uint32Array(0);
