import { grouped } from "../model/index.ts";
import { isWatched, printError } from "./print.ts";

/** One line on a terminal's standard error that says how far a long scan is; silent when piped. */
export class Progress {
  readonly #enabled: boolean;
  readonly #started = Date.now();
  #shown = 0;

  constructor(enabled: boolean) {
    this.#enabled = enabled && isWatched();
  }

  /** Ten times a second at most, and not in the first half second. */
  show(files: number, bytes: number, matches: number): void {
    const now = Date.now();
    if (!this.#enabled || now - this.#started < 500 || now - this.#shown < 100) return;
    this.#shown = now;
    const seconds = (now - this.#started) / 1000;
    const rate = bytes / 1e6 / seconds;
    printError(
      `\r\x1b[K${grouped(files)} files, ${(bytes / 1e6).toFixed(0)} MB, ${matches} matches, ${rate.toFixed(0)} MB/s`,
    );
  }

  clear(): void {
    if (this.#enabled && this.#shown) printError("\r\x1b[K");
  }
}
