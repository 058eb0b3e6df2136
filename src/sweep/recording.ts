import { rmSync } from "node:fs";
import { type Gap, ScanError } from "../model/index.ts";
import { type JsonFinding, type JsonReport, REPORT_SCHEMA } from "../report/json.ts";
import { type Looked, type Looking, withGaps } from "./look.ts";
import { writeWholly } from "./store/durable.ts";
import type { Run } from "./store/runs.ts";
import { STORE_SCHEMA } from "./store/schema.ts";
import type { StateSlot, Store, StoredRepository } from "./store/store.ts";
import type { Target } from "./target.ts";

/** What a store knows of a repository before it is looked through; its report is read when it is asked for, and not held meanwhile. */
export interface Before {
  readonly stored: () => StoredRepository | undefined;
  /** The state to look with; there may be no such file. */
  readonly stateFile: string;
  /** The slot that the next state is written to, and its file. */
  readonly free: StateSlot;
  readonly nextFile: string;
  /** Has the repository looked through from the start. */
  readonly forget: () => void;
}

/** What a store has of a repository. A damaged record is as good as none: the repository is looked through again. */
export function recordOf(store: Store, id: string): StoredRepository | undefined {
  try {
    return store.read(id);
  } catch (error) {
    if (error instanceof ScanError && /is damaged/.test(error.message)) return undefined;
    throw error;
  }
}

/** What of a run's plan it has not looked through yet. */
export const remaining = (store: Store, run: Run): Target[] =>
  run.plan.filter(({ repository }) => recordOf(store, repository.id)?.run !== run.id);

/** Reads what is known of a repository. A state counts only if its record names it. */
export function before(store: Store, id: string): Before {
  const stored = () => recordOf(store, id);
  const state = stored()?.state;
  const free = state === 0 ? 1 : 0;
  const nextFile = store.stateFile(id, free);
  rmSync(nextFile, { force: true });
  const stateFile = store.stateFile(id, free === 0 ? 1 : 0);
  const forget = () => rmSync(stateFile, { force: true });
  if (state === undefined) forget();
  return { stored, stateFile, free, nextFile, forget };
}

/** Records what was found: first the new state, unless it is written, which counts once the record names it. */
export function recordLook(
  store: Store,
  run: Run,
  { repository }: Target,
  { report, state, isStateWritten = false }: Looked,
  { stored, free, nextFile, forget }: Before,
): StoredRepository {
  if (state) writeWholly(nextFile, state, false);
  const record = {
    schema: STORE_SCHEMA,
    run: run.id,
    repository,
    finishedAt: new Date(Date.parse(report.stats.now) + report.stats.milliseconds).toISOString(),
    ...((state || isStateWritten) && { state: free }),
    firstSeen: firstSeen(report.findings, stored(), run.startedAt),
    report,
  };
  store.record(record);
  forget();
  return record;
}

/** Records that a repository could not be looked through. What was found in it before still holds. */
export function recordFailure(
  store: Store,
  run: Run,
  { repository }: Target,
  gap: Gap,
  { stored: read }: Before,
  looking: Looking,
): StoredRepository {
  const stored = read();
  const { schema: _, ...known } = stored ?? { schema: 0, report: nothing(run, looking) };
  const gaps = known.report.gaps.filter(({ what }) => what !== gap.what);
  const since = stored?.report.findings.length ? `; its findings are those of ${stored.report.stats.now}` : "";
  const record = {
    schema: STORE_SCHEMA,
    ...known,
    run: run.id,
    repository,
    finishedAt: run.startedAt,
    report: withGaps({ ...known.report, gaps }, [{ what: gap.what, why: gap.why + since }]),
  };
  store.record(record);
  return record;
}

/** Records that tokens and keys of a repository could not be tried; one that could not be looked through says more already. */
export function recordUntried(store: Store, { repository }: Target, gap: Gap): void {
  const stored = recordOf(store, repository.id);
  if (stored && !stored.report.gaps.some(({ what }) => what === gap.what))
    store.record({ ...stored, report: withGaps(stored.report, [gap]) });
}

function firstSeen(
  findings: readonly JsonFinding[],
  stored: StoredRepository | undefined,
  now: string,
): Record<string, string> {
  return Object.fromEntries(findings.map(({ fingerprint }) => [fingerprint, stored?.firstSeen?.[fingerprint] ?? now]));
}

/** The report of what was not looked at. */
function nothing({ startedAt }: Run, { version }: Looking): JsonReport {
  const counts = { rules: 0, files: 0, blobs: 0, bytes: 0, archives: 0, candidates: 0, matches: 0, none: 0 };
  return {
    schema: REPORT_SCHEMA,
    tool: { name: "leakreach", version },
    findings: [],
    gaps: [],
    stats: { ...counts, skipped: {}, suppressed: {}, notices: [], milliseconds: 0, complete: false, now: startedAt },
  };
}
