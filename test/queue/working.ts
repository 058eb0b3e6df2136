import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after } from "node:test";
import { setTimeout } from "node:timers/promises";
import { queueAddress } from "../../src/queue/address.ts";
import { type JobQueue, openQueue, serverAt } from "../../src/queue/server.ts";
import { CLI } from "../cli/leakreach.ts";
import { place } from "../sweep/sweeping.ts";

/** A worker that a test has started. */
export interface TestWorker {
  readonly child: ChildProcess;
  /** What it said so far. */
  readonly said: () => string;
  /** Its exit code, once it has ended. */
  readonly ended: Promise<number | null>;
}

const workers = new Set<ChildProcess>();

after(() => {
  for (const child of workers) child.kill("SIGKILL");
});

/** Starts `leakreach worker`, with a cache of its own. It is taken to be dead after two seconds. */
export function worker(queue: string, ...args: readonly string[]): TestWorker {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const flags = [
    "worker",
    "--queue",
    queue,
    "--lock",
    "2",
    "--concurrency",
    "1",
    "--jobs",
    "1",
    "--cache",
    place(),
    ...args,
  ];
  const child = spawn(process.execPath, [CLI, ...flags], { env, stdio: ["ignore", "ignore", "pipe"] });
  workers.add(child);
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const ended = once(child, "close").then(([code]) => {
    workers.delete(child);
    return code as number | null;
  });
  return { child, said: () => said, ended };
}

/** How many repositories a store holds. */
export function recorded(store: string): number {
  const folder = join(store, "repositories");
  return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")).length : 0;
}

/** Waits until something holds. */
export async function until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const end = Date.now() + 60_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`in vain: ${what}`);
    await setTimeout(20);
  }
}

/** Looks into a queue, past the command line. */
export async function inQueue<T>(address: string, act: (queue: JobQueue) => Promise<T>): Promise<T> {
  const queue = await openQueue(await serverAt(queueAddress(address, {})));
  queue.on("error", () => {});
  try {
    return await act(queue);
  } finally {
    await queue.close();
  }
}

/** How many jobs a queue knows, whatever became of them. */
export const jobsIn = (address: string): Promise<number> =>
  inQueue(address, (queue) =>
    queue.getJobCountByTypes("waiting", "prioritized", "delayed", "active", "completed", "failed"),
  );
