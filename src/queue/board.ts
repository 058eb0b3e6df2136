import { idOf, prefixOf, priorityOf, type SweepJob } from "./job.ts";
import type { JobQueue } from "./server.ts";

/** Jobs that are added in one step. */
const AT_ONCE = 500;
/** Milliseconds before the second try; each further one waits twice as long. */
const BACKOFF = 5_000;

/** A job to be looked through, and what its host says of the repository. */
export interface Posting {
  readonly job: SweepJob;
  readonly pushedAt?: string;
}

/** What became of a job that is done with. */
export type Ended =
  | { readonly result: unknown }
  /** Set aside after so many tries. */
  | { readonly failure: string; readonly tries: number };

/** Puts jobs into a queue; one that is there already, done or not, stays as it is. */
export async function post(queue: JobQueue, postings: readonly Posting[], tries: number): Promise<void> {
  const now = Date.now();
  for (let at = 0; at < postings.length; at += AT_ONCE)
    await queue.addBulk(
      postings.slice(at, at + AT_ONCE).map(({ job, pushedAt }) => ({
        name: "look",
        data: job,
        opts: {
          jobId: idOf(job),
          priority: priorityOf({ ...job, ...(pushedAt !== undefined && { pushedAt }) }, now),
          attempts: tries,
          backoff: { type: "exponential", delay: BACKOFF, jitter: 0.2 },
        },
      })),
    );
}

/** A job that is done with, set aside or not. */
export interface EndedJob {
  readonly id: string;
  readonly isSetAside: boolean;
}

/** A run's jobs that are done with. */
export async function endedJobs(queue: JobQueue, run: string): Promise<EndedJob[]> {
  const prefix = prefixOf(run);
  const [done, failed] = await Promise.all([queue.getRanges(["completed"], 0, -1), queue.getRanges(["failed"], 0, -1)]);
  const own = (ids: readonly string[], isSetAside: boolean) =>
    ids.filter((id) => id.startsWith(prefix)).map((id) => ({ id, isSetAside }));
  return [...own(done, false), ...own(failed, true)];
}

/** What became of a job; undefined if it is not there any more. */
export async function endOf(queue: JobQueue, { id, isSetAside }: EndedJob): Promise<Ended | undefined> {
  const job = await queue.getJob(id);
  if (!job) return undefined;
  return isSetAside ? { failure: job.failedReason ?? "", tries: job.attemptsMade } : { result: job.returnvalue };
}

/** Takes a job away, whatever became of it; one that is being looked at stays. */
export async function takeAway(queue: JobQueue, id: string): Promise<void> {
  await queue.remove(id);
}

const UNDER_WAY = ["waiting", "prioritized", "delayed"] as const;

/** How many jobs of all runs are waiting or being looked at. */
export async function underWay(queue: JobQueue): Promise<number> {
  return await queue.getJobCountByTypes(...UNDER_WAY, "active");
}

/** Takes away what there still is of runs that nobody goes on with: a server that was restored may know jobs that were done. */
export async function clear(queue: JobQueue, runs: readonly string[]): Promise<void> {
  if (runs.length === 0) return;
  const prefixes = runs.map(prefixOf);
  const ids = await queue.getRanges([...UNDER_WAY, "completed", "failed"], 0, -1);
  for (const id of ids) if (prefixes.some((prefix) => id.startsWith(prefix))) await takeAway(queue, id);
}
