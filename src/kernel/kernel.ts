import { WASM } from "../generated/wasm.ts";
import { compiled } from "./compiled.ts";
import {
  BLOCK,
  BLOCK_SIZE,
  COPIES,
  LITERAL_PARTS,
  MEMORY_PAGES,
  OUT,
  OUT_END,
  RUN_PARTS,
  VIEW,
  VIEW_SIZE,
} from "./layout.ts";
import { Room } from "./room.ts";
import type { Segment } from "./tables.ts";

interface Exports {
  gate(begin: number, from: number, end: number, out: number, outEnd: number): number;
  literals(begin: number, from: number, to: number, end: number, out: number, outEnd: number): number;
  countLines(from: number, end: number): number;
  countUtf16(from: number, end: number): number;
  allCandidates(begin: number, end: number, out: number, outEnd: number): number;
  hasZero(from: number, end: number): number;
  changedCandidates(
    begin: number,
    size: number,
    baseSize: number,
    copies: number,
    count: number,
    runs: number,
    literal: number,
    out: number,
    outEnd: number,
  ): number;
  runParts(): number;
  literalParts(): number;
  freshZero(): number;
  readonly resumeAt: WebAssembly.Global;
  readonly literalsResumeAt: WebAssembly.Global;
}

/** What a delta changed in a text. */
export interface Changed {
  /** The candidates that start in the parts below: runs and prefixes, then literals. Undefined when there are more than are listed. */
  readonly found: Uint32Array | undefined;
  /** Whether a zero byte stands in what is new. */
  readonly zero: boolean;
}

/** Parts [start, end) of a text, two numbers each, ascending and apart. */
export interface Parts {
  readonly runs: Uint32Array;
  readonly literals: Uint32Array;
}

const NONE = new Uint32Array();

/** Readable bytes that must stand behind every text. */
const SLACK = 64;

/** The kernel with its tables filled: bytes in, offsets out. One instance a thread; src/kernel/README.md is its essay. */
export class Kernel {
  /** Holds the block of a file that is being scanned. */
  readonly block: Room;
  /** Holds a decoded view while the block stays where it is. */
  readonly view: Room;
  /** All of it, for what works beside the gate. It may grow: views made before are then empty, and a room gives new ones. */
  readonly memory: WebAssembly.Memory;
  readonly #exports: Exports;

  /** `tables` is what `tablesOf` makes of a rule set. */
  constructor(tables: readonly Segment[]) {
    const memory = new WebAssembly.Memory({ initial: MEMORY_PAGES });
    const instance = new WebAssembly.Instance(compiled(WASM), { env: { memory, abort } });
    this.#exports = instance.exports as unknown as Exports;
    this.memory = memory;
    this.block = new Room(memory, BLOCK, BLOCK_SIZE);
    this.view = new Room(memory, VIEW, VIEW_SIZE);
    for (const { at, bytes } of tables) new Uint8Array(memory.buffer).set(bytes, at);
  }

  /**
   * Every candidate in the first `length` bytes of `room`: runs and prefixes first, then literals, each in order.
   * Offsets count from the room's start. The list is a copy: it stays whole when the room is filled anew.
   */
  candidates(room: Room, length: number): Uint32Array {
    room.bytes.fill(0, length, Math.min(length + SLACK, room.bytes.length));
    return this.candidatesAt(room.base, room.base + length);
  }

  /** The same in place, for the text in [begin, end) of the memory; the 64 bytes behind it are zero. Offsets count from `begin`. */
  candidatesAt(begin: number, end: number): Uint32Array {
    const count = this.#exports.allCandidates(begin, end, OUT, OUT_END);
    return count < 0 ? this.#inPieces(begin, end) : this.#listed(count, begin);
  }

  /** Whether a byte of [begin, end) of the memory is zero. */
  hasZero(begin: number, end: number): boolean {
    return this.#exports.hasZero(begin, end) === 1;
  }

  /** Candidates of which there are more than are listed at once. */
  #inPieces(begin: number, end: number): Uint32Array {
    const { literals, literalsResumeAt } = this.#exports;
    const find = (at: number) => literals(begin, at, end, end, OUT, OUT_END);
    return concat([this.runsAt(begin, begin, end), this.#collect(find, literalsResumeAt, begin, begin, end)]);
  }

  /** Runs and prefixes in the part [from, to) of the text that starts at `begin`; no run of the text reaches beyond the part. */
  runsAt(begin: number, from: number, to: number): Uint32Array {
    const { gate, resumeAt } = this.#exports;
    return this.#collect((at) => gate(begin, at, to, OUT, OUT_END), resumeAt, begin, from, to);
  }

  /**
   * Looks at the parts of the text at `begin` in which candidates may be others than in the text that a delta made it of;
   * `copies` is how many the unpacker told last.
   */
  changed(begin: number, size: number, baseSize: number, copies: number): Changed {
    const { changedCandidates, freshZero } = this.#exports;
    const count = changedCandidates(begin, size, baseSize, COPIES, copies, RUN_PARTS, LITERAL_PARTS, OUT, OUT_END);
    return { found: count < 0 ? undefined : this.#listed(count, begin), zero: freshZero() === 1 };
  }

  /** Those parts, counted from `begin`; valid until the next delta. */
  changedParts(): Parts {
    const { runParts, literalParts } = this.#exports;
    const parts = (at: number, count: number) => new Uint32Array(this.memory.buffer, at, 2 * count);
    return { runs: parts(RUN_PARTS, runParts()), literals: parts(LITERAL_PARTS, literalParts()) };
  }

  /** Line feeds in [start, end) of a room. */
  countLines(room: Pick<Room, "base">, start: number, end: number): number {
    return this.#exports.countLines(room.base + start, room.base + end);
  }

  /** UTF-16 units of the UTF-8 text in [start, end) of a room. */
  countUtf16(room: Pick<Room, "base">, start: number, end: number): number {
    return this.#exports.countUtf16(room.base + start, room.base + end);
  }

  /** What a search finds that goes on where its list was full. */
  #collect(
    find: (from: number) => number,
    resume: WebAssembly.Global,
    begin: number,
    from: number,
    to: number,
  ): Uint32Array {
    const lists: Uint32Array[] = [];
    for (let at = from; at < to; at = resume.value as number) {
      const count = find(at);
      if (count > 0) lists.push(this.#listed(count, begin));
    }
    return concat(lists);
  }

  /** A copy of the candidates that were just listed, with offsets from `begin`. */
  #listed(count: number, begin: number): Uint32Array {
    if (count === 0) return NONE;
    const list = new Uint32Array(this.memory.buffer, OUT, count * 3).slice();
    for (let i = 0; i < list.length; i += 3) {
      list[i] = list[i]! - begin;
      list[i + 1] = list[i + 1]! - begin;
    }
    return list;
  }
}

function abort(): never {
  throw new Error("the kernel aborted");
}

function concat(lists: readonly Uint32Array[]): Uint32Array {
  if (lists.length === 0) return NONE;
  if (lists.length === 1) return lists[0]!;
  const all = new Uint32Array(lists.reduce((n, list) => n + list.length, 0));
  let at = 0;
  for (const list of lists) {
    all.set(list, at);
    at += list.length;
  }
  return all;
}
