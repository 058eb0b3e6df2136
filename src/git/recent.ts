/** What was used last, up to a number of bytes; what was not used for longest is forgotten first. */
export class Recent<T> {
  readonly #most: number;
  readonly #items = new Map<string, { readonly value: T; readonly size: number }>();
  #size = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get(key: string): T | undefined {
    const item = this.#items.get(key);
    if (!item) return undefined;
    this.#items.delete(key);
    this.#items.set(key, item);
    return item.value;
  }

  /** Keeps a value of so many bytes, unless it would take a quarter of the room. */
  set(key: string, value: T, size: number): void {
    if (size > this.#most / 4 || this.#items.has(key)) return;
    this.#items.set(key, { value, size });
    this.#size += size;
    for (const [oldest, item] of this.#items) {
      if (this.#size <= this.#most) return;
      this.#items.delete(oldest);
      this.#size -= item.size;
    }
  }
}
