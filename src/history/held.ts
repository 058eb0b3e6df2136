import { ID_SIZE } from "../git/object-id.ts";
import { IdTable } from "./id-table.ts";
import { NumberLists } from "./number-lists.ts";
import { TreeEntries } from "./tree-entries.ts";
import type { TreePart } from "./trees.ts";
import type { Asked } from "./where.ts";

/** The blobs that hold secrets. */
export interface HoldingBlobs {
  /** Their ids. */
  readonly ids: IdTable;
  /** By blob: its holding, a number of `holdings`. */
  readonly holdings: Uint32Array;
  /** The different sets of keys that blobs hold, ascending. */
  readonly keys: readonly Uint32Array[];
}

/** A tree that holds nothing has no state. */
export const NOTHING = -1;

const UNKNOWN = -2;
const PENDING = -3;
/** 128 MiB of numbers. */
const MOST = 32 << 20;

/**
 * What trees hold of the secrets, and under which names. Trees that hold the same keys under the same names have the same _state_, so that
 * most versions of a tree have that of the one before. A state below the count of holdings is that of a blob.
 */
export class Held {
  /** Whether something was left out, and why. */
  cut: string | undefined;
  readonly #blobs: HoldingBlobs;
  readonly #entries: TreeEntries;
  readonly #states = new NumberLists();
  /** By state: a bit for each key, by its number modulo 32. */
  readonly #masks: number[] = [];
  /** By folder: its tree, if that was read; its state. */
  readonly #treeOf: Int32Array;
  readonly #stateOf: Int32Array;
  /** Folders that hold something but are in no folder, which is most of those that commits name. */
  readonly #roots: IdTable;
  readonly #rootStates: number[] = [];
  readonly #rootTrees: number[] = [];
  /** What runs hold: names and states in turn. By run: its list there, NOTHING or UNKNOWN. */
  readonly #stretches = new NumberLists();
  readonly #stretchOf: Int32Array;
  /** Trees as lists of stretches, so that each different one is spelled out once; by list: the state. */
  readonly #spelled = new NumberLists();
  readonly #spelledStates: number[] = [];

  constructor(parts: Iterable<TreePart>, blobs: HoldingBlobs, idSize: number) {
    this.#blobs = blobs;
    this.#entries = new TreeEntries(parts, blobs.ids, idSize);
    this.#roots = new IdTable(idSize);
    this.#treeOf = new Int32Array(this.#entries.folders.count).fill(-1);
    this.#stateOf = new Int32Array(this.#entries.folders.count).fill(UNKNOWN);
    for (const keys of blobs.keys) this.#masks.push(keys.reduce((mask, key) => mask | (1 << (key & 31)), 0));
    this.#stretchOf = new Int32Array(this.#entries.runCount).fill(UNKNOWN);
    const { treeCount, folders } = this.#entries;
    const isRoot = new Uint8Array(treeCount);
    for (let tree = 0; tree < treeCount; tree++) {
      const folder = folders.find(...this.#entries.idOf(tree));
      if (folder < 0) isRoot[tree] = 1;
      else if (this.#treeOf[folder]! < 0) this.#treeOf[folder] = tree;
    }
    for (let folder = 0; folder < folders.count; folder++) if (this.#treeOf[folder]! >= 0) this.#settle(folder);
    for (let tree = 0; tree < treeCount; tree++) if (isRoot[tree]) this.#enterRoot(tree);
  }

  /** Whether a tree names a folder that was not read. */
  lacksFolders(): boolean {
    return this.#treeOf.includes(-1);
  }

  /** Gives up what {@link treeIds} gives. */
  dropIds(): void {
    this.#entries.dropIds();
  }

  /** The ids of all trees that were read. */
  treeIds(): Iterable<Uint8Array> {
    return this.#entries.treeIds();
  }

  /** The state of the tree whose id stands at a place of some bytes. */
  stateOf(bytes: Uint8Array, at: number): number {
    const root = this.#roots.find(bytes, at);
    if (root >= 0) return this.#rootStates[root]!;
    const folder = this.#entries.folders.find(bytes, at);
    return folder >= 0 ? Math.max(NOTHING, this.#stateOf[folder]!) : NOTHING;
  }

  /** The keys of a blob's state; undefined for that of a tree. */
  keysOf(state: number): Uint32Array | undefined {
    return this.#blobs.keys[state];
  }

  /** Names and states of what a tree's state is made of, in turn, in a tree's order. */
  entriesOf(state: number): Uint32Array {
    return this.#states.list(state - this.#blobs.keys.length);
  }

  /** A bit for each key that is held, by its number modulo 32. */
  maskOf(state: number): number {
    return state === NOTHING ? 0 : this.#masks[state]!;
  }

  /** A name by its number: a character for each byte. */
  name(number: number): string {
    return this.#entries.name(number);
  }

  /** The blob at a path (its names' numbers) of the tree whose id stands at a place of some bytes: its number; -1 if it holds nothing. */
  blobAt(bytes: Uint8Array, at: number, path: readonly number[]): number {
    const root = this.#roots.find(bytes, at);
    let tree = root >= 0 ? this.#rootTrees[root]! : this.#treeOf[this.#entries.folders.find(bytes, at)];
    for (const [depth, name] of path.entries()) {
      if (tree === undefined || tree < 0) return -1;
      const isLast = depth === path.length - 1;
      const entry = this.#holdingIn(tree).find(
        (each) => this.#entries.nameOf(each) === name && (this.#entries.isFolder[each] === 1) !== isLast,
      );
      if (entry === undefined) return -1;
      if (isLast) return this.#entries.target[entry]!;
      tree = this.#treeOf[this.#entries.target[entry]!];
    }
    return -1;
  }

  #enterRoot(tree: number): void {
    const state = this.#settled(tree, undefined);
    const [bytes, at] = this.#entries.idOf(tree);
    if (state === NOTHING || this.#roots.find(bytes, at) >= 0) return;
    this.#roots.enter(bytes, at);
    this.#rootStates.push(state);
    this.#rootTrees.push(tree);
  }

  /** Whether an entry is a blob that holds something, or a folder that may. */
  #mayHold(entry: number): boolean {
    const target = this.#entries.target[entry]!;
    return target >= 0 && (this.#entries.isFolder[entry] === 0 || this.#treeOf[target]! >= 0);
  }

  #holdingIn(tree: number): number[] {
    const holding: number[] = [];
    const { target, isFolder } = this.#entries;
    this.#entries.runsOf(tree, (run) => {
      this.#entries.membersOf(run, (entry) => {
        if (target[entry]! >= 0 && (isFolder[entry] === 0 || this.#stateOf[target[entry]!]! >= 0)) holding.push(entry);
      });
    });
    return holding;
  }

  /** Gives a folder its state, after those in it. */
  #settle(first: number): void {
    const open = [first];
    for (let folder = open.at(-1); folder !== undefined; folder = open.at(-1)) {
      const state = this.#stateOf[folder]!;
      if (state === UNKNOWN || state === PENDING) {
        const before = open.length;
        const settled = this.#settled(this.#treeOf[folder]!, state === UNKNOWN ? open : undefined);
        this.#stateOf[folder] = open.length > before ? PENDING : settled;
        if (open.length > before) continue;
      }
      open.pop();
    }
  }

  /** A tree's state; what must be known before is put on `open`. A folder that holds itself, which no honest hash allows, holds nothing. */
  #settled(tree: number, open: number[] | undefined): number {
    const stretches: number[] = [];
    let isComplete = true;
    this.#entries.runsOf(tree, (run) => {
      const stretch = this.#stretch(run, open);
      if (stretch === UNKNOWN) isComplete = false;
      if (stretch >= 0) stretches.push(stretch);
    });
    if (stretches.length === 0 || !isComplete) return NOTHING;
    const { count } = this.#spelled;
    const number = this.#spelled.enter(Uint32Array.from(stretches));
    if (number === count) this.#spelledStates.push(this.#spell(stretches));
    return this.#spelledStates[number]!;
  }

  /** What a run holds, or UNKNOWN if something was put on `open`. */
  #stretch(run: number, open: number[] | undefined): number {
    if (this.#stretchOf[run] !== UNKNOWN) return this.#stretchOf[run]!;
    const list: number[] = [];
    let isComplete = true;
    this.#entries.membersOf(run, (entry) => {
      if (!this.#mayHold(entry)) return;
      const to = this.#entries.target[entry]!;
      const state = this.#entries.isFolder[entry] ? this.#stateOf[to]! : this.#blobs.holdings[to]!;
      if (state === UNKNOWN && open) {
        open.push(to);
        isComplete = false;
      } else if (state >= 0) list.push(this.#entries.nameOf(entry), state);
    });
    if (!isComplete) return UNKNOWN;
    this.#stretchOf[run] = list.length === 0 ? NOTHING : this.#stretches.enter(Uint32Array.from(list));
    return this.#stretchOf[run]!;
  }

  #spell(stretches: readonly number[]): number {
    const list = stretches.flatMap((stretch) => [...this.#stretches.list(stretch)]);
    if (this.#states.size + list.length > MOST) {
      this.cut = "there are too many different states of the files with secrets: where some of them were is not told";
      return NOTHING;
    }
    const state = this.#states.enter(Uint32Array.from(list)) + this.#blobs.keys.length;
    let mask = 0;
    for (let i = 1; i < list.length; i += 2) mask |= this.#masks[list[i]!]!;
    this.#masks[state] = mask;
    return state;
  }
}

/** Blobs with what each holds; the keys get their numbers in `keys`. */
export function holdingBlobs({ blobs, hash }: Pick<Asked, "blobs" | "hash">, keys: Map<string, number>): HoldingBlobs {
  const ids = new IdTable(ID_SIZE[hash]);
  const lists = new NumberLists();
  const holdings = new Uint32Array(blobs.size);
  for (const [id, names] of blobs) {
    const own = new Set<number>();
    for (const name of names) {
      if (!keys.has(name)) keys.set(name, keys.size);
      own.add(keys.get(name)!);
    }
    holdings[ids.enter(Buffer.from(id, "hex"), 0)] = lists.enter(Uint32Array.from(own).sort());
  }
  return { ids, holdings, keys: Array.from({ length: lists.count }, (_, holding) => lists.list(holding)) };
}
