import { join } from "node:path";
import { Worker } from "node:worker_threads";
import pLimit from "p-limit";
import type { HistoryData } from "../history/data.ts";
import type { ChangesUnit, ObjectsUnit, TreesUnit, Unit } from "../sources/unit.ts";
import { objectAt } from "./object-at.ts";
import type { Part, Pool, PoolOptions, Started } from "./pool.ts";
import { onlyGap, type UnitResult } from "./raw.ts";
import type { FromWorker, ToWorker } from "./worker.ts";

/** Starts a thread, which does not keep the process going. */
function start(): Worker {
  const worker = new Worker(join(import.meta.dirname, "worker.js"), { stdin: false });
  worker.unref();
  return worker;
}

/** Starts threads that help with packs until it is known what they are to scan. */
export function startThreads(jobs: number): Started {
  const workers = new Set(Array.from({ length: jobs }, start));
  // For one that could not start the pool starts another, and says why if that cannot either.
  for (const worker of workers) worker.once("error", () => workers.delete(worker));
  return {
    take: () => {
      const [worker] = workers;
      if (worker) workers.delete(worker);
      return worker;
    },
    share: (headers) => {
      const message: ToWorker = { type: "headers", headers };
      for (const worker of workers) worker.postMessage(message);
    },
    end: async () => {
      const left = [...workers];
      workers.clear();
      await Promise.all(left.map((worker) => worker.terminate()));
    },
  };
}

/** Units that may wait for each thread: enough that none idles. */
const WAITING = 3;

/** A pool of worker threads, each ended and replaced when a file takes longer than the deadline. */
export function openThreads(options: PoolOptions): Pool {
  const limit = pLimit(options.jobs);
  const idle: Thread[] = [];
  const all = new Set<Thread>();
  const take = () => {
    const thread = idle.pop() ?? new Thread(options);
    all.add(thread);
    return thread;
  };
  // Threads start while the source is still listing.
  for (let i = 0; i < options.jobs; i++) idle.push(take());
  const run = async (unit: Unit, part: Part): Promise<UnitResult> => {
    const thread = take();
    const answer = await thread.run(unit, part);
    if (answer.type === "done") {
      idle.push(thread);
      return answer.result;
    }
    all.delete(thread);
    return withoutCulprit(unit, answer, options.scanner, (rest) => run(rest, part));
  };
  const waiting: (() => void)[] = [];
  const tell = (): void => {
    for (const resume of waiting.splice(0)) resume();
  };
  let isClosed = false;
  return {
    run: (unit, part = () => {}) => limit(() => run(unit, part)).finally(tell),
    ready: async () => {
      while (!isClosed && limit.pendingCount > options.jobs * WAITING)
        await new Promise<void>((resume) => waiting.push(resume));
    },
    rest: async () => {
      const resting = idle.splice(0);
      for (const thread of resting) all.delete(thread);
      await Promise.all(resting.map((thread) => thread.end()));
    },
    close: async () => {
      isClosed = true;
      limit.clearQueue();
      tell();
      await Promise.all([...all].map((thread) => thread.end()));
    },
  };
}

/** A lost thread was at file `at`, and had given what stands before `given`, and a part of that file. */
interface Lost {
  readonly type: "lost";
  readonly at: number;
  readonly given: number;
  readonly why: string;
}

type Answer = { readonly type: "done"; readonly result: UnitResult } | Lost;

/** One worker thread and the deadline of what it is doing. */
class Thread {
  readonly #worker: Worker;
  readonly #at = new Int32Array(new SharedArrayBuffer(4));
  readonly #deadline: number | null;
  #watching: NodeJS.Timeout | undefined;
  /** Why the thread cannot run anything: it may fail before it is given work. */
  #broken: Error | undefined;
  #ending = false;

  constructor(options: PoolOptions) {
    this.#deadline = options.deadline;
    this.#worker = options.started?.take() ?? start();
    this.#worker.on("error", (error) => {
      this.#broken = error as Error;
    });
    this.#say({ type: "open", data: { options: options.scanner, at: this.#at, deadline: options.deadline } });
  }

  #say(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  run(unit: Unit, part: Part): Promise<Answer> {
    let given = 0;
    return new Promise((resolve, reject) => {
      this.#worker.ref();
      const settle = (answer: Answer | Error) => {
        clearInterval(this.#watching);
        this.#worker.off("message", onMessage);
        this.#worker.off("error", onError);
        if (!this.#ending) this.#worker.unref();
        if (answer instanceof Error) reject(answer);
        else resolve(answer);
      };
      const lost = (why: string) => {
        void this.#worker.terminate();
        settle({ type: "lost", at: Atomics.load(this.#at, 0), given, why });
      };
      if (unit.kind === "files" || unit.kind === "changes" || unit.kind === "objects" || unit.kind === "trees")
        this.#watching = this.#watch(lost);
      Atomics.store(this.#at, 0, -1);
      const onMessage = (message: FromWorker) => {
        if (message.type === "failed") return settle(new Error(message.trace));
        if (message.type === "done") return settle({ type: "done", result: message.result });
        given = message.at;
        part(message.result);
      };
      const onError = (error: Error) => {
        if ((error as NodeJS.ErrnoException).code === "ERR_WORKER_OUT_OF_MEMORY")
          lost("it needs more memory than a worker has");
        else settle(error);
      };
      if (this.#broken) return settle(this.#broken);
      this.#worker.on("message", onMessage);
      this.#worker.on("error", onError);
      this.#say({ type: "scan", unit });
    });
  }

  /** Looks now and then which file the worker is at; one that stays too long is lost. */
  #watch(lost: (why: string) => void): NodeJS.Timeout | undefined {
    const deadline = this.#deadline;
    if (deadline === null) return undefined;
    let seen = -2;
    let since = Date.now();
    return setInterval(
      () => {
        const at = Atomics.load(this.#at, 0);
        if (at !== seen) {
          seen = at;
          since = Date.now();
        } else if (Date.now() - since > deadline)
          lost(`not scanned within ${deadline / 1000} s; raise it with --file-timeout`);
      },
      Math.min(1000, Math.max(5, deadline / 4)),
    );
  }

  async end(): Promise<void> {
    clearInterval(this.#watching);
    // Its end is waited for, so it must keep the process going until then, even if it finishes what it does.
    this.#ending = true;
    this.#worker.ref();
    await this.#worker.terminate();
  }
}

/** What a unit has not given yet, scanned again in a fresh thread; the file its thread was lost at is a gap. */
async function withoutCulprit(
  unit: Unit,
  { at, given, why }: Lost,
  { history }: PoolOptions["scanner"],
  run: (unit: Unit) => Promise<UnitResult>,
): Promise<UnitResult> {
  if (unit.kind === "stream") return onlyGap({ what: unit.path, why });
  if (unit.kind === "changes") return withoutText(unit, at, why, run);
  if (unit.kind === "names") return onlyGap({ what: "names of refs", why });
  if ((unit.kind === "objects" || unit.kind === "trees") && at >= 0 && history)
    return withoutObject(unit, at, why, history, run);
  if (unit.kind !== "files") return onlyGap({ what: `${unit.kind} ${unit.from} to ${unit.to} of a pack`, why });
  const culprit = unit.paths[Math.max(0, at)]!;
  const paths = unit.paths.slice(given).filter((path) => path !== culprit);
  const gap = onlyGap({ what: unit.shown + culprit, why });
  if (paths.length === 0) return gap;
  const rest = await run({ ...unit, paths });
  return { ...rest, gaps: [...rest.gaps, ...gap.gaps] };
}

/** Objects of one unit that may be lost before the rest is given up. */
const MOST_LOST = 8;

/** The same for objects of a repository, which are all looked through again. */
async function withoutObject(
  unit: ObjectsUnit | TreesUnit,
  at: number,
  why: string,
  { repositories }: HistoryData,
  run: (unit: Unit) => Promise<UnitResult>,
): Promise<UnitResult> {
  const { skipped = [] } = unit;
  const { objects, submodule } = repositories[unit.repository]!;
  const what = `${submodule === undefined ? "" : `${submodule}: `}${objectAt(objects, unit, at)}`;
  if (skipped.length === MOST_LOST)
    return onlyGap({
      what: "objects of the repository",
      why: `${why}; this happened too often, so others were not looked at`,
    });
  const rest = await run({ ...unit, skipped: [...skipped, at] });
  return { ...rest, gaps: [...rest.gaps, { what, why }] };
}

/** The same for what commits add, of which nothing has been given before all is looked at. */
async function withoutText(
  { sets }: ChangesUnit,
  at: number,
  why: string,
  run: (unit: Unit) => Promise<UnitResult>,
): Promise<UnitResult> {
  const culprit = sets.flatMap(({ texts }) => texts)[Math.max(0, at)]!;
  const left = sets.map((set) => ({ ...set, texts: set.texts.filter((text) => text !== culprit) }));
  const gap = onlyGap({ what: `${culprit.path} (${culprit.object})`, why });
  const rest = left.filter(({ texts }) => texts.length > 0);
  if (rest.length === 0) return gap;
  const result = await run({ kind: "changes", sets: rest });
  return { ...result, gaps: [...result.gaps, ...gap.gaps] };
}
