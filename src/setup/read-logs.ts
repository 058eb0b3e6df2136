import type { Match } from "../model/index.ts";
import type { UnitResult } from "../scan/raw.ts";
import type { Unit } from "../sources/unit.ts";

/** Remembers which fetched logs a scan looked through to their end, without a gap. */
export class ReadLogs {
  readonly #logOf: (path: string) => string | undefined;
  /** By log: units that are still to be looked through. */
  readonly #left = new Map<string, number>();
  readonly #last = new Map<UnitResult, string>();
  readonly #done = new Set<string>();
  readonly #holding = new Set<string>();
  readonly #unread = new Set<string>();

  constructor(logOf: (path: string) => string | undefined) {
    this.#logOf = logOf;
  }

  /** A log was fetched, as so many units. */
  begun(log: string, units: number): void {
    if (units === 0) this.#done.add(log);
    else this.#left.set(log, units);
  }

  /** Something of a log was not read, or is not reported. */
  unread(log: string | undefined): void {
    if (log !== undefined) this.#unread.add(log);
  }

  /** A unit came to its end, with this as the last of its results. */
  finished(unit: Unit, result: UnitResult): void {
    const log = unit.kind === "files" ? this.#logOf(unit.paths[0] ?? "") : undefined;
    if (log !== undefined) this.#last.set(result, log);
  }

  /** Hears results in order, parts of long texts as well; says whether a log was looked through with this one. */
  hear(result: UnitResult): boolean {
    for (const { blob } of result.matches) this.#holds(blob);
    for (const { what } of result.gaps) this.unread(this.#logOf(what));
    const log = this.#last.get(result);
    if (log === undefined) return false;
    this.#last.delete(result);
    const left = (this.#left.get(log) ?? 1) - 1;
    this.#left.set(log, left);
    if (left > 0) return false;
    this.#left.delete(log);
    this.#done.add(log);
    return true;
  }

  #holds(path: string): void {
    const log = this.#logOf(path);
    if (log !== undefined) this.#holding.add(log);
  }

  /** What of some matches is left out of the report: their logs are to be read again when more is asked for. */
  leftOut(matches: readonly Match[], kept: readonly Match[]): void {
    const count = (all: readonly Match[]): Map<string, number> => {
      const counts = new Map<string, number>();
      for (const { blob } of all) counts.set(blob, (counts.get(blob) ?? 0) + 1);
      return counts;
    };
    const left = count(kept);
    for (const [path, number] of count(matches)) if ((left.get(path) ?? 0) < number) this.unread(this.#logOf(path));
  }

  /** Logs in which nothing was found: to pass them over loses nothing, even if this run is never reported. */
  empty(): readonly string[] {
    return this.whole().filter((log) => !this.#holding.has(log));
  }

  /** All logs that were looked through. */
  whole(): readonly string[] {
    return [...this.#done].filter((log) => !this.#unread.has(log));
  }
}
