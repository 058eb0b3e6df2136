import { type Finding, type Gap, grouped, masked, type Stats } from "../model/index.ts";
import type { Source, SourceEvent, Unit } from "../sources/unit.ts";
import type { ScanOptions } from "./options.ts";
import { onlyGap, type UnitResult } from "./raw.ts";
import type { Results } from "./results.ts";
import { ruleCount } from "./scanner.ts";

/** Whether a scan was stopped by its time limit, and not by hand. */
export const isTimeUp = ({ reason }: AbortSignal): boolean => (reason as Error | undefined)?.name === "TimeoutError";

/** The gap of a scan that was stopped, by hand or by its time limit. */
export function interrupted(signal: AbortSignal): Gap {
  const why = isTimeUp(signal) ? "its time was up" : "interrupted";
  return { what: "the scan", why: `${why} before its end: what is reported is what was found until then` };
}

/** How far a scan is. */
export interface Progress {
  readonly files: number;
  readonly bytes: number;
  /** Of a history: how many objects were looked at, of how many, and which share of the work that is. */
  readonly objects?: { readonly done: number; readonly all: number };
  readonly share?: number;
}

/** Counts what was looked at, what was left out and what could not be read. */
export class Tally {
  readonly gaps: Gap[] = [];
  files = 0;
  bytes = 0;
  readonly #options: ScanOptions;
  readonly #started = process.uptime();
  readonly #skipped: Record<string, number> = {};
  readonly #notices: string[] = [];
  readonly #unused: string[] = [];
  #blobs = 0;
  #archives = 0;
  #candidates = 0;
  #unfetched: number;
  #done = 0;

  constructor(options: ScanOptions) {
    this.#options = options;
    this.#unfetched = options.unfetched ?? 0;
  }

  /** The events of a source; one that fails midway is a gap, and the others are still scanned. */
  async *listen(source: Source, signal: AbortSignal): AsyncGenerator<SourceEvent> {
    try {
      yield* source.units(signal);
    } catch (error) {
      if (signal.aborted) return;
      yield {
        type: "gap",
        gap: { what: source.name, why: error instanceof Error ? error.message : "could not be listed" },
      };
    }
  }

  /** What a source says besides units. Its gaps go out with the results. */
  hear(event: Exclude<SourceEvent, { type: "unit" }>, out: Results): void {
    if (event.type === "skipped") this.#skip(event.reason, event.count);
    else if (event.type === "notice") this.#notices.push(event.text);
    else out.push(onlyGap(event.gap));
  }

  add(result: UnitResult): UnitResult {
    this.gaps.push(...result.gaps);
    this.files += result.files;
    this.bytes += result.bytes;
    this.#blobs += result.blobs;
    this.#archives += result.archives;
    this.#candidates += result.candidates;
    this.#unfetched += result.unfetched.length;
    this.#unused.push(...result.unused);
    this.skip(result.skipped);
    return result;
  }

  /** How far a scan is that knows its end. */
  progress(): Progress {
    const { whole } = this.#options;
    const { files, bytes } = this;
    if (!whole) return { files, bytes };
    return { files, bytes, objects: { done: this.#blobs, all: whole.objects }, share: this.#done / whole.bytes };
  }

  /** A unit was looked through. */
  finished(unit: Unit): void {
    if (unit.kind === "objects") this.#done += unit.bytes;
  }

  /** What is said once of everything: contents in Git LFS that were never fetched. */
  summed(): Gap[] {
    if (this.#unfetched === 0) return [];
    const what = `${grouped(this.#unfetched)} ${this.#unfetched === 1 ? "file" : "files"} in Git LFS`;
    return [{ what, why: "only pointers are here: git lfs fetch --all brings what they stand for" }];
  }

  /** What was left out on purpose: how much, by reason. */
  skip(counts: Stats["skipped"]): void {
    for (const [reason, count] of Object.entries(counts)) this.#skip(reason, count);
  }

  done(
    matches: number,
    findings: readonly Finding[],
    suppressed: Readonly<Record<string, number>>,
    notices: readonly string[],
  ): Stats {
    return {
      rules: ruleCount(this.#options.scanner),
      files: this.files,
      blobs: this.#blobs,
      bytes: this.bytes,
      archives: this.#archives,
      candidates: this.#candidates,
      matches,
      skipped: this.#skipped,
      suppressed,
      none: findings.filter((finding) => finding.reach.level === "none").length,
      ...(this.#options.earlier ? { earlier: this.#options.earlier } : {}),
      notices: [...this.#options.notices, ...this.#notices, ...notices, ...unusedComments(this.#unused)].map(masked),
      milliseconds: Math.round((process.uptime() - this.#started) * 1000),
    };
  }

  #skip(reason: string, count: number): void {
    this.#skipped[reason] = (this.#skipped[reason] ?? 0) + count;
  }
}

/** Unused comments that are named one by one. */
const NAMED = 20;

function unusedComments(places: readonly string[]): string[] {
  const named = places
    .slice(0, NAMED)
    .map(
      (place) =>
        `unused: the comment at ${place} allows nothing: nothing that it names is found there; mend or remove it`,
    );
  const more = places.length - NAMED;
  return more > 0 ? [...named, `unused: ${more} more comments allow nothing`] : named;
}
