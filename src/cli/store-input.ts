import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Reports } from "../report/input/read-report.ts";
import { triaged } from "../report/triaged.ts";
import { lastRun } from "../sweep/store/runs.ts";
import { openExisting } from "../sweep/store/store.ts";
import { decisions } from "../sweep/store/triage.ts";

/** Of the reports in a store those that its last sweep was of, with what it could not list and what was decided. */
export function storeReports(folder: string, { reports }: Reports, now: number): Reports {
  if (!existsSync(join(folder, "store.json"))) return { reports, gaps: [] };
  const store = openExisting(folder);
  const run = lastRun(store);
  const planned = run && new Set(run.plan.map(({ repository }) => repository.id));
  const marks = decisions(store, now);
  const current = reports.filter(({ repository }) => planned?.has(repository.id) ?? true);
  return { reports: current.map((each) => triaged(each, marks)), gaps: run?.gaps ?? [] };
}
