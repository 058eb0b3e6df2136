/** Numbers ids in the order in which they come, each once. Ids are spread by their own bytes: they are hashes. */
export class IdTable {
  readonly #idSize: number;
  #slots: Int32Array;
  #words: Uint32Array;
  #bytes: Uint8Array;
  #count = 0;
  readonly #probe: Uint32Array;

  /** `expected` says how many there may be, so that the table need not grow. */
  constructor(idSize: number, expected = 512) {
    this.#idSize = idSize;
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2((4 / 3) * expected + 2))).fill(-1);
    this.#bytes = new Uint8Array(idSize * (expected + 1));
    this.#words = new Uint32Array(this.#bytes.buffer);
    this.#probe = new Uint32Array(idSize / 4);
  }

  get count(): number {
    return this.#count;
  }

  /** The id of a number, until the next one is entered. */
  id(number: number): Uint8Array {
    return this.#bytes.subarray(number * this.#idSize, (number + 1) * this.#idSize);
  }

  /** The number of the id that stands at a place of some bytes; -1 if it was not entered. */
  find(bytes: Uint8Array, at: number): number {
    return this.#slots[this.#slot(bytes, at)]!;
  }

  /** The number of the id that stands at a place of some bytes, a new one if need be. */
  enter(bytes: Uint8Array, at: number): number {
    const slot = this.#slot(bytes, at);
    if (this.#slots[slot]! >= 0) return this.#slots[slot]!;
    if ((this.#count + 1) * this.#idSize > this.#bytes.length) this.#grow();
    this.#words.set(this.#probe, (this.#count * this.#idSize) / 4);
    this.#slots[slot] = this.#count++;
    if (this.#count * 4 > this.#slots.length * 3) this.#spread();
    return this.#count - 1;
  }

  #slot(bytes: Uint8Array, at: number): number {
    for (let i = 0; i < this.#probe.length; i++, at += 4) this.#probe[i] = wordAt(bytes, at);
    return this.#slotOf(this.#probe, 0);
  }

  /** Where an id is, or where it would be entered. */
  #slotOf(words: Uint32Array, at: number): number {
    const size = this.#idSize / 4;
    const mask = this.#slots.length - 1;
    for (let slot = spread(words, at, size) & mask; ; slot = (slot + 1) & mask) {
      const number = this.#slots[slot]!;
      if (number < 0) return slot;
      let i = 0;
      while (i < size && this.#words[number * size + i] === words[at + i]) i++;
      if (i === size) return slot;
    }
  }

  #grow(): void {
    const more = new Uint8Array(this.#idSize * (2 * this.#count + 2));
    more.set(this.#bytes);
    this.#bytes = more;
    this.#words = new Uint32Array(more.buffer);
  }

  #spread(): void {
    this.#slots = new Int32Array(this.#slots.length * 2).fill(-1);
    for (let number = 0; number < this.#count; number++)
      this.#slots[this.#slotOf(this.#words, (number * this.#idSize) / 4)] = number;
  }
}

const IS_LITTLE_ENDIAN = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/** Four bytes as this machine holds a number; written byte by byte and read at once they would make the processor wait. */
function wordAt(bytes: Uint8Array, at: number): number {
  const word = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
  return IS_LITTLE_ENDIAN ? word : ((word & 0xff00) << 8) | ((word >> 8) & 0xff00) | (word << 24) | (word >>> 24);
}

/** Objects are taken for what an index calls them, so that their ids may be chosen at will: all of it counts. */
function spread(words: Uint32Array, at: number, size: number): number {
  let hash = 0;
  for (let i = 0; i < size; i++) hash = Math.imul(hash ^ words[at + i]!, 0x9e3779b1) ^ (hash >>> 15);
  return hash ^ (hash >>> 13);
}
