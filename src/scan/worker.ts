import { parentPort, workerData } from "node:worker_threads";
import type { Unit } from "../sources/unit.ts";
import type { UnitResult } from "./raw.ts";
import { type Listener, scanUnit } from "./scan-unit.ts";
import { openScanner, type ScannerOptions } from "./scanner.ts";

/** What a worker is born with; `at` is shared: which file of its unit it is at, for the pool's deadline. */
export interface WorkerData {
  readonly options: ScannerOptions;
  readonly at: Int32Array;
  /** Milliseconds; for streams, which may say nothing for ever, so that only the looking at them has a deadline. */
  readonly deadline: number | null;
}

/** What a worker says of a unit: parts while it is at file `at`, then how it ended. */
export type FromWorker =
  | { readonly type: "part"; readonly result: UnitResult; readonly at: number }
  | { readonly type: "done"; readonly result: UnitResult }
  | { readonly type: "failed"; readonly trace: string };

const port = parentPort;
if (!port) throw new Error("worker.ts runs in a worker thread");
const say = (message: FromWorker): void => port.postMessage(message);
const { options, at, deadline } = workerData as WorkerData;
const ready = openScanner(options);

port.on("message", async (unit: Unit) => {
  try {
    const scanner = await ready;
    const listener: Listener = {
      at: (index) => Atomics.store(at, 0, index),
      part: (result) => say({ type: "part", result, at: Math.max(0, Atomics.load(at, 0)) }),
      deadline: unit.kind === "stream" ? deadline : null,
    };
    say({ type: "done", result: await scanUnit(scanner, unit, listener) });
  } catch (error) {
    say({ type: "failed", trace: error instanceof Error ? (error.stack ?? error.message) : "unknown error" });
  }
});
