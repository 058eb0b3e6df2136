/**
 * Values of one JSON line each, `<id> <json>`, by id. A line is looked for and parsed when its value is asked for: a run
 * needs few of hundreds. What walks over them reads the whole.
 */
export class Lines<T> extends Map<string, T> {
  readonly #text: Buffer;

  /** `text` is ASCII, with a line feed before every line. */
  constructor(text: Buffer) {
    super();
    this.#text = text;
  }

  override get size(): number {
    return this.#ids().length;
  }

  override has(id: string): boolean {
    return this.get(id) !== undefined;
  }

  override get(id: string): T | undefined {
    const known = super.get(id);
    if (known !== undefined || /\s/.test(id)) return known;
    const mark = `\n${id} `;
    const at = this.#text.indexOf(mark);
    if (at < 0) return undefined;
    const end = this.#text.indexOf("\n", at + 1);
    const json = this.#text.toString("latin1", at + mark.length, end < 0 ? this.#text.length : end);
    const value = JSON.parse(json) as T;
    super.set(id, value);
    return value;
  }

  override keys(): MapIterator<string> {
    return this.#ids().values() as MapIterator<string>;
  }

  override *values(): MapIterator<T> {
    for (const id of this.#ids()) yield this.get(id)!;
  }

  override *entries(): MapIterator<[string, T]> {
    for (const id of this.#ids()) yield [id, this.get(id)!];
  }

  override [Symbol.iterator](): MapIterator<[string, T]> {
    return this.entries();
  }

  override forEach(visit: (value: T, id: string, map: Map<string, T>) => void): void {
    for (const [id, value] of this.entries()) visit(value, id, this);
  }

  #ids(): string[] {
    const lines = this.#text.toString("latin1").split("\n").slice(1);
    return lines.map((line) => line.slice(0, line.indexOf(" ")));
  }
}
