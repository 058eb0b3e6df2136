/** A part of linear memory that is filled from outside: `bytes` is that memory itself, so filling it copies nothing twice. */
export class Room {
  /** Its address. */
  readonly base: number;
  readonly size: number;
  readonly #memory: WebAssembly.Memory;
  #bytes: Buffer;

  constructor(memory: WebAssembly.Memory, base: number, size: number) {
    this.base = base;
    this.size = size;
    this.#memory = memory;
    this.#bytes = Buffer.from(memory.buffer, base, size);
  }

  /** Ask anew after the memory grew: what was given before is then empty. */
  get bytes(): Buffer {
    // A view of memory that grew has no length any more.
    if (this.#bytes.length !== this.size) this.#bytes = Buffer.from(this.#memory.buffer, this.base, this.size);
    return this.#bytes;
  }
}
