import { ScanError } from "../model/index.ts";
import type { Run } from "./store/runs.ts";
import type { Store } from "./store/store.ts";

/** Drops from a store what a finished run was not of; how many repositories that were. */
export function prune(store: Store, run: Run): number {
  if (run.gaps.length > 0)
    throw new ScanError(
      "list-failed",
      "nothing was pruned: not everything could be listed, so what is gone is not known",
    );
  const planned = new Set(run.plan.map(({ repository }) => repository.id));
  const gone = [...store.all()].map(({ repository }) => repository.id).filter((id) => !planned.has(id));
  for (const id of gone) store.drop(id);
  return gone.length;
}
