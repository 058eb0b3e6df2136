import { homedir } from "node:os";
import { join } from "node:path";
import type { Level } from "../model/index.ts";
import { LEVELS } from "../model/index.ts";
import type { Inclusion } from "../sweep/plan.ts";
import { type Flag, Unusable } from "./flags.ts";
import { collect, count, KNOWLEDGE_FLAGS, MACHINE_FLAGS, positive, size } from "./scan-options.ts";
import { since, type When } from "./when.ts";

export const SWEEP_FORMATS = ["text", "json", "jsonl"] as const;

/** The flags of `sweep`, as commander gives them. */
export interface SweepFlags {
  readonly store: string;
  readonly resume?: boolean;
  readonly history?: boolean;
  readonly tree?: boolean;
  readonly prune?: boolean;
  readonly logs?: boolean;
  readonly logsSince?: When;
  readonly trustConfig?: boolean;
  readonly queue?: string;
  readonly tries: number;
  readonly hostRate?: number;
  readonly across: boolean;
  readonly shard?: Shard;
  readonly maxSize?: number;
  readonly cache?: string;
  readonly cacheSize: number;
  readonly connections: number;
  readonly pullRequests?: boolean;
  readonly archived: Inclusion;
  readonly forks: Inclusion;
  readonly visibility?: readonly string[];
  readonly pushedSince?: When;
  readonly smallerThan?: number;
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly maxFileSize?: number;
  readonly fileTimeout: number;
  readonly config?: string;
  readonly policy?: string;
  readonly jwks?: string;
  readonly now?: number;
  readonly jobs: number;
  readonly memory: number;
  readonly format: (typeof SWEEP_FORMATS)[number];
  readonly output?: readonly string[];
  readonly failOn: Level | "any";
  readonly failOnNew?: boolean;
  readonly minLevel: Level;
  readonly quiet?: boolean;
  readonly color: boolean;
}

/** One of several parts of a sweep; counts from 1. */
export interface Shard {
  readonly part: number;
  readonly of: number;
}

const INCLUSIONS: readonly Inclusion[] = ["include", "exclude", "only"];

/** What is swept, and how. */
export const SWEEP_FLAGS: readonly Flag[] = [
  { name: "--store", value: "folder", help: "where findings are kept", default: "leakreach-store" },
  { name: "--resume", help: "go on with the last sweep of the store; one that came to its end starts afresh" },
  { name: "--prune", help: "at the end, drop from the store what this sweep was not of" },
  { name: "--history", help: "all that ever stood in each repository; the default" },
  { name: "--tree", help: "only the files of each repository as they are now, not its history" },
  { name: "--logs", help: "the CI logs of each repository, too, of GitHub and GitLab" },
  { name: "--logs-since", value: "date", help: "of these only what was printed since (2026-09-01, 30d)", read: since },
  { name: "--include", value: "glob", help: "only repositories whose name matches (repeatable)", read: collect },
  { name: "--exclude", value: "glob", help: "leave out repositories whose name matches (repeatable)", read: collect },
  { name: "--archived", value: "which", help: "what is archived at its host", choices: INCLUSIONS, default: "include" },
  { name: "--forks", value: "which", help: "what was forked there", choices: INCLUSIONS, default: "exclude" },
  {
    name: "--visibility",
    value: "which",
    help: "only public, internal or private ones (repeatable)",
    read: visibility,
  },
  { name: "--pushed-since", value: "date", help: "only what was pushed to since (2026-09-01, 30d)", read: since },
  { name: "--smaller-than", value: "size", help: "only repositories smaller than this (500M)", read: size },
  { name: "--max-size", value: "size", help: "a larger repository is a gap (2G)", read: size },
  { name: "--pull-requests", help: "fetch pull and merge requests, too" },
  { name: "--cache", value: "folder", help: "where clones are kept (default: ~/.cache/leakreach/clones)" },
  { name: "--cache-size", value: "size", help: "most that clones may take", read: size, default: 50 * 2 ** 30 },
  { name: "--connections", value: "n", help: "repositories that are fetched at once", read: count, default: 4 },
  {
    name: "--shard",
    value: "i/n",
    help: "only the i-th of n parts; /n takes i from JOB_COMPLETION_INDEX",
    read: shard,
  },
  { name: "--trust-config", help: "let each repository's own settings and comments allow findings in it" },
];

/** Work that is handed out. */
export const HANDING_OUT_FLAGS: readonly Flag[] = [
  { name: "--queue", value: "address", help: "have workers look: redis://host, postgres://user@host/database" },
  { name: "--tries", value: "n", help: "with --queue: tries until a repository is set aside", read: count, default: 5 },
  { name: "--host-rate", value: "n", help: "with --queue: repositories fetched from one host a minute", read: count },
  { name: "--no-across", help: "with --queue: try no keys of one repository on tokens of another" },
];

const MEMORY = "most memory of all its processes together, git's left out, in MiB";

/** How findings are judged, and what may be used. */
export const SWEEP_SCAN_FLAGS: readonly Flag[] = [
  { name: "--config", value: "file", help: "settings for all repositories" },
  ...KNOWLEDGE_FLAGS,
  { name: "--max-file-size", value: "size", help: "a larger file is a gap", read: size },
  { name: "--file-timeout", value: "seconds", help: "a file that takes longer is a gap", read: positive, default: 120 },
  ...MACHINE_FLAGS.map((flag) => (flag.name === "--memory" ? { ...flag, help: MEMORY } : flag)),
];

/** What is printed, and when the exit code says no. */
export const SWEEP_REPORT_FLAGS: readonly Flag[] = [
  { name: "--format", value: "format", help: "of standard output", choices: SWEEP_FORMATS, default: "text" },
  { name: "--output", value: "[format=]file", help: "write a report, too (repeatable)", read: collect },
  {
    name: "--fail-on",
    value: "level",
    help: "exit 1 for credentials at or above",
    choices: [...LEVELS, "any"],
    default: "medium",
  },
  { name: "--fail-on-new", help: "exit 1 only for credentials that no earlier sweep of the store has found" },
  { name: "--min-level", value: "level", help: "list credentials at or above", choices: LEVELS, default: "low" },
  { name: "--quiet", help: "no progress and no notices" },
  { name: "--no-color", help: "no colours (also NO_COLOR)" },
];

function visibility(text: string, before: unknown): readonly string[] {
  if (!/^(?:public|internal|private)$/.test(text)) throw new Unusable("It must be public, internal or private.");
  return collect(text, before);
}

/** XDG Base Directory Specification: what can be had again. */
export function cacheFolder(): string {
  const root = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
  return join(root, "leakreach", "clones");
}

/** `2/5`, or `/5` for the part that Kubernetes gives to a pod of an indexed job (counted from 0). */
function shard(text: string): Shard {
  const found = /^(\d{0,6})\/(\d{1,6})$/.exec(text);
  const index = process.env.JOB_COMPLETION_INDEX;
  const given = found?.[1] === "" && index !== undefined ? Number(index) + 1 : Number(found?.[1] || 0);
  const of = Number(found?.[2]);
  if (!(given >= 1 && given <= of)) throw new Unusable("It must be a part such as 2/5, from 1/5 to 5/5.");
  return { part: given, of };
}
