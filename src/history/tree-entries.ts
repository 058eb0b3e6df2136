import { IdTable } from "./id-table.ts";
import type { TreePart } from "./trees.ts";

/** A part whose entries have numbers instead of ids. */
interface Numbered extends Pick<TreePart, "runs" | "members" | "starts" | "lists" | "ids"> {
  /** The entries' names, one after the other. */
  readonly names: Buffer;
  /** By entry: where its name begins, with the end of the last one behind. */
  readonly nameStarts: Uint32Array;
}

/** The parts of all threads as one: trees, runs and entries are numbered through all of them. */
export class TreeEntries {
  /** By entry: the number of the folder's id in `folders`, or of the blob among the wanted ones; -1 if it is none of them. */
  readonly target: Int32Array;
  readonly isFolder: Uint8Array;
  /** The ids that entries name as folders. */
  readonly folders: IdTable;
  readonly treeCount: number;
  readonly runCount: number;
  #parts: readonly Numbered[];
  readonly #idSize: number;
  readonly #entryStarts: number[];
  readonly #runStarts: number[];
  readonly #treeStarts: number[];
  readonly #names = new Map<string, number>();
  readonly #nameList: string[] = [];
  readonly #nameOf: Int32Array;

  /** Of each part it keeps what it needs: whoever gives the last of it away has that room back. */
  constructor(given: Iterable<TreePart>, wanted: IdTable, idSize: number) {
    const parts: (TreePart | undefined)[] = [...given];
    const all = parts as readonly TreePart[];
    this.#idSize = idSize;
    this.#entryStarts = starts(all.map(({ entries }) => entries.length / 2));
    this.#runStarts = starts(all.map(({ runs }) => runs.length / 2));
    this.#treeStarts = starts(all.map(({ ids }) => ids.length / idSize));
    const count = this.#entryStarts.at(-1)!;
    this.runCount = this.#runStarts.at(-1)!;
    this.treeCount = this.#treeStarts.at(-1)!;
    this.target = new Int32Array(count).fill(-1);
    this.isFolder = new Uint8Array(count);
    this.folders = new IdTable(idSize, count);
    this.#nameOf = new Int32Array(count).fill(-1);
    this.#parts = parts.map((part, i) => {
      parts[i] = undefined;
      return this.#numbered(part!, this.#entryStarts[i]!, wanted);
    });
  }

  #numbered({ entries, texts, runs, members, starts, lists, ids }: TreePart, first: number, wanted: IdTable): Numbered {
    const names = Buffer.allocUnsafeSlow(texts.length);
    const nameStarts = new Uint32Array(entries.length / 2 + 1);
    let end = 0;
    for (let at = 0, entry = first; at < entries.length; at += 2, entry++) {
      const isFolder = entries[at + 1]! & 1;
      const start = entries[at]!;
      const id = start + (entries[at + 1]! >>> 1) - this.#idSize;
      this.isFolder[entry] = isFolder;
      this.target[entry] = isFolder ? this.folders.enter(texts, id) : wanted.find(texts, id);
      for (let from = start; from < id - 1; from++) names[end++] = texts[from]!;
      nameStarts[at / 2 + 1] = end;
    }
    return { runs, members, starts, lists, ids, nameStarts, names: Buffer.from(names.subarray(0, end)) };
  }

  /** Gives up the ids of trees, which are not asked for any more. */
  dropIds(): void {
    this.#parts = this.#parts.map((part) => ({ ...part, ids: new Uint8Array(0) }));
  }

  /** The ids of all trees. */
  *treeIds(): Generator<Uint8Array> {
    for (const { ids } of this.#parts) yield ids;
  }

  get count(): number {
    return this.target.length;
  }

  /** The number of an entry's name, as bytes. */
  nameOf(entry: number): number {
    if (this.#nameOf[entry]! >= 0) return this.#nameOf[entry]!;
    const part = partOf(this.#entryStarts, entry);
    const { names, nameStarts } = this.#parts[part]!;
    const at = entry - this.#entryStarts[part]!;
    const name = names.toString("latin1", nameStarts[at], nameStarts[at + 1]);
    let number = this.#names.get(name);
    if (number === undefined) {
      number = this.#nameList.push(name) - 1;
      this.#names.set(name, number);
    }
    this.#nameOf[entry] = number;
    return number;
  }

  /** A name by its number: a character for each byte. */
  name(number: number): string {
    return this.#nameList[number]!;
  }

  /** Calls with every entry of a run. */
  membersOf(run: number, visit: (entry: number) => void): void {
    const part = partOf(this.#runStarts, run);
    const { runs, members } = this.#parts[part]!;
    const at = 2 * (run - this.#runStarts[part]!);
    const end = runs[at]! + runs[at + 1]!;
    for (let member = runs[at]!; member < end; member++) visit(this.#entryStarts[part]! + members[member]!);
  }

  /** Calls with every run of a tree. */
  runsOf(tree: number, visit: (run: number) => void): void {
    const part = partOf(this.#treeStarts, tree);
    const { starts: lists, lists: runs } = this.#parts[part]!;
    const place = tree - this.#treeStarts[part]!;
    for (let at = lists[place]!; at < lists[place + 1]!; at++) visit(this.#runStarts[part]! + runs[at]!);
  }

  /** The bytes in which a tree's id stands, and where. */
  idOf(tree: number): readonly [bytes: Uint8Array, at: number] {
    const part = partOf(this.#treeStarts, tree);
    return [this.#parts[part]!.ids, (tree - this.#treeStarts[part]!) * this.#idSize];
  }
}

/** Where each of several stretches begins when they stand one after the other, and where the last one ends. */
function starts(sizes: readonly number[]): number[] {
  const all = [0];
  for (const size of sizes) all.push(all.at(-1)! + size);
  return all;
}

function partOf(from: readonly number[], number: number): number {
  let low = 0;
  let high = from.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (from[middle]! <= number) low = middle;
    else high = middle - 1;
  }
  return low;
}
