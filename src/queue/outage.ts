import { setTimeout } from "node:timers/promises";
import { unlessAborted } from "../model/index.ts";
import { type QueueAddress, toldOf } from "./address.ts";
import { isOutage } from "./server.ts";

/** Milliseconds between two looks at a server that is away. */
const PAUSE = 500;

/** Says once that a queue's server is away, and once that it is back. */
export class Outage {
  #isOut = false;
  #last = "";

  constructor(
    readonly address: QueueAddress,
    readonly note: (text: string) => void,
  ) {}

  /** Hears of an error of the queue. */
  readonly hear = (error: unknown): void => {
    const why = toldOf(error, this.address);
    if (isOutage(error)) {
      if (!this.#isOut) this.note(`the queue ${this.address.shown} is away (${why}): waiting for it`);
      this.#isOut = true;
    } else if (why !== this.#last) this.note(`the queue ${this.address.shown}: ${why}`);
    this.#last = why;
  };

  /** Hears that the queue has answered. */
  isBack(): void {
    if (this.#isOut) this.note(`the queue ${this.address.shown} is back`);
    this.#isOut = false;
    this.#last = "";
  }

  /** Asks again until the queue answers; rejects with the signal's reason when that comes first. */
  async through<T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> {
    for (;;) {
      signal.throwIfAborted();
      try {
        const answer = await unlessAborted(ask(), signal);
        this.isBack();
        return answer;
      } catch (error) {
        if (signal.aborted || !isOutage(error)) throw error;
        this.hear(error);
        await unlessAborted(setTimeout(PAUSE), signal);
      }
    }
  }
}
