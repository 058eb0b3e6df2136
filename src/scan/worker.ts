import { parentPort } from "node:worker_threads";
import { helpRead, type SharedHeaders } from "../git/pack-entries.ts";
import type { Unit } from "../sources/unit.ts";
import type { UnitResult } from "./raw.ts";
import { type Listener, scanUnit, type UnitScanner } from "./scan-unit.ts";
import { openScanner, type ScannerOptions } from "./scanner.ts";

/** What a worker is opened with; `at` is shared: which file of its unit it is at, for the pool's deadline. */
export interface WorkerData {
  readonly options: ScannerOptions;
  readonly at: Int32Array;
  /** Milliseconds; for streams, which may say nothing for ever, so that only the looking at them has a deadline. */
  readonly deadline: number | null;
}

/** What a worker is told: to help with a pack that is being opened, perhaps; what it is to scan with; then units. */
export type ToWorker =
  | { readonly type: "headers"; readonly headers: SharedHeaders }
  | { readonly type: "open"; readonly data: WorkerData }
  | { readonly type: "scan"; readonly unit: Unit };

/** What a worker says of a unit: parts while it is at file `at`, then how it ended. */
export type FromWorker =
  | { readonly type: "part"; readonly result: UnitResult; readonly at: number }
  | { readonly type: "done"; readonly result: UnitResult }
  | { readonly type: "failed"; readonly trace: string };

const port = parentPort;
if (!port) throw new Error("worker.ts runs in a worker thread");
const say = (message: FromWorker): void => port.postMessage(message);
let open: (WorkerData & { readonly scanner: Promise<UnitScanner> }) | undefined;

port.on("message", async (message: ToWorker) => {
  if (message.type === "headers") help(message.headers);
  else if (message.type === "open") open = { ...message.data, scanner: openScanner(message.data.options) };
  else await scan(message.unit);
});

/** What cannot be read here is read by whoever asked. */
function help(headers: SharedHeaders): void {
  try {
    helpRead(headers);
  } catch {}
}

async function scan(unit: Unit): Promise<void> {
  try {
    const { at, deadline, scanner } = open!;
    const listener: Listener = {
      at: (index) => Atomics.store(at, 0, index),
      part: (result) => say({ type: "part", result, at: Math.max(0, Atomics.load(at, 0)) }),
      deadline: unit.kind === "stream" ? deadline : null,
    };
    say({ type: "done", result: await scanUnit(await scanner, unit, listener) });
  } catch (error) {
    say({ type: "failed", trace: error instanceof Error ? (error.stack ?? error.message) : "unknown error" });
  }
}
