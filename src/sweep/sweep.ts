import { type Gap, type Level, masked, ScanError } from "../model/index.ts";
import type { SweptRepository } from "../report/repository-report.ts";
import type { ScanEvent } from "../scan/scan.ts";
import { Across } from "./across.ts";
import { type Aside, isSmall, openAside } from "./aside.ts";
import { type Arrival, arrivals, type Bring } from "./bring.ts";
import { type Looking, withJobs } from "./look.ts";
import { joinAcross, lookAgain, lookAside } from "./look-again.ts";
import { isLogs, lookThroughLogs } from "./look-logs.ts";
import { giveBack } from "./memory.ts";
import { before, recordFailure, recordLook, remaining } from "./recording.ts";
import { sideBySide } from "./side-by-side.ts";
import { noteStart, type Run, startsOf } from "./store/runs.ts";
import type { Store, StoredRepository } from "./store/store.ts";
import type { Target } from "./target.ts";

/** What a sweep needs. */
export interface Sweep {
  readonly store: Store;
  readonly run: Run;
  readonly looking: Looking;
  readonly bring: Bring;
  /** Repositories that are brought while others are looked through. */
  readonly ahead: number;
  readonly signal: AbortSignal;
  /** Told of the scan that is under way. */
  readonly hear?: (event: ScanEvent) => void;
  /** Told what else is to be said. */
  readonly note?: (text: string) => void;
}

/** What a sweep says while it runs. */
export interface SweepEvent {
  readonly type: "finished";
  readonly repository: SweptRepository;
  readonly levels: readonly Level[];
  /** That were looked at. */
  readonly bytes: number;
}

/** What is said of a repository that is done: its report, which may be large, is in the store. */
export const finished = ({ repository, report: { findings, stats } }: StoredRepository): SweepEvent => ({
  type: "finished",
  repository,
  levels: findings.map(({ level }) => level),
  bytes: stats.bytes,
});

/** So often a repository may be begun and not finished: leakreach, or its machine, may not survive it. */
const MOST_STARTS = 5;

/**
 * Looks through every repository of a run's plan that the run has not looked through yet, and records each as soon as it
 * is done: small ones side by side, others alone. Stopped at any moment, the same run goes on from there.
 */
export async function* sweep(given: Sweep): AsyncGenerator<SweepEvent> {
  const { store, run, looking, bring, ahead, signal } = given;
  const starts = startsOf(store, run.id);
  const startsOfTarget = ({ target }: Arrival) => starts.get(target.repository.id) ?? 0;
  const inOrder = remaining(store, run).sort(
    (a, b) => (starts.get(a.repository.id) ?? 0) - (starts.get(b.repository.id) ?? 0),
  );
  const across = new Across();
  const aside = openAside(looking);
  // Of what an earlier process did not survive, each is looked through alone: then it is known which one it was.
  const isAlone = (arrival: Arrival) =>
    arrival.brought !== undefined && (startsOfTarget(arrival) > 0 || !isLittle(arrival.target, arrival.brought.path));
  // What a thread's share of the memory was too little for comes at the end, when it can have all.
  const large: Target[] = [];
  const needsMore = (target: Target): void => void large.push(target);
  async function* weighed() {
    for await (const arrival of arrivals(inOrder, bring, ahead, signal)) yield { arrival, alone: isAlone(arrival) };
  }
  type Weighed = { readonly arrival: Arrival; readonly alone: boolean };
  const roomFor = ({ alone }: Weighed) => (alone ? aside.many : 1);
  const work = async ({ arrival, alone }: Weighed) => {
    if (alone) await aside.close();
    return looked(given, arrival, startsOfTarget(arrival), across, alone ? undefined : { ...aside, needsMore });
  };
  try {
    for await (const event of sideBySide(weighed(), aside.many, roomFor, work)) if (event) yield event;
    await aside.close();
    for await (const arrival of arrivals(large, bring, 1, signal)) {
      const one = { ...given, looking: withJobs(looking, 1) };
      const event = await looked(one, arrival, startsOfTarget(arrival), across, undefined);
      if (event) yield event;
    }
    if (!signal.aborted) await joinAcross(given, across, aside);
  } finally {
    await aside.close();
  }
}

/** Looks through one repository and records what came of it; undefined if the sweep was stopped meanwhile, or it needs more memory than its share. */
async function looked(
  given: Sweep,
  { target, brought, error: refusal }: Arrival,
  starts: number,
  across: Across,
  aside: (Aside & { readonly needsMore: (target: Target) => void }) | undefined,
): Promise<SweepEvent | undefined> {
  const { store, run, looking, signal } = given;
  if (signal.aborted) {
    brought?.release();
    return undefined;
  }
  const known = before(store, target.repository.id);
  try {
    if (starts >= MOST_STARTS)
      throw new ScanError("usage", `it was begun ${starts} times, and the sweep never survived it`);
    if (!brought) throw refusal;
    noteStart(store, run.id, target.repository.id);
    const found = isLogs(target)
      ? await lookThroughLogs(target, aside ? withJobs(looking, 1) : looking, known, signal, given)
      : aside
        ? await lookAside(brought.path, looking, known, signal, given, aside)
        : await lookAgain(brought.path, looking, known, signal, given);
    if (signal.aborted) return undefined;
    if (!found) {
      aside?.needsMore(target);
      return undefined;
    }
    across.add(target.repository, found.secrets);
    return finished(recordLook(store, run, target, found, known));
  } catch (error) {
    if (signal.aborted) return undefined;
    if (error instanceof ScanError && error.code === "store-invalid") throw error;
    return finished(recordFailure(store, run, target, gapOf(target, error), known, looking));
  } finally {
    brought?.release();
    giveBack();
  }
}

/** Logs come one after the other, so that others may be at work meanwhile. */
const isLittle = (target: Target, path: string): boolean => isLogs(target) || isSmall(path);

/** Why a repository was not looked through. What is our own fault is said to be so, and ends nothing. */
export function gapOf({ repository }: Target, error: unknown): Gap {
  const { message, code, errno } = error as NodeJS.ErrnoException;
  if (error instanceof ScanError) return { what: repository.name, why: message };
  if (errno !== undefined) return { what: repository.name, why: `it cannot be read (${code})` };
  const trace = error instanceof Error ? `${error.name}: ${masked(message).slice(0, 300)}` : "no error was given";
  return { what: repository.name, why: `this is a bug of leakreach, please report it: ${trace}` };
}
