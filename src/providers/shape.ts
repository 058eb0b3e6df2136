import { Unread } from "./unread.ts";

/** Reads what servers answer: everything in it is checked, since it is theirs. */
export class Shape {
  readonly #value: Readonly<Record<string, unknown>>;

  constructor(value: unknown) {
    this.#value = typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  }

  text(key: string): string | undefined {
    const value = this.#own(key);
    return typeof value === "string" && value !== "" ? value : undefined;
  }

  number(key: string): number | undefined {
    const value = this.#own(key);
    return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
  }

  flag(key: string): boolean {
    return this.#own(key) === true;
  }

  /** Whether it says no; what is not said is neither yes nor no. */
  denies(key: string): boolean {
    return this.#own(key) === false;
  }

  /** Epoch seconds of an ISO 8601 time. */
  time(key: string): number | undefined {
    const time = Date.parse(this.text(key) ?? "") / 1000;
    return Number.isNaN(time) ? undefined : time;
  }

  /** A number or word that names something: it becomes part of paths. */
  id(key: string): string {
    const value = String(this.#own(key) ?? "");
    if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/.test(value))
      throw new Unread("broken", `an entry of the list has no ${key}`);
    return value;
  }

  part(key: string): Shape {
    return new Shape(this.#own(key));
  }

  list(key: string): readonly Shape[] {
    return listOf(this.#own(key), key);
  }

  maybeList(key: string): readonly Shape[] {
    const value = this.#own(key);
    return value === undefined || value === null ? [] : listOf(value, key);
  }

  #own(key: string): unknown {
    return Object.hasOwn(this.#value, key) ? this.#value[key] : undefined;
  }
}

/** The entries of a list; what is no list ends it with a word, not with silence. */
export function listOf(value: unknown, name: string): readonly Shape[] {
  if (!Array.isArray(value)) throw new Unread("broken", `the answer has no list of ${name}`);
  return value.map((entry) => new Shape(entry));
}
