import { Worker } from "node:worker_threads";
import pLimit from "p-limit";
import { isSmall } from "../sources/files.ts";
import type { Unit } from "../sources/unit.ts";
import { onlyGap, type UnitResult } from "./raw.ts";
import { scanUnit, type UnitScanner } from "./scan-unit.ts";
import { openScanner, type ScannerOptions } from "./scanner.ts";
import type { WorkerData } from "./worker.ts";

/** Scans units; `close` ends its threads. */
export interface Pool {
  /** Scans a unit as soon as a thread is free. What a thread could not finish in time comes back as a gap. */
  run(unit: Unit): Promise<UnitResult>;
  /** Resolves when few enough units wait that another may be handed over. */
  ready(): Promise<void>;
  close(): Promise<void>;
}

export interface PoolOptions {
  readonly jobs: number;
  /** Milliseconds that one file may take before its worker is ended; null for no deadline. */
  readonly deadline: number | null;
  readonly scanner: ScannerOptions;
  /** Start threads also for a scan that is small. */
  readonly alwaysThreads: boolean;
}

/** Units that may wait for each thread: enough that none idles. */
const WAITING = 3;

/** Most files, and most bytes in them, that are scanned without starting a thread. */
const SMALL = { files: 64, bytes: 4 << 20 };

/**
 * A pool that starts threads only when the scan turns out not to be small: until then its units wait, and `noMore`
 * has them scanned in this thread.
 */
export function openPool(options: PoolOptions): Pool & { noMore(): void } {
  const waiting: { readonly unit: Unit; readonly start: (result: Promise<UnitResult>) => void }[] = [];
  let pool: Pool | undefined;
  const open = (threads: boolean) => {
    pool ??= threads ? workerPool(options) : inlinePool(options);
    for (const { unit, start } of waiting.splice(0)) start(pool.run(unit));
  };
  if (options.alwaysThreads) open(true);
  return {
    run: (unit) => {
      if (pool) return pool.run(unit);
      const result = new Promise<UnitResult>((start) => waiting.push({ unit, start }));
      if (
        !isSmall(
          waiting.map((item) => item.unit),
          SMALL,
        )
      )
        open(true);
      return result;
    },
    ready: async () => pool?.ready(),
    noMore: () => open(false),
    close: async () => pool?.close(),
  };
}

/** A pool in this thread: for small scans, where starting a thread costs more than it brings. */
function inlinePool(options: PoolOptions): Pool {
  let scanner: Promise<UnitScanner> | undefined;
  return {
    run: async (unit) => {
      scanner ??= openScanner(options.scanner);
      return scanUnit(await scanner, unit, () => {});
    },
    ready: async () => {},
    close: async () => {},
  };
}

/** A pool of worker threads, each ended and replaced when a file takes longer than the deadline. */
function workerPool(options: PoolOptions): Pool {
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
  const run = async (unit: Unit): Promise<UnitResult> => {
    const thread = take();
    const answer = await thread.run(unit);
    if (answer.type === "done") {
      idle.push(thread);
      return answer.result;
    }
    all.delete(thread);
    return withoutCulprit(unit, answer.at, answer.why, run);
  };
  return {
    run: (unit) => limit(() => run(unit)),
    ready: async () => {
      while (limit.pendingCount > options.jobs * WAITING) await new Promise((resolve) => setTimeout(resolve, 1));
    },
    close: async () => {
      limit.clearQueue();
      await Promise.all([...all].map((thread) => thread.end()));
    },
  };
}

type Answer =
  | { readonly type: "done"; readonly result: UnitResult }
  | { readonly type: "lost"; readonly at: number; readonly why: string };

/** One worker thread and the deadline of what it is doing. */
class Thread {
  readonly #worker: Worker;
  readonly #at = new Int32Array(new SharedArrayBuffer(4));
  readonly #deadline: number | null;
  #watching: NodeJS.Timeout | undefined;
  /** Why the thread cannot run anything: it may fail before it is given work. */
  #broken: Error | undefined;

  constructor(options: PoolOptions) {
    const data: WorkerData = { options: options.scanner, at: this.#at };
    this.#deadline = options.deadline;
    this.#worker = new Worker(new URL("./worker.js", import.meta.url), { workerData: data, stdin: false });
    this.#worker.on("error", (error) => {
      this.#broken = error as Error;
    });
    this.#worker.unref();
  }

  run(unit: Unit): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#worker.ref();
      const settle = (answer: Answer | Error) => {
        clearInterval(this.#watching);
        this.#worker.off("message", onMessage);
        this.#worker.off("error", onError);
        this.#worker.unref();
        if (answer instanceof Error) reject(answer);
        else resolve(answer);
      };
      const lost = (why: string) => {
        void this.#worker.terminate();
        settle({ type: "lost", at: Atomics.load(this.#at, 0), why });
      };
      this.#watching = this.#watch(lost);
      Atomics.store(this.#at, 0, -1);
      const onMessage = (message: { ok?: UnitResult; failed?: string }) => {
        if (message.ok) settle({ type: "done", result: message.ok });
        else settle(new Error(message.failed ?? "a worker failed"));
      };
      const onError = (error: Error) => {
        if ((error as NodeJS.ErrnoException).code === "ERR_WORKER_OUT_OF_MEMORY")
          lost("it needs more memory than a worker has");
        else settle(error);
      };
      if (this.#broken) return settle(this.#broken);
      this.#worker.on("message", onMessage);
      this.#worker.on("error", onError);
      this.#worker.postMessage(unit);
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
    // Its end is waited for, so it must keep the process going until then.
    this.#worker.ref();
    await this.#worker.terminate();
  }
}

/** The rest of a unit, scanned again in a fresh thread; the file its thread was lost at is a gap. */
async function withoutCulprit(
  unit: Unit,
  at: number,
  why: string,
  run: (unit: Unit) => Promise<UnitResult>,
): Promise<UnitResult> {
  if (unit.kind === "stream") return onlyGap({ what: unit.path, why });
  const culprit = unit.paths[Math.max(0, at)]!;
  const paths = unit.paths.filter((path) => path !== culprit);
  const gap = onlyGap({ what: unit.shown + culprit, why });
  if (paths.length === 0) return gap;
  const rest = await run({ ...unit, paths });
  return { ...rest, gaps: [...rest.gaps, ...gap.gaps] };
}
