import { parentPort, workerData } from "node:worker_threads";
import type { Unit } from "../sources/unit.ts";
import { scanUnit } from "./scan-unit.ts";
import { openScanner, type ScannerOptions } from "./scanner.ts";

/** What a worker is born with; `at` is shared: which file of its unit it is at, for the pool's deadline. */
export interface WorkerData {
  readonly options: ScannerOptions;
  readonly at: Int32Array;
}

const port = parentPort;
if (!port) throw new Error("worker.ts runs in a worker thread");
const { options, at } = workerData as WorkerData;
const ready = openScanner(options);

port.on("message", async (unit: Unit) => {
  try {
    const scanner = await ready;
    port.postMessage({ ok: await scanUnit(scanner, unit, (index) => Atomics.store(at, 0, index)) });
  } catch (error) {
    port.postMessage({ failed: error instanceof Error ? (error.stack ?? error.message) : "unknown error" });
  }
});
