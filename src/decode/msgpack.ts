import { Buffer } from "node:buffer";

export type Msgpack =
  | null
  | boolean
  | number
  | string
  | Uint8Array
  | readonly Msgpack[]
  | ReadonlyMap<Msgpack, Msgpack>;

const DEEPEST = 16;
const MOST_VALUES = 4096;

/** Reads the first MessagePack value of some bytes (msgpack/spec.md); undefined when there is none, or too much of it. */
export function readMsgpack(bytes: Uint8Array): Msgpack | undefined {
  const reader = new Reader(bytes);
  try {
    return reader.value(0);
  } catch {
    // The bytes end early, or nest too deep: they are no MessagePack that we want.
    return undefined;
  }
}

/** Guards that reading stays within the bytes, the depth and the number of values. */
class Reader {
  readonly #bytes: Buffer;
  #at = 0;
  #left = MOST_VALUES;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  value(depth: number): Msgpack {
    if (depth > DEEPEST || this.#left-- <= 0) throw new RangeError("too deep or too long");
    const type = this.#number(1);
    if (type < 0x80) return type;
    if (type < 0x90) return this.#map(type & 15, depth);
    if (type < 0xa0) return this.#list(type & 15, depth);
    if (type < 0xc0) return this.#text(type & 31);
    if (type >= 0xe0) return type - 256;
    return this.#wide(type, depth);
  }

  #wide(type: number, depth: number): Msgpack {
    if (type <= 0xc3) return type === 0xc0 ? null : type === 0xc3;
    if (type <= 0xc6) return this.#take(this.#number(1 << (type - 0xc4)));
    if (type <= 0xc9) return this.#take(this.#number(1 << (type - 0xc7)) + 1);
    if (type === 0xca) return this.#take(4).readFloatBE();
    if (type === 0xcb) return this.#take(8).readDoubleBE();
    if (type <= 0xcf) return this.#number(1 << (type - 0xcc));
    if (type <= 0xd3) return this.#signed(1 << (type - 0xd0));
    if (type <= 0xd8) return this.#take((1 << (type - 0xd4)) + 1);
    if (type <= 0xdb) return this.#text(this.#number(1 << (type - 0xd9)));
    const length = this.#number(type % 2 === 0 ? 2 : 4);
    return type < 0xde ? this.#list(length, depth) : this.#map(length, depth);
  }

  #list(length: number, depth: number): readonly Msgpack[] {
    const values: Msgpack[] = [];
    while (values.length < length) values.push(this.value(depth + 1));
    return values;
  }

  #map(length: number, depth: number): ReadonlyMap<Msgpack, Msgpack> {
    const pairs = new Map<Msgpack, Msgpack>();
    for (let read = 0; read < length; read++) pairs.set(this.value(depth + 1), this.value(depth + 1));
    return pairs;
  }

  #text(length: number): string {
    return this.#take(length).toString("utf8");
  }

  #number(size: number): number {
    const bytes = this.#take(size);
    return size === 8 ? Number(bytes.readBigUInt64BE()) : bytes.readUIntBE(0, size);
  }

  #signed(size: number): number {
    const bytes = this.#take(size);
    return size === 8 ? Number(bytes.readBigInt64BE()) : bytes.readIntBE(0, size);
  }

  #take(length: number): Buffer {
    if (this.#at + length > this.#bytes.length) throw new RangeError("the bytes end early");
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }
}
