import { writeFileSync } from "node:fs";
import { hostname } from "node:os";
import type { Job } from "bullmq";
import { ScanError } from "../model/index.ts";
import { toldOf } from "./address.ts";
import { underWay } from "./board.ts";
import { hostOf, idOf, QUEUE, readJob, type SweepJob } from "./job.ts";
import { openTurns, type Turns } from "./limits.ts";
import type { Answer } from "./looker.ts";
import type { Lookers } from "./lookers.ts";
import { Outage } from "./outage.ts";
import type { PackedOutcome } from "./outcome.ts";
import { openQueue, type Server } from "./server.ts";
import { openSigns, type Signs, sweepOf, workersWith } from "./signs.ts";

/** How a worker works. Times are seconds. */
export interface Working {
  readonly server: Server;
  readonly lookers: Pick<Lookers, "look" | "close">;
  /** Hash of its settings: {@link settingsHash}. */
  readonly settings: string;
  /** Repositories that are looked through at once. */
  readonly concurrency: number;
  /** A worker that the queue has not heard of for so long has lost its jobs to others. */
  readonly lock: number;
  /** How long jobs may go on once it is to stop. */
  readonly grace: number;
  /** Whether it ends when the queue is empty. */
  readonly drains: boolean;
  /** A file that is touched while all is well. */
  readonly health?: string;
  /** When it is to stop: what is under way may finish, or is handed back. */
  readonly stop: { readonly gently: AbortSignal; readonly atOnce: AbortSignal };
  readonly note: (text: string) => void;
  /** Told of each job that is done. */
  readonly hear: (done: Done) => void;
}

/** What a worker did with a job. */
export interface Done {
  readonly name: string;
  /** Missing where nothing came of it. */
  readonly answer?: Answer;
  readonly why?: string;
  readonly milliseconds: number;
}

type LookJob = Job<SweepJob, PackedOutcome>;

/** Milliseconds between two signs of life. */
const BEAT = 5_000;
const DRAINING_BEAT = 500;
/** Milliseconds after which a worker that gives none is gone. */
const SIGN = 4 * BEAT;

/** Looks through what a queue asks for, until it is to stop. */
export async function work(given: Working): Promise<void> {
  const { server, stop, grace, drains, lookers, settings } = given;
  const queue = await openQueue(server);
  const outage = new Outage(server.address, given.note);
  queue.on("error", outage.hear);
  const signs = await outage.through(() => openSigns(server.address), stop.atOnce);
  const shift = new Shift(given, outage, signs);
  const beat = async () => {
    const left = await underWay(queue);
    await signs.give(workersWith(settings), SIGN);
    outage.isBack();
    if (given.health) writeFileSync(given.health, "");
    if (drains && left === 0) shift.end();
  };
  await beat();
  const timer = setInterval(() => void beat().catch(outage.hear), drains ? DRAINING_BEAT : BEAT);
  when(stop.gently, () => {
    shift.end();
    setTimeout(() => shift.handBack(), grace * 1000).unref();
  });
  when(stop.atOnce, () => shift.handBack());
  try {
    await shift.ended;
  } finally {
    clearInterval(timer);
    lookers.close();
    await signs.close();
    await queue.close().catch(() => {});
  }
}

function when(signal: AbortSignal, act: () => void): void {
  if (signal.aborted) act();
  else signal.addEventListener("abort", act, { once: true });
}

/** One worker of the queue, from its first job to its last. */
class Shift {
  readonly ended: Promise<void>;
  readonly #worker: { readonly close: () => Promise<void> };
  readonly #handingBack = new AbortController();
  #turns: Promise<Turns> | undefined;
  #fault: ScanError | undefined;
  #close: (() => void) | undefined;

  constructor(
    readonly given: Working,
    readonly outage: Outage,
    readonly signs: Signs,
  ) {
    const { server, concurrency, lock } = given;
    const { bull, options, factory } = server;
    const worker = new bull.Worker(
      QUEUE,
      (job: LookJob, token?: string) => this.#done(job, token!),
      {
        ...options,
        name: `${hostname()}-${process.pid}`,
        concurrency,
        lockDuration: lock * 1000,
        stalledInterval: lock * 1000,
        // Each job says itself how often it is tried.
        maxStalledCount: 1_000,
        runRetryDelay: 1_000,
      },
      factory,
    );
    worker.on("error", outage.hear);
    this.#worker = worker;
    this.ended = new Promise<void>((done, fail) => {
      this.#close = () => this.#worker.close().then(() => (this.#fault ? fail(this.#fault) : done()), fail);
    }).finally(async () => (await this.#turns)?.close());
  }

  /** Takes no more jobs, and ends when those under way are done. */
  end(): void {
    this.#close?.();
    this.#close = undefined;
  }

  /** Gives back the jobs under way, as if nobody had begun them. */
  handBack(): void {
    this.#handingBack.abort();
  }

  async #done(job: LookJob, token: string): Promise<PackedOutcome> {
    const started = Date.now();
    const name = job.data?.repository?.name ?? "";
    const hear = (rest: Pick<Done, "answer" | "why">) =>
      this.given.hear({ name: String(name), ...rest, milliseconds: Date.now() - started });
    try {
      const answer = await this.#looked(job, token);
      hear({ answer });
      return answer.outcome;
    } catch (error) {
      const { WaitingError, DelayedError } = this.given.server.bull;
      if (!(error instanceof WaitingError || error instanceof DelayedError))
        hear({ why: toldOf(error, this.given.server.address) });
      throw error;
    }
  }

  async #looked(job: LookJob, token: string): Promise<Answer> {
    const { server, settings, lookers } = this.given;
    const read = this.#read(job);
    if (read.settings !== settings) return this.#refused(job, read, token);
    const wait = await this.#wait(read);
    if (wait > 0) {
      const slot = Date.now() + wait;
      await job.updateData({ ...read, slot });
      await job.moveToDelayed(slot, token);
      throw new server.bull.DelayedError();
    }
    try {
      return await lookers.look(read, this.#handingBack.signal);
    } catch (error) {
      if (!this.#handingBack.signal.aborted) throw error;
      return this.#returned(job, token);
    }
  }

  /** Whoever can reach the queue can write to it. */
  #read(job: LookJob): SweepJob {
    const { UnrecoverableError } = this.given.server.bull;
    const tries = job.opts.attempts ?? 1;
    if (job.stalledCounter >= tries)
      throw new UnrecoverableError(`workers that looked at it were lost ${job.stalledCounter} times`);
    try {
      const read = readJob(job.data);
      if (job.id === idOf(read)) return read;
    } catch (error) {
      if (!(error instanceof ScanError)) throw error;
      throw new UnrecoverableError(`it cannot be read as a job: ${error.message}`);
    }
    throw new UnrecoverableError("its id is not that of its repository");
  }

  /** Milliseconds until the host may be asked. */
  async #wait(job: SweepJob): Promise<number> {
    const host = hostOf(job);
    if (job.hostRate === undefined || job.hostRate === 0 || host === undefined || job.slot !== undefined) return 0;
    this.#turns ??= openTurns(this.given.server.address);
    return (await this.#turns).take(host, 60_000 / job.hostRate);
  }

  /** Who asks is told that settings differ. What a sweep has left that is gone is in the way of all workers: it is taken away. */
  async #refused(job: LookJob, { run }: SweepJob, token: string): Promise<never> {
    if (await this.signs.isHere(sweepOf(run))) {
      this.#fault = new ScanError("queue-failed", OTHERWISE);
      return this.#returned(job, token);
    }
    job.opts.removeOnFail = true;
    throw new this.given.server.bull.UnrecoverableError(LEFT);
  }

  async #returned(job: LookJob, token: string): Promise<never> {
    this.end();
    await job.moveToWait(token);
    throw new this.given.server.bull.WaitingError();
  }
}

const OTHERWISE =
  "a sweep of this queue has other settings than this worker: give both the same leakreach, --config, --policy and --jwks";

const LEFT =
  "left by a sweep that is gone and had other settings: taken out of the queue; that sweep, should it go on, puts it up again";
