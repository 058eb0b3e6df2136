import { availableParallelism } from "node:os";
import { type Command, InvalidArgumentError, Option } from "commander";
import { LEVELS, type Level } from "../model/index.ts";
import { FORMATS, type Format } from "../report/formats.ts";

/** The flags of `scan`, as commander gives them. */
export interface ScanFlags extends ReportFlags {
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly allFiles?: boolean;
  readonly stdinPath: string;
  readonly maxFileSize?: number;
  readonly fileTimeout: number;
}

/** The flags that all scanning commands share. */
export interface ReportFlags {
  readonly format: Format;
  readonly output?: readonly string[];
  readonly failOn?: string;
  readonly minLevel?: Level;
  readonly config?: string;
  readonly policy?: string;
  readonly baseline?: string;
  readonly jwks?: string;
  readonly jobs: number;
  readonly memory: number;
  readonly quiet?: boolean;
  readonly color: boolean;
  readonly now?: number;
  readonly showSecrets?: boolean;
  readonly leaveOutSuppressed?: boolean;
  readonly explain?: boolean;
}

const FAIL_ON = [...LEVELS, "any"] as const;

/** What is scanned. */
export function addSourceFlags(command: Command): Command {
  return command
    .option("--include <glob>", "scan only files that match (repeatable)", collect)
    .option("--exclude <glob>", "leave out files that match (repeatable)", collect)
    .option("--all-files", "scan what git ignores, too (.env files are often ignored)")
    .option("--stdin-path <path>", "name of standard input in reports", "stdin")
    .option("--max-file-size <size>", "a larger file is a gap, not a silent skip (8G)", size)
    .option("--file-timeout <seconds>", "a file that takes longer is a gap", positive, 120);
}

/** How findings are judged. */
export function addJudgementFlags(command: Command): Command {
  return addKnowledgeFlags(
    command.option("--config <file>", "settings (default: .leakreach.yml at the root of what is scanned)"),
  ).option("--baseline <file>", "findings recorded by leakreach baseline are not new");
}

/** What is known of audiences, keys and time. */
export function addKnowledgeFlags(command: Command): Command {
  return command
    .option("--policy <file>", "your map of audiences, owners and limits")
    .option("--jwks <file>", "JWK set to verify signatures with")
    .option("--now <iso-time>", "fix the clock, so that results can be reproduced", time);
}

/** What is printed, and when the exit code says no. */
export function addReportFlags(command: Command): Command {
  return command
    .addOption(new Option("--format <format>", "of standard output").choices(FORMATS).default("text"))
    .option(
      "--output <[format=]file>",
      "write a report, too; the format from the ending when left out (repeatable)",
      collect,
    )
    .addOption(new Option("--fail-on <level>", "exit 1 for findings at or above (default: medium)").choices(FAIL_ON))
    .addOption(new Option("--min-level <level>", "list findings at or above (default: low)").choices(LEVELS))
    .option("--leave-out-suppressed", "no allowed findings in SARIF: GitHub opens an alert for each")
    .option("--show-secrets", "print the secrets themselves; never for a report that leaves this machine")
    .option("--explain", "say why each candidate was kept or dropped, and every factor of each score")
    .option("--quiet", "no progress and no notices")
    .option("--no-color", "no colours (also NO_COLOR)");
}

/** What it may use. */
export function addMachineFlags(command: Command): Command {
  return command
    .option("--jobs <n>", "threads", positive, availableParallelism())
    .option("--memory <mib>", "most memory for decoded archives and the like, in MiB", positive, 512);
}

function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}

function positive(value: string): number {
  const number = Number(value);
  if (!Number.isFinite(number) || number <= 0) throw new InvalidArgumentError("It must be a number above 0.");
  return number;
}

const UNITS: Readonly<Record<string, number>> = { "": 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 };

function size(value: string): number {
  const found = /^(\d+)([kmg]?)(?:i?b)?$/i.exec(value);
  if (!found) throw new InvalidArgumentError("It must be a size such as 500000, 64M or 2G.");
  return Number(found[1]) * UNITS[found[2]!.toLowerCase()]!;
}

/** Epoch seconds of an ISO 8601 time; seconds since the epoch are taken, too. */
export function time(value: string): number {
  const epoch = /^\d{9,11}$/.test(value) ? Number(value) : Date.parse(value) / 1000;
  if (!Number.isFinite(epoch)) throw new InvalidArgumentError("It must be a time such as 2026-09-01T00:00:00Z.");
  return epoch;
}

/** The same for the end of a span: a day lasts until its last second. */
export function untilTime(value: string): number {
  return /^\d{4}-\d\d-\d\d$/.test(value) ? time(value) + 86_399 : time(value);
}
