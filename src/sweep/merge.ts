import { copyFileSync, existsSync } from "node:fs";
import { compare } from "../model/index.ts";
import { endRun, lastRun, type Run, startRun } from "./store/runs.ts";
import type { Store, StoredRepository } from "./store/store.ts";
import { copyDecisions } from "./store/triage.ts";
import type { Target } from "./target.ts";

/** Puts what several stores hold into one, as the parts of a sweep that was shared out. Of a repository in two, the later look counts. */
export function mergeStores(from: readonly Store[], into: Store): Run {
  const runs = from.map((store) => ({ store, run: lastRun(store) }));
  const gaps = runs.flatMap(({ store: { folder }, run }) => {
    if (!run) return [{ what: folder, why: "no sweep was ever begun in it" }];
    const unfinished = { what: folder, why: "its sweep did not come to its end: leakreach sweep --resume" };
    return [...run.gaps, ...(run.endedAt === undefined ? [unfinished] : [])];
  });
  const plan = new Map<string, Target>();
  for (const { run } of runs) for (const target of run?.plan ?? []) plan.set(target.repository.id, target);
  const merged = startRun(into, {
    sources: runs.flatMap(({ run }) => run?.sources ?? []),
    what: runs.find(({ run }) => run)?.run?.what ?? "history",
    startedAt:
      runs
        .map(({ run }) => run?.startedAt ?? "")
        .sort()
        .at(-1) || new Date(0).toISOString(),
    plan: [...plan.values()].sort((a, b) => compare(a.repository.id, b.repository.id)),
    leftOut: runs.find(({ run }) => run)?.run?.leftOut ?? {},
    gaps,
  });
  for (const store of from) for (const stored of store.all()) take(stored, store, into, merged.id);
  copyDecisions(from, into);
  endRun(into, merged, merged.startedAt);
  return merged;
}

function take(stored: StoredRepository, from: Store, into: Store, run: string): void {
  const { id } = stored.repository;
  const known = into.read(id);
  const isLater = !known || stored.finishedAt > known.finishedAt;
  const { schema: _, state, ...rest } = isLater ? stored : known;
  const isCopied = isLater && state !== undefined && existsSync(from.stateFile(id, state));
  if (isCopied) copyFileSync(from.stateFile(id, state), into.stateFile(id, state));
  into.record({
    ...rest,
    run,
    ...((isCopied || !isLater) && state !== undefined && { state }),
    firstSeen: { ...rest.firstSeen, ...earliest(stored.firstSeen, known?.firstSeen) },
  });
}

/** Of what both know, when it was first seen. */
function earliest(
  a: StoredRepository["firstSeen"] = {},
  b: StoredRepository["firstSeen"] = {},
): Record<string, string> {
  const both = Object.keys(a).filter((fingerprint) => Object.hasOwn(b, fingerprint));
  return Object.fromEntries(both.map((each) => [each, a[each]! < b[each]! ? a[each]! : b[each]!]));
}
