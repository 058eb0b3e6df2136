import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { ScanError } from "../model/index.ts";
import type { Company, Looked, Looking } from "./look.ts";
import { lookedOf, type Progress, type Task, type Told, toPlain } from "./told.ts";

/** mallopt(3): threads that allocate share two heaps. With one for each, much that was freed stays with the process. */
export const FRUGAL = { MALLOC_ARENA_MAX: "2" };

/**
 * `lookThrough`, in a process that ends with it: all memory that it took is given back, and a repository that takes more than
 * there is costs that process and not the sweep.
 */
export async function lookApart(
  path: string,
  looking: Looking,
  state: string | undefined,
  signal: AbortSignal,
  { hear = () => {}, strangers = [] }: Company = {},
): Promise<Looked> {
  signal.throwIfAborted();
  const child = fork(join(import.meta.dirname, "look-apart.js"), {
    env: { ...FRUGAL, ...process.env },
    serialization: "advanced",
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const stop = () => child.kill("SIGKILL");
  const ended = new Promise<void>((done) => child.once("exit", () => done()).once("error", () => done()));
  signal.addEventListener("abort", stop);
  try {
    return lookedOf(await asked(child, { path, looking, state, strangers: strangers.map(toPlain) }, hear));
  } finally {
    signal.removeEventListener("abort", stop);
    stop();
    await ended;
  }
}

function asked(child: ChildProcess, task: Task, hear: (progress: Progress) => void): Promise<Told> {
  return new Promise((resolve, reject) => {
    child.on("message", (told: Told | Progress) => (told.type === "progress" ? hear(told) : resolve(told)));
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      const how = signal ? `was killed (${signal}): it may have taken more memory than there is` : `ended (${code})`;
      reject(new ScanError("usage", `the process that looked through it ${how}`));
    });
    // One that is gone already says so by its exit.
    child.send(task, () => {});
  });
}
