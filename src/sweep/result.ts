import type { SweepReport } from "../report/sweep-report.ts";
import { giveBack } from "./memory.ts";
import { recordOf } from "./recording.ts";
import type { Run } from "./store/runs.ts";
import type { Store } from "./store/store.ts";
import { decisions } from "./store/triage.ts";

/** What a run came to, read from its store one repository at a time. */
export function resultOf(store: Store, run: Run, version: string): SweepReport {
  return {
    version,
    now: run.startedAt,
    gaps: run.gaps,
    leftOut: run.leftOut,
    triage: decisions(store, Date.parse(run.startedAt) / 1000),
    repositories: function* () {
      for (const { repository } of run.plan) {
        const stored = recordOf(store, repository.id);
        if (stored?.run === run.id) yield stored;
        giveBack();
      }
    },
  };
}
