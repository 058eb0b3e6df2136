import { setTimeout } from "node:timers/promises";
import type { Gap } from "../model/index.ts";
import { ScanError } from "../model/index.ts";
import { Across } from "../sweep/across.ts";
import { openAside } from "../sweep/aside.ts";
import type { Looked } from "../sweep/look.ts";
import { joinAcross } from "../sweep/look-again.ts";
import { before, recordFailure, recordLook, remaining } from "../sweep/recording.ts";
import { runIds } from "../sweep/store/runs.ts";
import type { StoredRepository } from "../sweep/store/store.ts";
import { finished, type Sweep, type SweepEvent } from "../sweep/sweep.ts";
import type { Target } from "../sweep/target.ts";
import { clear, type Ended, type EndedJob, endedJobs, endOf, post, takeAway } from "./board.ts";
import { idOf, type JobLook, jobOf } from "./job.ts";
import type { Outage } from "./outage.ts";
import { type Found, unpacked } from "./outcome.ts";
import type { JobQueue } from "./server.ts";
import { openSigns, type Signs, sweepOf, workersWith } from "./signs.ts";

/** What a sweep needs that workers do the work of. */
export interface HandedOut extends Sweep {
  readonly queue: JobQueue;
  readonly outage: Outage;
  /** Hash of the settings that workers must have. */
  readonly settings: string;
  readonly look: JobLook;
  /** So often a repository is tried before it is set aside. */
  readonly tries: number;
  /** Most repositories fetched from one host in a minute, by all workers. */
  readonly hostRate?: number;
  /** Whether keys and tokens of different repositories are tried on each other, here, at the end. */
  readonly joins: boolean;
}

/** Milliseconds between two looks at what is done: short while something is. */
const SHORT = 20;
const LONG = 500;
/** Results that are in memory at once. */
const AT_ONCE = 8;
/** Milliseconds after which jobs are put up again that a server has lost; those it has stay as they are. */
const POST_AGAIN = 60_000;
/** Milliseconds after which it is said that nobody works. */
const UNATTENDED = 15_000;
/** Milliseconds after which a sweep that gives no sign of life is gone. */
const SIGN = 60_000;

/**
 * Has workers look through every repository of a run's plan that the run does not know yet, and records each result. Stopped
 * at any moment, workers go on, and the same run takes from the queue what they found.
 */
export async function* sweepByQueue(given: HandedOut): AsyncGenerator<SweepEvent> {
  const { outage, signal } = given;
  try {
    const signs = await outage.through(() => openSigns(outage.address), signal);
    try {
      yield* signed(given, signs);
    } finally {
      await signs.close();
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** Gives signs of life while it sweeps. What earlier runs of the store have left in the queue nobody goes on with. */
async function* signed(given: HandedOut, signs: Signs): AsyncGenerator<SweepEvent> {
  const { store, run, queue, outage, signal } = given;
  const open = new Map(
    remaining(store, run).map((target) => [idOf({ run: run.id, repository: target.repository }), target]),
  );
  const earlier = runIds(store).filter((id) => id !== run.id);
  const give = () => signs.give(sweepOf(run.id), SIGN);
  await outage.through(give, signal);
  const timer = setInterval(() => void give().catch(() => {}), SIGN / 3);
  try {
    await outage.through(() => clear(queue, earlier), signal);
    yield* collected(given, open, new Unattended(given, signs));
    await outage.through(() => clear(queue, [run.id]), signal);
  } finally {
    clearInterval(timer);
  }
  if (given.joins) await joined(given);
}

/** Tries keys on tokens of other repositories, which is done here. */
async function joined(given: HandedOut): Promise<void> {
  const aside = openAside(given.looking);
  try {
    await joinAcross(given, new Across(), aside);
  } finally {
    await aside.close();
  }
}

/** Puts up what is open, and takes results as they come. */
async function* collected(given: HandedOut, open: Map<string, Target>, watch: Unattended): AsyncGenerator<SweepEvent> {
  const { run, queue, outage, signal } = given;
  let posted = Number.NEGATIVE_INFINITY;
  let pause = SHORT;
  while (open.size > 0) {
    if (Date.now() - posted > POST_AGAIN) {
      await outage.through(() => postAll(given, open.values()), signal);
      posted = Date.now();
    }
    const ended = await outage.through(() => endedJobs(queue, run.id), signal);
    for (let at = 0; at < ended.length; at += AT_ONCE) yield* taken(given, open, ended.slice(at, at + AT_ONCE));
    pause = ended.length > 0 ? SHORT : Math.min(LONG, pause * 2);
    if (ended.length > 0) watch.isAttended();
    else await watch.look();
    if (open.size > 0) await setTimeout(pause);
  }
}

/** Records what became of some jobs, and then takes them away: in this order nothing is lost. */
async function* taken(
  given: HandedOut,
  open: Map<string, Target>,
  jobs: readonly EndedJob[],
): AsyncGenerator<SweepEvent> {
  const { queue, outage, signal } = given;
  const ends = await outage.through(() => Promise.all(jobs.map((job) => endOf(queue, job))), signal);
  for (const [at, { id }] of jobs.entries()) {
    const [target, ended] = [open.get(id), ends[at]];
    if (!target || !ended) continue;
    yield finished(recorded(given, target, ended));
    open.delete(id);
  }
  await outage.through(() => Promise.all(jobs.map(({ id }) => takeAway(queue, id))), signal);
}

function postAll({ queue, run, settings, look, tries, hostRate }: HandedOut, open: Iterable<Target>): Promise<void> {
  const rest = { run: run.id, settings, look, ...(hostRate !== undefined && { hostRate }) };
  const postings = [...open].map((target) => ({
    job: jobOf(target, rest),
    ...(target.pushedAt !== undefined && { pushedAt: target.pushedAt }),
  }));
  return post(queue, postings, tries);
}

/** Records what a worker returned. What is no result is a gap, as what was set aside is. */
function recorded({ store, run, looking }: HandedOut, target: Target, ended: Ended): StoredRepository {
  const known = before(store, target.repository.id);
  const outcome = outcomeOf(target, ended);
  return "gap" in outcome
    ? recordFailure(store, run, target, outcome.gap, known, looking)
    : recordLook(store, run, target, lookedOf(outcome), known);
}

const lookedOf = ({ report: { report }, state }: Found): Looked => ({
  report,
  secrets: [],
  ...(state && { state: [state] }),
});

function outcomeOf({ repository: { id, name } }: Target, ended: Ended): ReturnType<typeof unpacked> {
  const gap = (why: string): { readonly gap: Gap } => ({ gap: { what: name, why } });
  if ("failure" in ended) return gap(`set aside after ${ended.tries} tries: ${ended.failure}`);
  try {
    const outcome = unpacked(ended.result);
    if ("report" in outcome && outcome.report.repository.id !== id) return gap("a worker returned another's report");
    return outcome;
  } catch (error) {
    if (!(error instanceof ScanError)) throw error;
    return gap(`what a worker returned cannot be read: ${error.message}`);
  }
}

/** Says that no worker is there, once, when nothing happens. */
class Unattended {
  #since = Date.now();
  #isSaid = false;

  constructor(
    readonly given: HandedOut,
    readonly signs: Signs,
  ) {}

  isAttended(): void {
    this.#since = Date.now();
    this.#isSaid = false;
  }

  async look(): Promise<void> {
    if (this.#isSaid || Date.now() - this.#since < UNATTENDED) return;
    const { settings, outage, note } = this.given;
    if (await this.signs.isHere(workersWith(settings)).catch(() => true)) return;
    this.#isSaid = true;
    note?.(
      `no worker with the settings of this sweep is at ${outage.address.shown}: leakreach worker --queue starts one`,
    );
  }
}
