/** Values of one JSON line each, `<id> <json>`, by id; a value is parsed when it is first asked for: a run needs few of hundreds. */
export class Lines<T> extends Map<string, T> {
  readonly #lines = new Map<string, string>();

  constructor(text: string) {
    super();
    for (const line of text.split("\n")) {
      const blank = line.indexOf(" ");
      this.#lines.set(line.slice(0, blank), line.slice(blank + 1));
    }
  }

  override get size(): number {
    return this.#lines.size;
  }

  override has(id: string): boolean {
    return this.#lines.has(id);
  }

  override get(id: string): T | undefined {
    const known = super.get(id);
    const line = known === undefined ? this.#lines.get(id) : undefined;
    if (line === undefined) return known;
    const value = JSON.parse(line) as T;
    super.set(id, value);
    return value;
  }

  override keys(): MapIterator<string> {
    return this.#lines.keys();
  }

  override *values(): MapIterator<T> {
    for (const id of this.#lines.keys()) yield this.get(id)!;
  }

  override *entries(): MapIterator<[string, T]> {
    for (const id of this.#lines.keys()) yield [id, this.get(id)!];
  }

  override [Symbol.iterator](): MapIterator<[string, T]> {
    return this.entries();
  }

  override forEach(visit: (value: T, id: string, map: Map<string, T>) => void): void {
    for (const [id, value] of this.entries()) visit(value, id, this);
  }
}
