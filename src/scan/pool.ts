import type { Worker } from "node:worker_threads";
import type { ShareHeaders } from "../git/pack-entries.ts";
import { isSmall, type Smallness } from "../sources/small.ts";
import type { Unit } from "../sources/unit.ts";
import type { UnitResult } from "./raw.ts";
import { scanUnit, type UnitScanner } from "./scan-unit.ts";
import { openScanner, type ScannerOptions } from "./scanner.ts";

/** Scans units; `close` ends its threads. */
export interface Pool {
  /** Scans a unit as soon as a thread is free. What a thread could not finish in time comes back as a gap; long texts give parts. */
  run(unit: Unit, part?: Part): Promise<UnitResult>;
  /** Resolves when few enough units wait that another may be handed over. */
  ready(): Promise<void>;
  /** Ends the threads that have nothing to do, for the memory they hold; units that come later start others. */
  rest(): Promise<void>;
  close(): Promise<void>;
}

/** A pool that does without threads as long as it can; `noMore` says that no more units will come. */
export interface StartingPool extends Pool {
  noMore(): void;
}

/** Takes what there is before a unit is done. */
export type Part = (result: UnitResult) => void;

export interface PoolOptions {
  /** Threads; 0 for none but the calling one. */
  readonly jobs: number;
  /** Milliseconds that one file may take before its worker is ended; null for no deadline. */
  readonly deadline: number | null;
  readonly scanner: ScannerOptions;
  /** Start threads also for a scan that is small. */
  readonly alwaysThreads: boolean;
  /** Threads that were started before all this was known. */
  readonly started?: Started;
  /** Is called before a scan that is not small. */
  readonly beforeLarge?: () => void;
}

/** Threads that are on their way: a pool takes them. */
export interface Started {
  take(): Worker | undefined;
  /** Has them read headers of a pack. */
  readonly share: ShareHeaders;
  /** Ends those that nobody took. */
  end(): Promise<void>;
}

/** What is scanned without starting a thread. */
const SMALL: Smallness = { files: 64, bytes: 4 << 20, largest: 32 << 20 };

/**
 * A pool that starts threads only when the scan turns out not to be small: until then its units wait, and `noMore`
 * has them scanned in this thread.
 */
export function openPool(options: PoolOptions): StartingPool {
  const waiting: { readonly unit: Unit; readonly part: Part; readonly start: (result: Promise<UnitResult>) => void }[] =
    [];
  let pool: Promise<Pool> | undefined;
  const open = (threads: boolean) => {
    if (threads && !pool) options.beforeLarge?.();
    pool ??= threads && options.jobs > 0 ? threadPool(options) : Promise.resolve(inlinePool(options));
    for (const { unit, part, start } of waiting.splice(0)) start(run(pool, unit, part));
  };
  if (options.alwaysThreads || options.jobs === 0) open(true);
  return {
    run: (unit, part = nobody) => {
      if (pool) return run(pool, unit, part);
      const result = new Promise<UnitResult>((start) => waiting.push({ unit, part, start }));
      if (
        !isSmall(
          waiting.map((item) => item.unit),
          SMALL,
        )
      )
        open(true);
      return result;
    },
    ready: async () => (await pool)?.ready(),
    rest: async () => (await pool)?.rest(),
    noMore: () => open(false),
    close: async () => (await pool)?.close(),
  };
}

const nobody: Part = () => {};

const run = async (pool: Promise<Pool>, unit: Unit, part: Part): Promise<UnitResult> => (await pool).run(unit, part);

/** Small scans do without threads, and without loading what starts them. */
const threadPool = async (options: PoolOptions): Promise<Pool> => (await import("./threads.ts")).openThreads(options);

/** A pool in this thread: for small scans, where starting a thread costs more than it brings. */
function inlinePool(options: PoolOptions): Pool {
  let scanner: Promise<UnitScanner> | undefined;
  const run = async (unit: Unit, part: Part): Promise<UnitResult> => {
    scanner ??= openScanner(options.scanner);
    return scanUnit(await scanner, unit, { at: () => {}, part, deadline: options.deadline });
  };
  let turn: Promise<unknown> = Promise.resolve();
  return {
    run: (unit, part = nobody) => {
      if (options.jobs > 0) return run(unit, part);
      // Of a scan that is not small, one after the other: all have the same room.
      const result = turn.then(() => run(unit, part));
      turn = result.catch(() => {});
      return result;
    },
    ready: async () => {},
    rest: async () => {},
    close: async () => {},
  };
}
