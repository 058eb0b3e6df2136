import { type Finding, LEVELS, type Level, type Report, rank } from "../model/index.ts";
import type { Format } from "../report/formats.ts";
import type { ReportOptions } from "../report/options.ts";
import { plain } from "../report/redact.ts";
import { writerOf } from "../report/writer.ts";
import { joinLess } from "../scan/joining.ts";
import type { Trace } from "../scan/raw.ts";
import { scan } from "../scan/scan.ts";
import { isTimeUp } from "../scan/tally.ts";
import type { Prepared } from "../setup/prepare.ts";
import { EXIT } from "./exit.ts";
import { parseOutputs, writeAtomically } from "./outputs.ts";
import { print, printAll, printError, terminal } from "./print.ts";
import { Progress } from "./progress.ts";
import type { ReportFlags } from "./scan-options.ts";
import { unobeyed } from "./terminal.ts";
import { VERSION } from "./version.ts";

/** A finished scan: its report, and how reports of it are written. */
export interface Performed {
  readonly report: Report;
  readonly options: ReportOptions;
  readonly prepared: Prepared & Finish;
  readonly interrupted: boolean;
}

/** What is to be done when everything was written. */
export interface Finish {
  readonly finish?: (report: Report, interrupted: boolean) => void;
}

/** Makes ready what is scanned; line hashes cost time, and only SARIF needs them. */
export type Preparation = (lineHashes: boolean, signal: AbortSignal) => Promise<Prepared & Finish>;

/** Runs a scan to its end or to Ctrl-C, with progress on a terminal. Prints matches only for jsonl, as they come. */
export async function perform(prepare: Preparation, flags: ReportFlags, lineHashes: boolean): Promise<Performed> {
  const stop = new AbortController();
  const onSignal = () => stop.abort();
  if (flags.timeLimit !== undefined) setTimeout(() => stop.abort(timeUp()), Math.ceil(flags.timeLimit * 1000)).unref();
  process.once("SIGINT", onSignal);
  process.once("SIGTERM", onSignal);
  const prepared = await prepare(lineHashes, stop.signal);
  const options = reportOptions(flags, prepared);
  const progress = new Progress(!flags.quiet);
  const lines = flags.format === "jsonl" ? await import("../report/jsonl.ts") : undefined;
  let report: Report | undefined;
  try {
    for await (const event of scan(prepared.sources, { ...prepared.options, beforeLarge: joinLess })) {
      if (event.type === "progress") progress.show(event);
      else if (event.type === "report") report = event.report;
      else if (event.type === "trace") printError(`${traceText(event.trace)}\n`);
      else if (lines && event.type === "match") print(lines.matchLine(event.match, options));
      else if (lines && event.type === "gap") print(lines.gapLine(event.gap));
    }
  } finally {
    progress.clear();
    process.off("SIGINT", onSignal);
    process.off("SIGTERM", onSignal);
  }
  if (!report) throw new Error("a scan ended without a report");
  const rules = report.findings.length ? (await prepared.options.knowledge()).rules : options.rules;
  return {
    report,
    options: { ...options, rules },
    prepared,
    interrupted: stop.signal.aborted && !isTimeUp(stop.signal),
  };
}

const timeUp = (): DOMException => new DOMException("the time limit was reached", "TimeoutError");

const traceText = ({ path, line, rule, verdict }: Trace): string =>
  unobeyed(plain(`${path}:${line} ${rule}: ${verdict}`));

function reportOptions(flags: ReportFlags, prepared: Prepared): ReportOptions {
  const shown = terminal();
  return {
    showSecrets: flags.showSecrets ?? false,
    color: flags.color && !process.env.NO_COLOR && (shown !== undefined || process.env.FORCE_COLOR !== undefined),
    minLevel: flags.minLevel ?? prepared.settings.minLevel ?? "low",
    version: VERSION,
    rules: new Map(),
    width: shown ? Math.max(60, Math.min(shown.columns ?? 80, 100)) : 80,
    explain: flags.explain ?? false,
    leaveOutSuppressed: flags.leaveOutSuppressed ?? false,
  };
}

/** Scans, writes what was asked for, and gives the exit code. With `advice`, as a hook: it has the last word, and clean is silent. */
export async function scanAndReport(
  prepare: Preparation,
  flags: ReportFlags,
  advice?: (performed: Performed) => string,
): Promise<number> {
  const outputs = parseOutputs(flags.output ?? []);
  const performed = await perform(
    prepare,
    flags,
    [flags.format, ...outputs.map((output) => output.format)].includes("sarif"),
  );
  const { report, options } = performed;
  for (const { format, file } of outputs)
    writeAtomically(file, await rendered(format, report, { ...options, color: false, width: 80 }));
  const code = exitOf(performed, flags);
  if (!advice || code !== EXIT.clean || flags.format !== "text") printAll(await endOfOutput(report, options, flags));
  if (advice && flags.format === "text") print(unobeyed(advice(performed)));
  performed.prepared.finish?.(report, performed.interrupted);
  return code;
}

/** The exit code of a finished scan. */
export function exitOf({ report, prepared, interrupted }: Performed, flags: ReportFlags): number {
  if (interrupted) return EXIT.interrupted;
  const failOn = failOnOf(prepared, flags);
  if (report.findings.some((finding) => counts(finding, failOn))) return EXIT.findings;
  if (flags.failOnKnown && LEVELS.some((level) => isAtLeast(level, failOn) && report.stats.earlier?.[level]))
    return EXIT.findings;
  return report.complete ? EXIT.clean : EXIT.incomplete;
}

/** The level from which findings make the exit code 1. */
export const failOnOf = ({ settings }: Prepared, flags: ReportFlags): string =>
  flags.failOn ?? settings.failOn ?? "medium";

/** What goes to standard output at the end. Of jsonl, matches and gaps went out as they came. */
async function endOfOutput(
  report: Report,
  options: ReportOptions,
  { format, quiet }: ReportFlags,
): Promise<Iterable<string>> {
  if (format === "jsonl") return (await import("../report/jsonl.ts")).endLines(report, options);
  const unsaid = quiet && format === "text" ? { ...report, stats: { ...report.stats, notices: [] } } : report;
  return rendered(format, unsaid, options);
}

async function rendered(format: Format, report: Report, options: ReportOptions): Promise<Iterable<string>> {
  const pieces = (await writerOf(format))(report, options);
  return format === "text" ? unobeyedPieces(pieces) : pieces;
}

function* unobeyedPieces(pieces: Iterable<string>): Generator<string> {
  for (const piece of pieces) yield unobeyed(piece);
}

/** Whether a finding makes the exit code 1: not allowed, not in the baseline, at or above the level (`any`: above none). */
export function counts(finding: Finding, failOn: string): boolean {
  return !finding.suppression && finding.baseline !== "unchanged" && isAtLeast(finding.reach.level, failOn);
}

const isAtLeast = (level: Level, failOn: string): boolean =>
  rank(level) >= rank(failOn === "any" ? "low" : (failOn as Level));
