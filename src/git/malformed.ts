import type { Gap } from "../model/index.ts";
import { ScanError } from "../model/index.ts";

/** Bytes that are not what their format says. The message names the flaw, never the content. */
export class Malformed extends Error {
  override readonly name = "Malformed";
}

/** An object that is larger than may be read. */
export const tooLarge = (limit: number): Malformed => new Malformed(`the object is larger than ${limit} bytes`);

/** Whether that is why something could not be read. */
export const saysTooLarge = (why: string): boolean => /^the object is larger than \d+ bytes$/.test(why);

/** Why something of a repository could not be read, for a gap: a format's flaw or the system's name of the error. */
export function whyUnread(error: unknown): string {
  if (error instanceof Malformed || error instanceof ScanError) return error.message;
  const { code } = error as NodeJS.ErrnoException;
  if (code === "EACCES" || code === "EPERM") return "permission denied";
  if (error instanceof RangeError && /allocation failed|array length/i.test(error.message))
    return "there is not enough memory for it";
  if (code === undefined) throw error;
  return code;
}

const MOST_GAPS = 1000;

/** Gathers gaps: the first thousand by name, the rest as a count, since a hostile file can have millions. */
export class Gaps {
  readonly #gaps: Gap[] = [];
  #more = 0;

  add(what: string, why: string): void {
    if (this.#gaps.length < MOST_GAPS) this.#gaps.push({ what, why });
    else this.#more++;
  }

  addAll(gaps: readonly Gap[]): void {
    for (const { what, why } of gaps) this.add(what, why);
  }

  /** Does a piece of work; if its input cannot be read, that is a gap. */
  try<T>(what: string, work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      this.add(what, whyUnread(error));
      return undefined;
    }
  }

  all(): readonly Gap[] {
    const last = this.#gaps.at(-1);
    if (this.#more === 0 || !last) return this.#gaps;
    return [...this.#gaps, { what: `${this.#more} more`, why: `such as: ${last.why}` }];
  }
}
