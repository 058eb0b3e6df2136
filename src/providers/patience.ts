import { setTimeout as sleep } from "node:timers/promises";
import { Again, Unread } from "./unread.ts";

/** How long is waited, and how often it is tried again. */
export interface Patience {
  /** Times in all. */
  readonly tries: number;
  /** Seconds that may be waited for a rate limit to end. */
  readonly longest: number;
  /** Milliseconds that a second of waiting lasts: tests make it short. */
  readonly second: number;
  /** Milliseconds without a byte after which a connection counts as cut. */
  readonly silence: number;
}

export const PATIENCE: Patience = { tries: 5, longest: 900, second: 1000, silence: 60_000 };

/** Is told when a wait begins that a person would notice. */
export type Waiting = (seconds: number, why: string) => void;

/**
 * Does a piece of work again as long as it fails with {@link Again}: after the time the server named, or after 1, 2, 4...
 * seconds. A time that is longer than may be waited counts for all later work, too, so that nothing is asked in vain.
 */
export class Retries {
  readonly #patience: Patience;
  readonly #waiting: Waiting;
  /** Until when nothing may be asked; milliseconds of the process. */
  #closed = 0;

  constructor(patience: Patience, waiting: Waiting) {
    this.#patience = patience;
    this.#waiting = waiting;
  }

  async do<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    const { tries, longest, second } = this.#patience;
    for (let at = 1; ; at++) {
      signal.throwIfAborted();
      await this.#open(signal);
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof Again)) throw error;
        const { after = 2 ** (at - 1) } = error;
        if (after > longest) this.#closed = Math.max(this.#closed, performance.now() + after * second);
        if (after > longest) throw new Unread("limit", tooLong(after));
        if (at >= tries) throw new Unread("broken", `${error.message}, ${tries} times`);
        if (error.after !== undefined) this.#closed = Math.max(this.#closed, performance.now() + after * second);
        else await sleep(after * second, undefined, { signal });
      }
    }
  }

  /** Waits until the server may be asked. */
  async #open(signal: AbortSignal): Promise<void> {
    const { longest, second } = this.#patience;
    for (;;) {
      const left = (this.#closed - performance.now()) / second;
      if (left <= 0) return;
      if (left > longest) throw new Unread("limit", tooLong(left));
      this.#waiting(left, "the server's rate limit");
      await sleep(left * second, undefined, { signal });
    }
  }
}

/** Says of a limit that nobody waits for when it ends. */
export const tooLong = (seconds: number): string =>
  `the server's rate limit ends in ${Math.ceil(seconds / 60)} min: run again then, with --state to go on where this ended; --max-wait says how long is waited`;

/** Seconds that an answer asks to wait: `Retry-After` (RFC 9110, 10.2.3) or the reset of a rate limit that is used up. */
export function askedToWait(headers: Headers, now: number = Date.now() / 1000): number | undefined {
  const after = headers.get("retry-after")?.trim();
  if (after !== undefined && /^\d{1,9}$/.test(after)) return Number(after);
  const date = after === undefined ? Number.NaN : Date.parse(after) / 1000;
  if (!Number.isNaN(date)) return Math.max(0, Math.ceil(date - now));
  const reset = RESETS.map(([left, name]) => (headers.get(left)?.trim() === "0" ? headers.get(name) : null)).find(
    Boolean,
  );
  if (!reset || !/^\d{1,12}$/.test(reset.trim())) return undefined;
  const number = Number(reset);
  // GitHub and GitLab name a time, Buildkite a number of seconds.
  return number > 1e9 ? Math.max(0, Math.ceil(number - now)) : number;
}

/** What is left of a limit, and when it begins anew. */
const RESETS = [
  ["x-ratelimit-remaining", "x-ratelimit-reset"],
  ["ratelimit-remaining", "ratelimit-reset"],
] as const;
