import type { Finding, Gap, Match, Report, Stats } from "../model/index.ts";
import type { Source, Unit } from "../sources/unit.ts";
import { countOf, Gathered, spelledOut } from "./gathered.ts";
import { leftOutOf } from "./match-gatherer.ts";
import type { Located, ScanOptions, Seen } from "./options.ts";
import { openPool, type StartingPool } from "./pool.ts";
import { onlyGap, type Trace, type UnitResult } from "./raw.ts";
import { aborted, Results } from "./results.ts";
import { acceptGaps, suppress } from "./suppress.ts";
import { interrupted, type Progress, Tally } from "./tally.ts";
import { placedGaps } from "./unread.ts";

/** What a scan says while it runs; findings and the report come at its end. */
export type ScanEvent =
  | { readonly type: "match"; readonly match: Match }
  | { readonly type: "gap"; readonly gap: Gap }
  | { readonly type: "trace"; readonly trace: Trace }
  | ({ readonly type: "progress"; readonly matches: number } & Progress)
  | { readonly type: "finding"; readonly finding: Finding }
  | { readonly type: "report"; readonly report: Report };

/**
 * The whole pipeline: sources name units, workers open them and send matches, matches become findings, findings are judged.
 * Prints nothing, ends nothing. An aborted scan still gives its findings, and a report that says it is not complete.
 */
export async function* scan(sources: readonly Source[], options: ScanOptions): AsyncGenerator<ScanEvent> {
  const pool = openPool(options);
  try {
    yield* scanIn(pool, sources, options);
  } finally {
    await pool.close();
  }
}

async function* scanIn(
  pool: StartingPool,
  sources: readonly Source[],
  options: ScanOptions,
): AsyncGenerator<ScanEvent> {
  const tally = new Tally(options);
  const gathered = new Gathered(options.scanner.history?.places);
  for await (const result of scanned(pool, sources, options, tally)) {
    options.places?.hear(result);
    for (const match of gathered.add(result)) yield { type: "match", match };
    for (const gap of result.gaps) yield { type: "gap", gap };
    for (const trace of result.traces) yield { type: "trace", trace };
    yield { type: "progress", ...tally.progress(), matches: gathered.said };
  }
  const seen = gathered.all(options.signal.aborted);
  const located = await locate(seen, pool, options);
  tally.skip(located.skipped ?? {});
  void pool.close(); // while findings are judged
  const { matches, late = [] } = located;
  for (const match of late) yield { type: "match", match };
  for (const gap of located.gaps) yield { type: "gap", gap };
  const judged = matches.length ? await (await import("./judgement.ts")).findingsOf(matches, options) : [];
  const { findings, counts, notices } = suppress(judged, { ...options, now: options.now });
  for (const finding of findings) yield { type: "finding", finding };
  const cut = seen.table ? leftOutOf(seen.table) : [];
  const told = [...cut, ...placedGaps(tally.gaps, located.unread), ...located.gaps];
  const gaps = acceptGaps(told, options.settings, options.now, options.partial);
  const said = [...(located.notices ?? []), ...notices, ...gaps.notices];
  const stats: Stats = tally.done(countOf(seen) + late.length, findings, counts, said);
  const complete = gaps.open.length === 0 && !options.signal.aborted;
  yield {
    type: "report",
    report: {
      findings,
      gaps: gaps.open,
      stats,
      complete,
      now: new Date(options.now * 1000).toISOString(),
      root: options.root,
    },
  };
}

/** Tells who waits for it what came of a unit. */
async function finished(
  unit: Unit,
  work: Promise<UnitResult>,
  options: ScanOptions,
  tally: Tally,
): Promise<UnitResult> {
  const result = await work;
  tally.finished(unit);
  options.finished?.(unit, result);
  return result;
}

/** Milliseconds that whoever stops a scan waits for where its matches are. */
const PATIENCE = 2000;

const UNLOCATED: Gap = { what: "where what was found came from", why: "the scan was stopped before that was known" };

/** Says where matches are. Who stops the scan and would have to wait for that gets them as they are. */
async function locate(seen: Seen, pool: StartingPool, { places, signal }: ScanOptions): Promise<Located> {
  const locating = places?.locate(seen, pool);
  if (!locating) return { matches: spelledOut(seen), gaps: [] };
  const late = aborted(signal).then(() => new Promise<void>((wake) => setTimeout(wake, PATIENCE).unref()));
  const stopped = late.then(() => ({ matches: spelledOut(seen), gaps: [UNLOCATED] }));
  return Promise.race([locating, stopped]);
}

/** Hands units to the pool as they are named, and gives results as they come. */
async function* scanned(
  pool: StartingPool,
  sources: readonly Source[],
  options: ScanOptions,
  tally: Tally,
): AsyncGenerator<UnitResult> {
  const results = new Results();
  for (const source of sources) {
    for await (const event of tally.listen(source, options.signal)) {
      if (event.type === "unit")
        results.await(finished(event.unit, pool.run(event.unit, results.push), options, tally));
      else tally.hear(event, results);
      for (const result of results.take()) yield tally.add(result);
      await Promise.race([pool.ready(), aborted(options.signal)]);
    }
  }
  pool.noMore();
  while (!options.signal.aborted && (await results.next(options.signal))) {
    for (const result of results.take()) yield tally.add(result);
  }
  for (const result of results.take()) yield tally.add(result);
  for (const gap of tally.summed()) yield tally.add(onlyGap(gap));
  if (options.signal.aborted) yield tally.add(onlyGap(interrupted(options.signal)));
}
