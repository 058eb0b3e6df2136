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
const TELLING = 12;

/** A name without the secret that a file may be called by, as that of a step in an archive of logs. */
export function nameWithout(secret: Secret, name: string): string {
  const value = secret.reveal();
  return value.length < TELLING ? name : name.replaceAll(value, "…");
}
