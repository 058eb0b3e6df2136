import { WASM } from "../generated/wasm.ts";
import { BLOCK, BLOCK_SIZE, MEMORY_PAGES, OUT, OUT_END, VIEW, VIEW_SIZE } from "./layout.ts";
import type { Segment } from "./tables.ts";

interface Exports {
  gate(begin: number, from: number, end: number, out: number, outEnd: number): number;
  literals(begin: number, from: number, end: number, out: number, outEnd: number): number;
  countLines(from: number, end: number): number;
  countUtf16(from: number, end: number): number;
  readonly resumeAt: WebAssembly.Global;
  readonly literalsResumeAt: WebAssembly.Global;
}

/** Readable bytes that must stand behind every text. */
const SLACK = 64;

/** One of the two places of a kernel that hold text: `bytes` is linear memory itself, so filling it copies nothing twice. */
export interface Room {
  readonly bytes: Buffer;
  readonly base: number;
}

/** The kernel with its tables filled: bytes in, offsets out. One instance a thread; src/kernel/README.md is its essay. */
export class Kernel {
  /** Holds the block of a file that is being scanned. */
  readonly block: Room;
  /** Holds a decoded view while the block stays where it is. */
  readonly view: Room;
  readonly #exports: Exports;
  readonly #out: Uint32Array;

  /** `tables` is what `tablesOf` makes of a rule set. */
  constructor(tables: readonly Segment[]) {
    const memory = new WebAssembly.Memory({ initial: MEMORY_PAGES, maximum: MEMORY_PAGES });
    const module = new WebAssembly.Module(Buffer.from(WASM, "base64"));
    const instance = new WebAssembly.Instance(module, { env: { memory, abort } });
    this.#exports = instance.exports as unknown as Exports;
    this.#out = new Uint32Array(memory.buffer, OUT, (OUT_END - OUT) / 4);
    this.block = { bytes: Buffer.from(memory.buffer, BLOCK, BLOCK_SIZE), base: BLOCK };
    this.view = { bytes: Buffer.from(memory.buffer, VIEW, VIEW_SIZE), base: VIEW };
    for (const { at, bytes } of tables) new Uint8Array(memory.buffer).set(bytes, at);
  }

  /**
   * Every candidate in the first `length` bytes of `room`: runs and prefixes first, then literals, each in order.
   * Offsets count from the room's start. The list is a copy: it stays whole when the room is filled anew.
   */
  candidates(room: Room, length: number): Uint32Array {
    room.bytes.fill(0, length, Math.min(length + SLACK, room.bytes.length));
    const from = room.base;
    const end = room.base + length;
    const runs = this.#collect(this.#exports.gate, this.#exports.resumeAt, from, end);
    const words = this.#collect(this.#exports.literals, this.#exports.literalsResumeAt, from, end);
    const all = new Uint32Array(runs.length + words.length);
    all.set(runs);
    all.set(words, runs.length);
    return all;
  }

  /** Line feeds in [start, end) of a room. */
  countLines(room: Room, start: number, end: number): number {
    return this.#exports.countLines(room.base + start, room.base + end);
  }

  /** UTF-16 units of the UTF-8 text in [start, end) of a room. */
  countUtf16(room: Room, start: number, end: number): number {
    return this.#exports.countUtf16(room.base + start, room.base + end);
  }

  #collect(find: Exports["gate"], resume: WebAssembly.Global, begin: number, end: number): Uint32Array {
    const lists: Uint32Array[] = [];
    let from = begin;
    do {
      const count = find(begin, from, end, OUT, OUT_END);
      const list = this.#out.slice(0, count * 3);
      for (let i = 0; i < list.length; i += 3) {
        list[i] = list[i]! - begin;
        list[i + 1] = list[i + 1]! - begin;
      }
      lists.push(list);
      from = resume.value as number;
    } while (from < end);
    return lists.length === 1 ? lists[0]! : concat(lists);
  }
}

function abort(): never {
  throw new Error("the kernel aborted");
}

function concat(lists: readonly Uint32Array[]): Uint32Array {
  const all = new Uint32Array(lists.reduce((n, list) => n + list.length, 0));
  let at = 0;
  for (const list of lists) {
    all.set(list, at);
    at += list.length;
  }
  return all;
}
