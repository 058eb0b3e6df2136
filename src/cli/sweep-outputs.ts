import { ScanError } from "../model/index.ts";
import { credentialsOf, isAtLeast, isOpen } from "../report/sweep-credentials.ts";
import type { SweepReport } from "../report/sweep-report.ts";
import { EXIT } from "./exit.ts";
import { type Output, parseOutputs, writeAtomically } from "./outputs.ts";
import { printAll, terminal } from "./print.ts";
import { SWEEP_FORMATS, type SweepFlags } from "./sweep-flags.ts";
import { unobeyed } from "./terminal.ts";

/** Reads `--output`, and refuses what a sweep is not written in. */
export function checkOutputs({ output }: SweepFlags): readonly Output[] {
  const outputs = parseOutputs(output ?? []);
  const other = outputs.find(({ format }) => !SWEEP_FORMATS.includes(format as never));
  if (other)
    throw new ScanError("usage", `a sweep is not written as ${other.format}; there are ${SWEEP_FORMATS.join(", ")}`);
  return outputs;
}

/** Writes what was asked for: files first, then standard output. */
export async function writeReports(report: SweepReport, flags: SweepFlags, outputs: readonly Output[]): Promise<void> {
  for (const { format, file } of outputs)
    writeAtomically(file, await pieces(report, { ...flags, format: format as SweepFlags["format"], color: false }, 80));
  const shown = terminal();
  const width = shown ? Math.max(60, Math.min(shown.columns ?? 80, 100)) : 80;
  const color = flags.color && !process.env.NO_COLOR && (shown !== undefined || process.env.FORCE_COLOR !== undefined);
  printAll(await pieces(report, { ...flags, color }, width));
}

async function pieces(
  report: SweepReport,
  { format, minLevel, color }: SweepFlags,
  width: number,
): Promise<Iterable<string>> {
  if (format === "json") return (await import("../report/sweep-json.ts")).sweepJsonPieces(report);
  if (format === "jsonl") return (await import("../report/sweep-json.ts")).sweepJsonLines(report);
  const { sweepTextPieces } = await import("../report/sweep-text.ts");
  const { builtinRules } = await import("../rules/builtin.ts");
  return unobeyedPieces(sweepTextPieces(report, { minLevel, color, width, rules: builtinRules() }));
}

function* unobeyedPieces(all: Iterable<string>): Generator<string> {
  for (const piece of all) yield unobeyed(piece);
}

/** The exit code of a sweep that came to its end. */
export function exitOf(report: SweepReport, { failOn, failOnNew }: SweepFlags): number {
  const least = failOn === "any" ? "low" : failOn;
  const isNew = (firstSeen: string | undefined) => !failOnNew || firstSeen === report.now;
  if (credentialsOf(report).some((one) => isOpen(one) && isAtLeast(one, least) && isNew(one.firstSeen)))
    return EXIT.findings;
  return isComplete(report) ? EXIT.clean : EXIT.incomplete;
}

function isComplete({ gaps, repositories }: SweepReport): boolean {
  if (gaps.length > 0) return false;
  for (const { report } of repositories()) if (!report.stats.complete) return false;
  return true;
}
