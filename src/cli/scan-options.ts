import { availableParallelism } from "node:os";
import { LEVELS, type Level } from "../model/index.ts";
import { FORMATS, type Format } from "../report/formats.ts";
import { type Flag, Unusable } from "./flags.ts";
import { time } from "./when.ts";

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
  /** Of what keeps a state: findings of earlier runs count for the exit code. */
  readonly failOnKnown?: boolean;
  readonly jwks?: string;
  readonly jobs: number;
  readonly memory: number;
  readonly quiet?: boolean;
  readonly color: boolean;
  readonly now?: number;
  readonly showSecrets?: boolean;
  readonly leaveOutSuppressed?: boolean;
  readonly explain?: boolean;
  /** Seconds. */
  readonly timeLimit?: number;
}

const FAIL_ON = [...LEVELS, "any"] as const;

/** What is scanned. */
export const SOURCE_FLAGS: readonly Flag[] = [
  { name: "--include", value: "glob", help: "scan only files that match (repeatable)", read: collect },
  { name: "--exclude", value: "glob", help: "leave out files that match (repeatable)", read: collect },
  { name: "--all-files", help: "scan what git ignores, too (.env files are often ignored)" },
  { name: "--stdin-path", value: "path", help: "name of standard input in reports", default: "stdin" },
  { name: "--max-file-size", value: "size", help: "a larger file is a gap, not a silent skip (8G)", read: size },
  { name: "--file-timeout", value: "seconds", help: "a file that takes longer is a gap", read: positive, default: 120 },
];

/** The same of what a history holds. */
export const VERSION_FLAGS: readonly Flag[] = [
  {
    name: "--file-timeout",
    value: "seconds",
    help: "an object that takes longer is a gap",
    read: positive,
    default: 120,
  },
];

/** What is known of audiences, keys and time. */
export const KNOWLEDGE_FLAGS: readonly Flag[] = [
  { name: "--policy", value: "file", help: "your map of audiences, owners and limits" },
  { name: "--jwks", value: "file", help: "JWK set to verify signatures with" },
  { name: "--now", value: "iso-time", help: "fix the clock, so that results can be reproduced", read: time },
];

/** How findings are judged. */
export const JUDGEMENT_FLAGS: readonly Flag[] = [
  { name: "--config", value: "file", help: "settings (default: .leakreach.yml at the root of what is scanned)" },
  ...KNOWLEDGE_FLAGS,
  { name: "--baseline", value: "file", help: "findings recorded by leakreach baseline are not new" },
];

/** What is printed, and when the exit code says no. */
export const REPORT_FLAGS: readonly Flag[] = [
  { name: "--format", value: "format", help: "of standard output", choices: FORMATS, default: "text" },
  {
    name: "--output",
    value: "[format=]file",
    help: "write a report, too; the format from the ending when left out (repeatable)",
    read: collect,
  },
  {
    name: "--fail-on",
    value: "level",
    help: "exit 1 for findings at or above (default: medium)",
    choices: FAIL_ON,
  },
  { name: "--min-level", value: "level", help: "list findings at or above (default: low)", choices: LEVELS },
  { name: "--leave-out-suppressed", help: "no allowed findings in SARIF: GitHub opens an alert for each" },
  {
    name: "--show-secrets",
    help: "print the secrets themselves; never for a report that leaves this machine",
  },
  { name: "--explain", help: "say why each candidate was kept or dropped, and every factor of each score" },
  { name: "--quiet", help: "no progress and no notices" },
  { name: "--no-color", help: "no colours (also NO_COLOR)" },
];

/** What it may use. */
export const MACHINE_FLAGS: readonly Flag[] = [
  {
    name: "--jobs",
    value: "n",
    help: "threads",
    read: positive,
    default: availableParallelism(),
    defaultSaid: "one for each processor",
  },
  {
    name: "--memory",
    value: "mib",
    help: "most memory for decoded archives and the like, in MiB",
    read: positive,
    default: 512,
  },
];

/** How long it may take, where somebody waits. */
export const TIME_FLAGS: readonly Flag[] = [
  {
    name: "--time-limit",
    value: "seconds",
    help: "then end, with what was found and exit code 3",
    read: positive,
  },
];

/** Gathers what a repeatable flag is given. */
export function collect(value: string, before: unknown): readonly string[] {
  return [...((before as readonly string[] | undefined) ?? []), value];
}

/** A number above 0. */
export function positive(value: string): number {
  const number = Number(value);
  if (!Number.isFinite(number) || number <= 0) throw new Unusable("It must be a number above 0.");
  return number;
}

/** A whole number above 0. */
export function count(value: string): number {
  if (!/^[1-9]\d{0,8}$/.test(value)) throw new Unusable("It must be a whole number above 0.");
  return Number(value);
}

const UNITS: Readonly<Record<string, number>> = { "": 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 };

/** Bytes, as `500000`, `64M` or `2G`. */
export function size(value: string): number {
  const found = /^(\d+)([kmg]?)(?:i?b)?$/i.exec(value);
  if (!found) throw new Unusable("It must be a size such as 500000, 64M or 2G.");
  return Number(found[1]) * UNITS[found[2]!.toLowerCase()]!;
}
