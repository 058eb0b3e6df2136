import { grouped, LEVELS } from "../model/index.ts";
import { areLogs } from "../report/counted.ts";
import type { SweptRepository } from "../report/repository-report.ts";
import type { ScanEvent } from "../scan/scan.ts";
import type { SweepEvent } from "../sweep/sweep.ts";
import { isWatched, printError } from "./print.ts";
import { timeText } from "./progress.ts";

/** One line on a terminal's standard error that says how far a sweep is; silent when piped. */
export class SweepProgress {
  readonly #all: Counts;
  readonly #enabled: boolean;
  readonly #quiet: boolean;
  readonly #started = Date.now();
  readonly #levels = new Map<string, number>();
  readonly #done = { repositories: 0, logs: 0 };
  #bytes = 0;
  #bytesHere = 0;
  #shown = 0;

  /** Of all that is to be looked through. */
  constructor(all: readonly SweptRepository[], enabled: boolean) {
    this.#quiet = !enabled;
    const logs = all.filter(areLogs).length;
    this.#all = { repositories: all.length - logs, logs };
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

  show({ repository, levels, bytes }: SweepEvent): void {
    this.#done[areLogs(repository) ? "logs" : "repositories"]++;
    this.#bytes += bytes;
    for (const level of levels) this.#levels.set(level, (this.#levels.get(level) ?? 0) + 1);
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

/** Repositories, and those whose CI logs count beside them. */
interface Counts {
  readonly repositories: number;
  readonly logs: number;
}

const sumOf = ({ repositories, logs }: Counts): number => repositories + logs;

/** How far a sweep is after some seconds. */
export function sweepLine(
  seen: { done: Counts; all: Counts; bytes: number; levels: ReadonlyMap<string, number> },
  seconds: number,
): string {
  const { done, all, bytes, levels } = seen;
  const counts = [...LEVELS].reverse().flatMap((level) => (levels.has(level) ? `${levels.get(level)} ${level}` : []));
  const many = sumOf(done);
  const left = many > 0 ? `, ${timeText((seconds * (sumOf(all) - many)) / many)} left` : "";
  return [
    `${grouped(done.repositories)} of ${grouped(all.repositories)} repositories`,
    ...(all.logs > 0 ? [`CI logs of ${grouped(done.logs)} of ${grouped(all.logs)}`] : []),
    counts.length > 0 ? counts.join(", ") : "nothing found",
    `${(bytes / 1e6).toFixed(0)} MB${left}`,
  ].join(", ");
}
