import { WASM } from "../generated/history-wasm.ts";
import { compiled } from "./compiled.ts";
import type { Kernel } from "./kernel.ts";
import { COPIES, COPIES_END, PARTS_END } from "./layout.ts";
import { Room } from "./room.ts";

/** What the history module exports. */
export interface Exports {
  inflate(src: number, srcEnd: number, dst: number, cap: number): number;
  deltaSizes(delta: number, deltaEnd: number): number;
  applyDelta(
    delta: number,
    deltaEnd: number,
    base: number,
    baseSize: number,
    out: number,
    cap: number,
    copies: number,
    copiesEnd: number,
  ): number;
  sha1(at: number, size: number, out: number): void;
  openTrees(room: number): void;
  want(id: number): void;
  addTree(at: number, end: number, idSize: number, level: number, base: number, copies: number): number;
  readonly isMarked: WebAssembly.Global;
  dropNames(): void;
  readonly nameSize: WebAssembly.Global;
  readonly namesLost: WebAssembly.Global;
  readonly textSize: WebAssembly.Global;
  readonly entryCount: WebAssembly.Global;
  readonly runCount: WebAssembly.Global;
  readonly memberCount: WebAssembly.Global;
  readonly listSize: WebAssembly.Global;
  readonly consumed: WebAssembly.Global;
  deltaBaseSize(): number;
  deltaResultSize(): number;
  copyCount(): number;
}

/** Bytes in linear memory. */
export interface Stretch {
  readonly at: number;
  readonly size: number;
}

/** What `Unpacker` may take: bytes. */
export interface UnpackerLimits {
  /** For all of the kernel's memory, the gate's included; at most 2 GiB. */
  readonly memory: number;
  /** For the packed bytes that are read at once. */
  readonly input: number;
}

/** Why an object has no buffer, to stand behind its name. */
export const TOO_LARGE = "it needs more memory than is allowed: raise --memory";

/** Bytes behind each buffer: what is written and read beyond its end (INPUT_SLACK, OUTPUT_SLACK), and the zeros the gate wants. */
export const SLACK = 64;
const PAGE = 1 << 16;
/** Memory grows by this at least: a page at a time would give up all views for each object. */
const STEP = 16 << 20;
const MOST = 2 ** 31;

/**
 * Takes packed objects apart, in the memory of a kernel so that the gate looks at them where they stand. Holds a room for packed bytes and a stack of
 * buffers. A negative answer is a fault (`faultWords`): the object is broken, and what stands in its buffer means nothing.
 */
export class Unpacker {
  /** Where packed bytes are read into. */
  readonly input: Room;
  readonly #memory: WebAssembly.Memory;
  /** The module itself, for what else works on its memory (`trees.ts`). */
  readonly exports: Exports;
  readonly #limit: number;
  readonly #bottom: number;
  /** Bytes that the memory has: asking itself is slow. */
  #size: number;
  #top: number;

  constructor(kernel: Kernel, limits: UnpackerLimits) {
    this.#memory = kernel.memory;
    this.#size = kernel.memory.buffer.byteLength;
    this.#limit = Math.floor(Math.min(limits.memory, MOST) / PAGE) * PAGE;
    this.#bottom = aligned(PARTS_END + limits.input + SLACK);
    this.#top = this.#bottom;
    if (!this.#reserve(this.#bottom)) throw new Error(`an unpacker needs more than ${this.#limit} bytes`);
    this.exports = new WebAssembly.Instance(compiled(WASM), { env: { memory: this.#memory } })
      .exports as unknown as Exports;
    this.input = new Room(this.#memory, PARTS_END, limits.input);
  }

  /** Most bytes that it may take. */
  get limit(): number {
    return this.#limit;
  }

  /** A buffer on top of the stack, or nothing when the memory allowed does not hold it. It holds what was there before; views may be given up. */
  push(size: number): Stretch | undefined {
    const end = aligned(this.#top + size + SLACK);
    if (!this.#reserve(end)) return undefined;
    const at = this.#top;
    this.#top = end;
    return { at, size };
  }

  /** A copy of some bytes on top of the stack, with zeros behind it. */
  hold(content: Uint8Array): Stretch | undefined {
    const held = this.push(content.length);
    if (held) this.put(content, held);
    return held;
  }

  /** Copies bytes into a buffer of their size, and zeros behind it. */
  put(content: Uint8Array, { at, size }: Stretch): void {
    const room = this.bytes({ at, size: size + SLACK });
    room.set(content);
    room.fill(0, size);
  }

  /** Takes a buffer, and all that was pushed after it, off the stack. */
  pop(buffer: Stretch): void {
    if (buffer.at < this.#bottom || buffer.at > this.#top) throw new Error("no buffer of this stack");
    this.#top = buffer.at;
  }

  /** The bytes themselves, until the memory grows. */
  bytes({ at, size }: Stretch): Buffer {
    return Buffer.from(this.#memory.buffer, at, size);
  }

  /**
   * Inflates the zlib stream at the start of `from`; returns how many bytes it has, or a fault. TRUNCATED says that `from` ends before the stream does:
   * whoever gave only a part of the pack gives more. Anything but `into.size` is for the caller to judge.
   */
  inflate(from: Stretch, into: Stretch): number {
    return this.exports.inflate(from.at, from.at + from.size, into.at, into.size);
  }

  /** How many bytes of its input the last stream took, its checksum included; 0 after a fault. */
  get consumed(): number {
    return this.exports.consumed.value as number;
  }

  /** The sizes that a delta names, of its base and of its result; or a fault. */
  deltaSizes(delta: Stretch): { readonly base: number; readonly result: number } | number {
    const head = this.exports.deltaSizes(delta.at, delta.at + delta.size);
    if (head < 0) return head;
    return {
      base: this.exports.deltaBaseSize(),
      result: this.exports.deltaResultSize(),
    };
  }

  /** Applies a delta; returns how many bytes its result has, or a fault. */
  applyDelta(delta: Stretch, base: Stretch, into: Stretch): number {
    const deltaEnd = delta.at + delta.size;
    return this.exports.applyDelta(delta.at, deltaEnd, base.at, base.size, into.at, into.size, COPIES, COPIES_END);
  }

  /** How many copies the last delta has; undefined when there were too many to list: then all of its result is new. */
  get copyCount(): number | undefined {
    const count = this.exports.copyCount();
    return count < 0 ? undefined : count;
  }

  /**
   * What the last delta copied, three numbers each: place in the result, place in the base, length. In order, and no two go on in both. Everything between
   * two copies is new, and so is every seam. Valid until the next delta.
   */
  get copies(): Uint32Array {
    return new Uint32Array(this.#memory.buffer, COPIES, 3 * Math.max(0, this.exports.copyCount()));
  }

  /** Whether the memory reaches to `end`, after growing if it must. */
  #reserve(end: number): boolean {
    if (end <= this.#size) return true;
    if (end > this.#limit) return false;
    const wanted = Math.min(Math.max(end, this.#size + STEP), this.#limit);
    try {
      this.#memory.grow(Math.ceil((wanted - this.#size) / PAGE));
      this.#size = this.#memory.buffer.byteLength;
    } catch {
      // The machine has no more: as if it had not been allowed.
      return false;
    }
    return true;
  }
}

function aligned(address: number): number {
  return Math.ceil(address / 16) * 16;
}
