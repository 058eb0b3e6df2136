import { grouped, LEVELS } from "../model/index.ts";
import type { ScanEvent } from "../scan/scan.ts";
import type { SweepEvent } from "../sweep/sweep.ts";
import { isWatched, printError } from "./print.ts";
import { timeText } from "./progress.ts";

/** One line on a terminal's standard error that says how far a sweep is; silent when piped. */
export class SweepProgress {
  readonly #all: number;
  readonly #enabled: boolean;
  readonly #quiet: boolean;
  readonly #started = Date.now();
  readonly #levels = new Map<string, number>();
  #done = 0;
  #bytes = 0;
  #bytesHere = 0;
  #shown = 0;

  /** Of so many repositories. */
  constructor(all: number, enabled: boolean) {
    this.#quiet = !enabled;
    this.#all = all;
    this.#enabled = enabled && isWatched();
  }

  /** Hears of the scan under way. */
  readonly hear = (event: ScanEvent): void => {
    if (event.type !== "progress") return;
    this.#bytesHere = event.bytes;
    this.#print();
  };

  /** Says something that is no progress. */
  readonly note = (text: string): void => {
    this.clear();
    if (!this.#quiet) printError(`leakreach: ${text}\n`);
  };

  show({ stored }: SweepEvent): void {
    const { findings, stats } = stored.report;
    this.#done++;
    this.#bytes += stats.bytes;
    for (const { level } of findings) this.#levels.set(level, (this.#levels.get(level) ?? 0) + 1);
    this.#bytesHere = 0;
    this.#print();
  }

  clear(): void {
    if (this.#enabled && this.#shown) printError("\r\x1b[K");
  }

  /** Ten times a second at most. */
  #print(): void {
    const now = Date.now();
    if (!this.#enabled || now - this.#shown < 100) return;
    this.#shown = now;
    const bytes = this.#bytes + this.#bytesHere;
    printError(`\r\x1b[K${sweepLine({ ...this.#seen(), bytes }, (now - this.#started) / 1000)}`);
  }

  #seen() {
    return { done: this.#done, all: this.#all, levels: this.#levels };
  }
}

/** How far a sweep is after some seconds. */
export function sweepLine(
  seen: { done: number; all: number; bytes: number; levels: ReadonlyMap<string, number> },
  seconds: number,
): string {
  const { done, all, bytes, levels } = seen;
  const counts = [...LEVELS].reverse().flatMap((level) => (levels.has(level) ? `${levels.get(level)} ${level}` : []));
  const left = done > 0 ? `, ${timeText((seconds * (all - done)) / done)} left` : "";
  return [
    `${grouped(done)} of ${grouped(all)} repositories`,
    counts.length > 0 ? counts.join(", ") : "nothing found",
    `${(bytes / 1e6).toFixed(0)} MB${left}`,
  ].join(", ");
}
