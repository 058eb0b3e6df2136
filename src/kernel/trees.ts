import type { Stretch, Unpacker } from "./history.ts";
import { COPIES } from "./layout.ts";

/**
 * What trees hold, as plain arrays: each different entry once, and each different run of entries once. The entries are those that name
 * a folder or a wanted object.
 */
export interface KeptTrees {
  /** The entries as a tree has them, without their modes: `NAME NUL ID`, one after the other. */
  readonly texts: Uint8Array;
  /** By entry, two numbers: where its text begins, and twice its length, plus 1 if it is a folder. */
  readonly entries: Uint32Array;
  /** By run, two numbers: its first place in `members`, and how many it has. */
  readonly runs: Uint32Array;
  /** Entries. */
  readonly members: Places;
  /** By tree: its first place in `lists`, with the end of the last one behind. */
  readonly starts: Uint32Array;
  /** Runs, in a tree's order. */
  readonly lists: Places;
}

/** Numbers of what is kept: in half the room where there are few enough of it. */
export type Places = Uint32Array | Uint16Array;

/** Answers of `addTree`; assembly/trees.ts has the same. */
const FULL = -1;
const BROKEN = -2;

const MOST_ENTRIES = 1 << 17;
const MOST_RUNS = 1 << 17;
const MOST_MEMBERS = 1 << 20;
const MOST_LISTED = 1 << 20;
const TEXT_SIZE = 8 << 20;
const BITMAP_SIZE = 1 << 15;
const FIELDS = 24;
const MOST_MARKS = 1 << 19;
const MOST_LEVELS = 4096;
const NAMES_SIZE = 1 << 20;
const NAME_SLOTS = 1 << 14;
/** Zeros behind what the gate looks at. */
const SLACK = 64;

/** How much memory it takes beside the ids that are looked for: bytes. */
const ROOM =
  BITMAP_SIZE +
  TEXT_SIZE +
  MOST_ENTRIES * 16 +
  MOST_RUNS * 16 +
  MOST_MEMBERS * 4 +
  MOST_LISTED * 4 +
  MOST_MARKS * 8 +
  NAMES_SIZE +
  NAME_SLOTS * 4 +
  32768;

/** A tree that was kept. `full` leaves it out: take what there is and try again. `broken` keeps what stands before the flaw. */
export interface Kept {
  readonly how: "kept" | "full" | "broken";
  /** Where its marks are on the stack of trees that are made from each other. */
  readonly level: number;
  readonly round: number;
}

const NO_LEVEL = -1;

/** For a tree that was not looked at, so that what is made from it is read as a whole. */
export const UNMARKED: Kept = { how: "kept", level: NO_LEVEL, round: -1 };

/** Gathers what trees hold in the kernel's memory, until its rooms are full. It is a buffer of the unpacker's stack: close it in that order. */
export class TreeKeeper {
  readonly #unpacker: Unpacker;
  readonly #room: Stretch;
  readonly #idSize: number;
  readonly #at: Record<"texts" | "entries" | "runs" | "members" | "lists", number>;
  readonly #slots: readonly [start: number, end: number];
  #starts: number[] = [0];
  readonly #names: number;
  /** Bytes of names that were given. */
  #given = 0;
  /** Numbers of entries hold until what was kept is taken. */
  #round = 0;

  /** `wanted` are the ids that are looked for, one after the other. */
  constructor(unpacker: Unpacker, wanted: Uint8Array, idSize: number) {
    this.#unpacker = unpacker;
    this.#idSize = idSize;
    const count = wanted.length / idSize;
    const tableSize = 2 ** Math.ceil(Math.log2(count * 2 + 2));
    const room = unpacker.push(ROOM + tableSize * 8);
    if (!room) throw new Error("there is no memory left to look at trees");
    this.#room = room;
    let next = room.at + 128;
    const take = (size: number): number => {
      next += size;
      return next - size;
    };
    const bitmap = take(BITMAP_SIZE);
    const table = take(tableSize * 8);
    const entrySlots = take(MOST_ENTRIES * 8);
    const runSlots = take(MOST_RUNS * 8);
    const entries = take(MOST_ENTRIES * 8);
    const runs = take(MOST_RUNS * 8);
    const members = take(MOST_MEMBERS * 4);
    const lists = take(MOST_LISTED * 4);
    const texts = take(TEXT_SIZE);
    const marks = take(MOST_MARKS * 8);
    const levels = take((MOST_LEVELS + 1) * 4);
    const nameSlots = take(NAME_SLOTS * 4);
    this.#names = take(NAMES_SIZE + SLACK);
    this.#at = { texts, entries, runs, members, lists };
    this.#slots = [entrySlots, entries];
    unpacker.bytes({ at: room.at, size: entries - room.at }).fill(0);
    const fields = new Uint32Array(unpacker.bytes(room).buffer, room.at, FIELDS);
    fields.set([bitmap, table, tableSize - 1, texts, marks, entries, runs, entrySlots, MOST_ENTRIES * 2 - 1]);
    fields.set([runs, members, runSlots, MOST_RUNS * 2 - 1, members, lists, lists, texts], 9);
    fields.set([marks, levels, levels, this.#names, this.#names + NAMES_SIZE, nameSlots, NAME_SLOTS - 1], 17);
    // A line feed before the first name, too.
    unpacker.bytes({ at: this.#names, size: 1 }).fill("\n");
    unpacker.bytes({ at: levels, size: 4 }).fill(0);
    unpacker.exports.openTrees(room.at);
    unpacker.exports.dropNames();
    this.#enter(wanted, texts);
  }

  /**
   * Keeps a tree that stands in the kernel's memory with 64 zeros behind it. `base` is what this gave for the tree that the last delta made
   * it from, if it is made by one: only what is new is then read. It must be called in the order of a walk, each tree right after its delta.
   */
  add(at: number, size: number, base?: Kept): Kept {
    const { exports } = this.#unpacker;
    const level = base ? base.level + 1 : 0;
    const own = base?.level === NO_LEVEL || level >= MOST_LEVELS ? NO_LEVEL : level;
    const isKnown = base !== undefined && own !== NO_LEVEL && base.round === this.#round;
    const answer = exports.addTree(at, at + size, this.#idSize, own, isKnown ? base.level : NO_LEVEL, COPIES);
    if (answer !== FULL) this.#starts.push(exports.listSize.value as number);
    return {
      how: answer === FULL ? "full" : answer <= BROKEN ? "broken" : "kept",
      level: answer === FULL || exports.isMarked.value === 0 ? NO_LEVEL : own,
      round: this.#round,
    };
  }

  /**
   * The names of 16 bytes or more that were read since this was asked last, each with a line feed behind it and zeros behind all; one that was
   * read a moment ago may be left out. `lost` says that there were too many: those of the last tree are then not among them.
   */
  names(): { readonly stretch: Stretch; readonly lost: boolean } | undefined {
    const { exports } = this.#unpacker;
    const size = exports.nameSize.value as number;
    const lost = exports.namesLost.value === 1;
    if (size === this.#given && !lost) return undefined;
    const stretch = { at: this.#names + 1 + this.#given, size: size - this.#given };
    this.#unpacker.bytes({ at: stretch.at + stretch.size, size: SLACK }).fill(0);
    this.#given = size;
    if (lost || size > NAMES_SIZE / 2) {
      exports.dropNames();
      this.#given = 0;
    }
    return { stretch, lost };
  }

  /** Gives what was kept, and begins anew. */
  take(): KeptTrees {
    const { exports } = this.#unpacker;
    const count = (global: WebAssembly.Global): number => global.value as number;
    const { buffer } = this.#unpacker.bytes(this.#room);
    const words = (at: number, length: number): Uint32Array => new Uint32Array(buffer, at, length).slice();
    const places = (at: number, length: number, count: number): Places => {
      const wide = new Uint32Array(buffer, at, length);
      return count <= 2 ** 16 ? Uint16Array.from(wide) : wide.slice();
    };
    const [entryCount, runCount] = [count(exports.entryCount), count(exports.runCount)];
    const kept: KeptTrees = {
      texts: new Uint8Array(buffer, this.#at.texts, count(exports.textSize)).slice(),
      entries: words(this.#at.entries, 2 * entryCount),
      runs: words(this.#at.runs, 2 * runCount),
      members: places(this.#at.members, count(exports.memberCount), entryCount),
      lists: places(this.#at.lists, count(exports.listSize), runCount),
      starts: Uint32Array.from(this.#starts),
    };
    new Uint8Array(buffer, this.#slots[0], this.#slots[1] - this.#slots[0]).fill(0);
    exports.openTrees(this.#room.at);
    this.#starts = [0];
    this.#round++;
    return kept;
  }

  close(): void {
    this.#unpacker.pop(this.#room);
  }

  /** Through the room of the texts, which is empty yet. */
  #enter(wanted: Uint8Array, room: number): void {
    const piece = Math.floor(TEXT_SIZE / 2 / this.#idSize) * this.#idSize;
    for (let from = 0; from < wanted.length; from += piece) {
      const part = wanted.subarray(from, from + piece);
      this.#unpacker.bytes({ at: room, size: part.length }).set(part);
      for (let at = 0; at < part.length; at += this.#idSize) this.#unpacker.exports.want(room + at);
    }
  }
}
