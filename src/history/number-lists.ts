/** Numbers lists of numbers in the order in which they come, each different list once. */
export class NumberLists {
  #slots = new Int32Array(1 << 10).fill(-1);
  #starts: Uint32Array = new Uint32Array(1 << 9);
  #numbers: Uint32Array = new Uint32Array(1 << 12);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** How many numbers all lists have. */
  get size(): number {
    return this.#starts[this.#count]!;
  }

  /** The list of a number, until the next one is entered. */
  list(number: number): Uint32Array {
    return this.#numbers.subarray(this.#starts[number]!, this.#starts[number + 1]!);
  }

  /** The number of a list, a new one if need be. */
  enter(list: Uint32Array): number {
    const slot = this.#slotOf(list);
    if (this.#slots[slot]! >= 0) return this.#slots[slot]!;
    const start = this.size;
    if (start + list.length > this.#numbers.length) this.#numbers = grown(this.#numbers, start + list.length);
    if (this.#count + 2 > this.#starts.length) this.#starts = grown(this.#starts, this.#count + 2);
    this.#numbers.set(list, start);
    this.#slots[slot] = this.#count++;
    this.#starts[this.#count] = start + list.length;
    if (this.#count * 2 > this.#slots.length) this.#spread();
    return this.#count - 1;
  }

  #slotOf(list: Uint32Array): number {
    const mask = this.#slots.length - 1;
    for (let slot = hashOf(list) & mask; ; slot = (slot + 1) & mask) {
      const number = this.#slots[slot]!;
      if (number < 0 || same(this.list(number), list)) return slot;
    }
  }

  #spread(): void {
    this.#slots = new Int32Array(this.#slots.length * 2).fill(-1);
    for (let number = 0; number < this.#count; number++) this.#slots[this.#slotOf(this.list(number))] = number;
  }
}

function grown(numbers: Uint32Array, least: number): Uint32Array {
  const more = new Uint32Array(Math.max(numbers.length * 2, least));
  more.set(numbers);
  return more;
}

function hashOf(list: Uint32Array): number {
  let hash = list.length;
  for (let i = 0; i < list.length; i++) hash = Math.imul(hash ^ list[i]!, 0x9e3779b1) ^ (hash >>> 15);
  return hash ^ (hash >>> 13);
}

function same(a: Uint32Array, b: Uint32Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
