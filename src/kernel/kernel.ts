import { WASM } from "../generated/wasm.ts";
import { bucketsOf, fragmentBytes } from "./buckets.ts";
import {
  BLOCK,
  BLOCK_SIZE,
  CHECKS,
  CLASSES,
  FOLDED,
  folded,
  fragmentAt,
  HEADS,
  LITERAL_HEADS,
  LITERALS,
  type Literal,
  MEMORY_PAGES,
  OUT,
  OUT_END,
  PREFIXES,
  type Prefix,
  TEDDY,
  TEXTS,
  TEXTS_END,
  VIEW,
  VIEW_SIZE,
  WORD_HEADS,
  WORDS,
} from "./layout.ts";

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

  constructor(prefixes: readonly Prefix[], literals: readonly Literal[], words: readonly string[]) {
    const memory = new WebAssembly.Memory({ initial: MEMORY_PAGES, maximum: MEMORY_PAGES });
    const module = new WebAssembly.Module(Buffer.from(WASM, "base64"));
    const instance = new WebAssembly.Instance(module, { env: { memory, abort } });
    this.#exports = instance.exports as unknown as Exports;
    this.#out = new Uint32Array(memory.buffer, OUT, (OUT_END - OUT) / 4);
    this.block = { bytes: Buffer.from(memory.buffer, BLOCK, BLOCK_SIZE), base: BLOCK };
    this.view = { bytes: Buffer.from(memory.buffer, VIEW, VIEW_SIZE), base: VIEW };
    fillTables(memory.buffer, prefixes, literals, words);
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

function fillTables(
  buffer: ArrayBuffer,
  prefixes: readonly Prefix[],
  literals: readonly Literal[],
  words: readonly string[],
): void {
  const bytes = Buffer.from(buffer);
  // A buffer checks every write in JavaScript, and there are thousands: a view does not.
  const view = new DataView(buffer);
  fillClasses(bytes);
  let text = TEXTS;
  const write = (value: string): number => {
    const at = text;
    text += bytes.write(value, at, TEXTS_END - at, "latin1");
    if (text >= TEXTS_END) throw new Error("too many rules for the kernel's tables");
    return at;
  };
  if (
    prefixes.length > (TEDDY - PREFIXES) / 16 ||
    literals.length > (WORD_HEADS - LITERALS) / 16 ||
    words.length > (FOLDED - WORDS) / 8
  ) {
    throw new Error("too many rules for the kernel's tables");
  }
  prefixes.forEach((prefix, i) => {
    fillPrefix(view, prefix, i, write(prefix.text));
  });
  const spoken = [...new Set(words.map(folded))].filter((word) => word.length >= 3);
  spoken.forEach((word, i) => {
    fillWord(view, word, i, write(word));
  });
  const buckets = bucketsOf(literals);
  literals.forEach((literal, i) => {
    fillLiteral(bytes, view, literal, i, write(literal.text));
    fillNibbles(bytes, literal, buckets[i]!);
  });
}

function fillWord(view: DataView, word: string, i: number, at: number): void {
  const entry = WORDS + 8 * i;
  view.setUint32(entry, at, true);
  view.setUint16(entry + 4, word.length, true);
  const head = WORD_HEADS + 2 * ((Math.imul(view.getUint32(at, true) & 0xffffff, 0x9e3779b1) >>> 20) & 4095);
  view.setUint16(entry + 6, view.getUint16(head, true), true);
  view.setUint16(head, i + 1, true);
}

function fillClasses(bytes: Buffer): void {
  for (let c = 0; c < 256; c++) {
    const letter = (c | 32) >= 97 && (c | 32) <= 122 && c < 128;
    const digit = c >= 48 && c <= 57;
    bytes[CLASSES + c] = digit ? 1 : letter ? 2 : c === 43 || c === 47 ? 3 : 4;
  }
}

function fillPrefix(view: DataView, prefix: Prefix, i: number, at: number): void {
  const three = view.getUint32(at, true) & 0xffffff;
  const entry = PREFIXES + 16 * i;
  view.setUint32(entry, three, true);
  view.setUint32(entry + 4, at, true);
  view.setUint16(entry + 8, prefix.text.length, true);
  const head = HEADS + 2 * ((Math.imul(three, 0x9e3779b1) >>> 19) & 8191);
  view.setUint16(entry + 10, view.getUint16(head, true), true);
  view.setUint16(head, i + 1, true);
  view.setUint32(entry + 12, prefix.id, true);
}

function fillLiteral(bytes: Buffer, view: DataView, literal: Literal, i: number, at: number): void {
  const back = fragmentAt(literal);
  const entry = LITERALS + 16 * i;
  view.setUint32(entry, at, true);
  bytes[entry + 4] = literal.text.length;
  bytes[entry + 5] = back;
  bytes[entry + 6] = CHECKS[literal.check];
  bytes[entry + 7] = literal.fold ? 1 : 0;
  view.setUint32(entry + 8, literal.id, true);
  const folded = (view.getUint32(at + back, true) & 0xffffff) | 0x202020;
  const head = LITERAL_HEADS + 2 * ((Math.imul(folded, 0x9e3779b1) >>> 20) & 4095);
  view.setUint16(entry + 12, view.getUint16(head, true), true);
  view.setUint16(head, i + 1, true);
}

/** A bucket is one bit of the nibble tables. */
function fillNibbles(bytes: Buffer, literal: Literal, bucket: number): void {
  for (let k = 0; k < 3; k++) {
    for (const each of fragmentBytes(literal, k)) {
      const low = TEDDY + 32 * k + (each & 15);
      const high = TEDDY + 32 * k + 16 + (each >> 4);
      bytes[low] = bytes[low]! | (1 << bucket);
      bytes[high] = bytes[high]! | (1 << bucket);
    }
  }
}
