import { Worker } from "node:worker_threads";
import { TOO_MUCH } from "./memory.ts";

/** Milliseconds between two looks for the parent. */
const OFTEN = 100;
/** Milliseconds between two looks at the memory, which may grow by some MiB meanwhile. */
const MORE_OFTEN = 10;

const WATCH = `
  const { ppid } = process;
  const { workerData: most } = require("node:worker_threads");
  setInterval(() => process.ppid === ppid || process.kill(process.pid, "SIGKILL"), ${OFTEN});
  if (most > 0) setInterval(() => process.memoryUsage.rss() > most && process.kill(process.pid, "${TOO_MUCH}"), ${MORE_OFTEN});
`;

/** MiB that may come between two looks, on a machine that is busy. */
const MARGIN = 32;

/**
 * Ends this process soon after the one that started it, whatever it is busy with: what only listens is not heard while a
 * scan works. With `memory` (MiB) also before it takes more.
 */
export function endWithParent(memory?: number): void {
  process.once("disconnect", () => process.kill(process.pid, "SIGKILL"));
  const most = memory === undefined ? 0 : (memory - MARGIN) * 2 ** 20;
  const limits = { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 8 };
  new Worker(WATCH, { eval: true, stdin: false, workerData: most, resourceLimits: limits }).unref();
}
