import { inspect } from "node:util";

/** A secret that hides itself: it prints as `[secret, 40 characters]`, and opening it is one greppable word. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The secret itself. Every use of this word is a place to review. */
  reveal(): string {
    return this.#value;
  }

  /** Length in UTF-16 code units. */
  get length(): number {
    return this.#value.length;
  }

  toString(): string {
    return `[secret, ${this.#value.length} characters]`;
  }

  toJSON(): string {
    return this.toString();
  }

  [inspect.custom](): string {
    return this.toString();
  }
}

/** Characters of a secret that are in no name by chance. */
export const TELLING = 12;
