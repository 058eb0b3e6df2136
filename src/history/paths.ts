/** Numbers paths, each by the path it is in and its last name. 0 is the top level. */
export class Paths {
  readonly #parents: number[] = [0];
  readonly #names: number[] = [0];
  readonly #known = new Map<number, number>();

  get count(): number {
    return this.#names.length;
  }

  /** The number of the path of a name in a path. */
  enter(parent: number, name: number): number {
    const key = parent * 2 ** 26 + name;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    this.#known.set(key, this.#names.length);
    this.#parents.push(parent);
    return this.#names.push(name) - 1;
  }

  /** The names that make up a path, from the top level down. */
  names(path: number): readonly number[] {
    const names: number[] = [];
    for (let at = path; at !== 0; at = this.#parents[at]!) names.push(this.#names[at]!);
    return names.reverse();
  }
}
