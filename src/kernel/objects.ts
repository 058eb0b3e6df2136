import { WASM } from "../generated/history-wasm.ts";
import { compiled } from "./compiled.ts";
import type { Exports } from "./history.ts";
import { COPIES, PARTS_END } from "./layout.ts";

/** Bytes behind each text: what is read and written beyond its end, and what a hash is padded with. */
const SLACK = 128;
const PAGE = 1 << 16;
/** Most bytes that stand in the memory at once, which never shrinks. */
const MOST = 16 << 20;
const HASH = 20;

/**
 * Inflates, applies deltas to and hashes objects one by one, in a memory of its own, for who wants a few of many: Node's
 * zlib and crypto cost a start 15 ms. `Unpacker` is for all of a pack, beside a gate. What is too much for its memory gives
 * undefined, and is for Node; a number is a fault (`faultWords`).
 */
export class ObjectKernel {
  readonly #memory = new WebAssembly.Memory({ initial: Math.ceil(PARTS_END / PAGE) + 1 });
  readonly #exports = new WebAssembly.Instance(compiled(WASM), {
    env: { memory: this.#memory },
  }).exports as unknown as Exports;

  /** The zlib stream at the start of some bytes, which makes at most `limit`. */
  inflate(packed: Uint8Array, limit: number): Buffer | number | undefined {
    const [from, into] = this.#rooms(packed.length, limit) ?? [];
    if (from === undefined || into === undefined) return undefined;
    this.#put(packed, from);
    return this.#taken(into, this.#exports.inflate(from, from + packed.length, into, limit));
  }

  /** What a delta makes of its base: at most `limit` bytes. */
  applyDelta(delta: Uint8Array, base: Uint8Array, limit: number): Buffer | number | undefined {
    const [at, before] = this.#rooms(delta.length, base.length) ?? [];
    if (at === undefined || before === undefined) return undefined;
    this.#put(delta, at);
    const end = at + delta.length;
    const head = this.#exports.deltaSizes(at, end);
    if (head < 0) return head;
    const size = Math.min(this.#exports.deltaResultSize(), limit);
    const into = this.#rooms(delta.length, base.length, size)?.[2];
    if (into === undefined) return undefined;
    this.#put(base, before);
    return this.#taken(into, this.#exports.applyDelta(at, end, before, base.length, into, size, COPIES, COPIES));
  }

  /** The SHA-1 of two texts, one after the other, as hexadecimal digits. */
  sha1(header: Uint8Array, content: Uint8Array): string | undefined {
    const size = header.length + content.length;
    const [at, out] = this.#rooms(size, HASH) ?? [];
    if (at === undefined || out === undefined) return undefined;
    this.#put(header, at);
    this.#put(content, at + header.length);
    this.#exports.sha1(at, size, out);
    return Buffer.from(this.#memory.buffer, out, HASH).toString("hex");
  }

  /** Where texts of these sizes have room side by side, after growing if need be. */
  #rooms(...sizes: readonly number[]): number[] | undefined {
    let end = PARTS_END;
    const rooms = sizes.map((size) => {
      const at = end;
      end = Math.ceil((end + size + SLACK) / 16) * 16;
      return at;
    });
    if (end - PARTS_END > MOST) return undefined;
    const missing = end - this.#memory.buffer.byteLength;
    if (missing > 0) this.#memory.grow(Math.ceil(missing / PAGE));
    return rooms;
  }

  #put(bytes: Uint8Array, at: number): void {
    new Uint8Array(this.#memory.buffer, at, bytes.length).set(bytes);
  }

  #taken(at: number, size: number): Buffer | number {
    return size < 0 ? size : Buffer.from(Buffer.from(this.#memory.buffer, at, size));
  }
}

let made: ObjectKernel | undefined;

/** This thread's. */
export function objectKernel(): ObjectKernel {
  made ??= new ObjectKernel();
  return made;
}
