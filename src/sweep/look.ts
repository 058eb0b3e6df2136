import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readRefs } from "../git/refs.ts";
import { findRepository, type Repository } from "../git/repository.ts";
import { compare, type Finding, type Gap, type Report, ScanError } from "../model/index.ts";
import { type JsonReport, jsonReport } from "../report/json.ts";
import type { ReportOptions } from "../report/options.ts";
import { collect } from "../scan/collect.ts";
import type { Credential } from "../scan/group.ts";
import { joinLess } from "../scan/joining.ts";
import { isTooLarge } from "../scan/needs-memory.ts";
import { type ScanEvent, scan } from "../scan/scan.ts";
import { type Prepared, prepare } from "../setup/prepare.ts";
import { type HistoryRequest, type PreparedHistory, prepareHistory } from "../setup/prepare-history.ts";
import { threadsIn } from "../setup/room.ts";
import { pairable } from "./across.ts";
import { bounded } from "./bounded.ts";
import { checkMemory, type Share } from "./memory.ts";
import { objectBytes, tooLarge } from "./size.ts";

/** How every repository of a sweep is looked through. */
export interface Looking {
  readonly what: "history" | "tree";
  /** Settings, policy and the like of the sweep; paths in them are relative to the current folder. */
  readonly settings: Pick<
    HistoryRequest,
    "config" | "policy" | "jwks" | "jobs" | "memory" | "taken" | "maxFileSize" | "fileTimeout" | "showAuthors"
  >;
  /** The clock, where it is fixed: epoch seconds. It then stands still, and reports do not tell what effort they took. */
  readonly now?: number;
  /** A repository's own settings and comments may allow findings in it. */
  readonly trustConfig: boolean;
  /** Bytes on disk; a larger repository is a gap. */
  readonly maxSize?: number;
  /** The CI logs of repositories, too: of all times, or in part. Epoch seconds. */
  readonly logs?: { readonly since?: number };
  readonly version: string;
}

/** MiB that a sweep may take. */
export const memoryOf = ({ settings: { memory = 512 } }: Looking): number => memory;

/** The same with another memory. */
export const withShare = (looking: Looking, share: Share): Looking => ({
  ...looking,
  settings: { ...looking.settings, ...share },
});

/** The same with as many threads. */
export const withJobs = (looking: Looking, jobs: number): Looking => ({
  ...looking,
  settings: { ...looking.settings, jobs },
});

/** What came of a repository. */
export interface Looked {
  readonly report: JsonReport;
  /** What the next look may leave out. */
  readonly state?: Iterable<Uint8Array>;
  /** Whether that stands in its file already. */
  readonly isStateWritten?: boolean;
  /** Its tokens and keys, in memory alone. */
  readonly secrets: readonly Credential[];
}

/** What else a look is told. */
export interface Company {
  /** Told of the scan on its way. */
  readonly hear?: (event: ScanEvent) => void;
  /** Tokens and keys of other repositories that belong to some of this one. */
  readonly strangers?: readonly Credential[];
}

/** Refuses settings that no repository could be looked through with, before any is. */
export async function checkLooking({ settings }: Looking): Promise<void> {
  if (settings.memory !== undefined) checkMemory(settings.memory);
  await prepare({ ...settings, paths: ["-"] }, new AbortController().signal);
}

/**
 * Looks through a repository on this machine; with a state only through what is new, and the report still has all its
 * findings. What cannot be looked through is thrown; an aborted look gives a report that says so.
 */
export async function lookThrough(
  path: string,
  looking: Looking,
  state: string | undefined,
  signal: AbortSignal,
  company: Company = {},
): Promise<Looked> {
  const looked = await lookOnce(path, looking, state, signal, company);
  const { jobs = 1 } = looking.settings;
  const isShort = jobs > 1 && !signal.aborted && looked.report.gaps.some(isTooLarge);
  return isShort && looked.state
    ? await withOneThread(path, looking, Buffer.concat([...looked.state]), looked, signal, company)
    : looked;
}

/** What did not fit into a thread's share of the memory one thread may have room for: a report does not depend on how many there are. */
async function withOneThread(
  path: string,
  looking: Looking,
  state: Uint8Array,
  looked: Looked,
  signal: AbortSignal,
  company: Company,
): Promise<Looked> {
  const folder = mkdtempSync(join(tmpdir(), "leakreach-state-"));
  try {
    const file = join(folder, "state");
    writeFileSync(file, state);
    const { report, ...rest } = await lookOnce(path, withJobs(looking, 1), file, signal, company);
    if (signal.aborted) return { ...looked, state: [state] };
    const { complete, matches } = report.stats;
    const stats = { ...looked.report.stats, complete, matches };
    return { ...rest, report: { ...report, stats } };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function lookOnce(
  path: string,
  looking: Looking,
  state: string | undefined,
  signal: AbortSignal,
  { hear = () => {}, strangers = [] }: Company,
): Promise<Looked> {
  const started = Date.now();
  const repository = found(path, looking.maxSize);
  const prepared = await preparedFor(path, repository, looking, state, signal);
  let report: Report | undefined;
  for await (const event of scan(prepared.sources, { ...prepared.options, strangers, beforeLarge: joinLess })) {
    hear(event);
    if (event.type === "report") report = event.report;
  }
  if (!report) throw new Error("a scan ended without a report");
  collect();
  // Which candidates are looked at closely depends on what a thread remembers: effort, as time is.
  const effort =
    looking.now === undefined ? { milliseconds: Date.now() - started } : { milliseconds: 0, candidates: 0 };
  const open = report.gaps
    .filter(({ why }) => !(looking.what === "tree" && why.startsWith("this is a shallow clone")))
    .toSorted(byWords);
  const complete = report.complete || (open.length === 0 && report.gaps.length > 0 && !signal.aborted);
  const findings = looking.what === "tree" ? report.findings.map(asItIs) : report.findings;
  const stats = { ...report.stats, ...effort };
  const { report: kept, gaps } = bounded({ ...report, findings, gaps: open, complete, stats });
  return {
    report: withGaps(jsonReport(kept, optionsOf(looking)), [...gaps, ...emptiness(repository, report)]),
    secrets: report.findings.length > 0 ? pairable(report.findings, (await prepared.options.knowledge()).rules) : [],
    ...(prepared.after && { state: prepared.after(report) }),
  };
}

/** A clone of one commit does not tell since when something stands there, and that commit need not have brought it. */
const asItIs = ({ history: _, ...finding }: Finding): Finding => finding;

/** Threads tell gaps as they come to them: how many there are must not show in a report. */
const byWords = (a: Gap, b: Gap): number => compare(a.what, b.what) || compare(a.why, b.why);

/** Looks with a state. One that does not fit, as after a forced push to a clone made anew, is forgotten and done without. */
export async function withState<T>({ forget }: { readonly forget: () => void }, look: () => Promise<T>): Promise<T> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof ScanError && error.code === "state-invalid")) throw error;
    forget();
    return await look();
  }
}

/** A report with more gaps is not complete. */
export function withGaps(report: JsonReport, gaps: readonly Gap[]): JsonReport {
  if (gaps.length === 0) return report;
  return { ...report, gaps: [...gaps, ...report.gaps], stats: { ...report.stats, complete: false } };
}

function found(path: string, maxSize = Number.POSITIVE_INFINITY): Repository {
  const repository = findRepository(path);
  if (!repository) throw new ScanError("path-missing", "it is no git repository");
  const size = Number.isFinite(maxSize) ? objectBytes(repository, maxSize) : 0;
  if (size > maxSize) throw new ScanError("usage", tooLarge(maxSize));
  return repository;
}

async function preparedFor(
  path: string,
  repository: Repository,
  { what, settings, now, trustConfig, version }: Looking,
  state: string | undefined,
  signal: AbortSignal,
): Promise<Prepared & Pick<PreparedHistory, "after">> {
  const request = {
    ...settings,
    lineHashes: false,
    ...(now === undefined ? {} : { now }),
    ...(trustConfig ? {} : { untrusted: true as const }),
  };
  if (what === "tree" && !repository.bare) {
    const { jobs, memory = 0, taken = memory } = settings;
    return prepare({ ...request, ...(jobs && { jobs: threadsIn(memory - taken, jobs) }), paths: [path] }, signal);
  }
  return prepareHistory(
    { ...request, repository: path, version, ...(state !== undefined && { state, findAgain: true as const }) },
    signal,
  );
}

/** What a store keeps of findings: those of level none are samples and the like. */
export const optionsOf = ({ version }: Looking): ReportOptions => ({
  showSecrets: false,
  color: false,
  minLevel: "low",
  version,
  rules: new Map(),
});

/** A repository that nothing was ever committed to is said to be so: it may as well be the wrong one. */
function emptiness(repository: Repository, { stats }: Report): Gap[] {
  const isEmpty = stats.blobs + stats.files === 0 && readRefs(repository).refs.every(({ id }) => id === undefined);
  return isEmpty ? [{ what: "the repository", why: "it is empty: nothing was ever committed to it" }] : [];
}
