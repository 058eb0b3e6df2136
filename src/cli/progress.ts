import { grouped } from "../model/index.ts";
import { isWatched, printError } from "./print.ts";

/** How far a scan is. */
export interface Seen {
  readonly files: number;
  readonly bytes: number;
  readonly matches: number;
  readonly objects?: { readonly done: number; readonly all: number };
  /** Of the work, from 0 to 1. */
  readonly share?: number;
}

/** One line on a terminal's standard error that says how far a long scan is; silent when piped. */
export class Progress {
  readonly #enabled: boolean;
  readonly #started = Date.now();
  #shown = 0;

  constructor(enabled: boolean) {
    this.#enabled = enabled && isWatched();
  }

  /** Ten times a second at most, and not in the first half second. */
  show(seen: Seen): void {
    const now = Date.now();
    if (!this.#enabled || now - this.#started < 500 || now - this.#shown < 100) return;
    this.#shown = now;
    printError(`\r\x1b[K${progressLine(seen, (now - this.#started) / 1000)}`);
  }

  clear(): void {
    if (this.#enabled && this.#shown) printError("\r\x1b[K");
  }
}

/** What is seen after some seconds, and how many are left where the end is known. */
export function progressLine({ files, bytes, matches, objects, share = 0 }: Seen, seconds: number): string {
  const what = objects ? `${grouped(objects.done)} of ${grouped(objects.all)} objects` : `${grouped(files)} files`;
  const speed = `${(bytes / 1e6 / seconds).toFixed(0)} MB/s`;
  const left = share > 0 ? `${timeText((seconds * Math.max(0, 1 - share)) / share)} left` : speed;
  return `${what}, ${(bytes / 1e6).toFixed(0)} MB, ${matches} matches, ${left}`;
}

/** Seconds for people. */
export function timeText(seconds: number): string {
  const whole = Math.ceil(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
