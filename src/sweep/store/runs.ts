import { randomBytes } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { ScanError } from "../../model/index.ts";
import type { Looking } from "../look.ts";
import type { Target } from "../target.ts";
import { appendLine, readIfThere, writeWholly } from "./durable.ts";
import { migrated, STORE_SCHEMA } from "./schema.ts";
import type { Store } from "./store.ts";

/** One sweep, from its start until every repository of its plan was looked at. */
export interface Run {
  readonly schema: number;
  readonly id: string;
  /** As they were given. */
  readonly sources: readonly string[];
  /** The folder that paths among them are relative to. */
  readonly from?: string;
  readonly what: Looking["what"];
  /** ISO 8601. */
  readonly startedAt: string;
  readonly endedAt?: string;
  readonly plan: readonly Target[];
  /** How many repositories were left out on purpose, by reason. */
  readonly leftOut: Readonly<Record<string, number>>;
  /** What could not be listed. */
  readonly gaps: readonly { readonly what: string; readonly why: string }[];
}

const fileOf = ({ folder }: Store, id: string): string => join(folder, "runs", `${id}.json`);

/** Starts a run: from now on it can be resumed. */
export function startRun(
  store: Store,
  given: Pick<Run, "sources" | "from" | "what" | "startedAt" | "plan" | "leftOut" | "gaps">,
): Run {
  // The last run is the one whose id sorts last: a second may have two.
  const stamp = new Date().toISOString().replace(/[-:]/g, "");
  const run: Run = { schema: STORE_SCHEMA, id: `${stamp}-${randomBytes(4).toString("hex")}`, ...given };
  write(store, run);
  return run;
}

/** Marks a run as done. */
export function endRun(store: Store, run: Run, endedAt: string): void {
  write(store, { ...run, endedAt });
}

const write = (store: Store, run: Run): void => writeWholly(fileOf(store, run.id), [`${JSON.stringify(run)}\n`]);

/** The ids of all runs of a store, the last one last. */
export const runIds = ({ folder }: Store): string[] =>
  readdirSync(join(folder, "runs"))
    .filter((name) => name.endsWith(".json"))
    .map((name) => name.slice(0, -".json".length))
    .sort();

/** The last run of a store. */
export function lastRun(store: Store): Run | undefined {
  const id = runIds(store).at(-1);
  const file = id && fileOf(store, id);
  const text = file && readIfThere(file);
  if (!text) return undefined;
  try {
    return migrated(JSON.parse(text), file) as unknown as Run;
  } catch (error) {
    if (error instanceof ScanError) throw error;
    throw new ScanError("store-invalid", `${file} is damaged: remove it, and start afresh`);
  }
}

/** Notes that a repository is about to be looked at: one that a sweep does not survive comes last the next time. */
export function noteStart({ folder }: Store, run: string, id: string): void {
  appendLine(join(folder, "runs", `${run}.started`), JSON.stringify(id), false);
}

/** How often each repository of a run was begun. */
export function startsOf({ folder }: Store, run: string): Map<string, number> {
  const lines = (readIfThere(join(folder, "runs", `${run}.started`)) ?? "").split("\n");
  const counts = new Map<string, number>();
  for (const line of lines.filter((each) => /^".*"$/.test(each))) {
    const id = JSON.parse(line) as string;
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}
