import type { UnitResult } from "./raw.ts";

/** Results of work under way, taken as they come, in whatever order. A failure of our own is thrown where results are taken. */
export class Results {
  readonly #running = new Set<Promise<void>>();
  readonly #done: UnitResult[] = [];
  #failure: { readonly error: unknown } | undefined;
  #wake: () => void = () => {};

  await(work: Promise<UnitResult>): void {
    const running = work
      .then((result) => void this.#done.push(result))
      .catch((error: unknown) => {
        this.#failure ??= { error };
      })
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  /** Adds a part of what work under way gives. */
  readonly push = (result: UnitResult): void => {
    this.#done.push(result);
    this.#wake();
  };

  take(): UnitResult[] {
    if (this.#failure) throw this.#failure.error;
    return this.#done.splice(0);
  }

  /** Waits until there is something to take, or an abort; false when everything was taken. */
  async next(signal: AbortSignal): Promise<boolean> {
    if (this.#done.length === 0 && this.#running.size > 0) {
      const woken = new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      await Promise.race([...this.#running, woken, aborted(signal)]);
    }
    return this.#done.length > 0 || this.#running.size > 0 || this.#failure !== undefined;
  }
}

const waiting = new WeakMap<AbortSignal, Promise<void>>();

/** One promise for each signal, so that waiting often leaves no pile of listeners. */
export function aborted(signal: AbortSignal): Promise<void> {
  let promise = waiting.get(signal);
  if (!promise) {
    promise = new Promise((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener("abort", () => resolve(), { once: true });
    });
    waiting.set(signal, promise);
  }
  return promise;
}
