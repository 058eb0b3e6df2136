import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { ScanError } from "../model/index.ts";
import { type Company, type Looked, type Looking, memoryOf, withShare } from "./look.ts";
import { besides, besidesNow, frugally, ofProcess, TOO_MUCH, TookTooMuch } from "./memory.ts";
import type { Before } from "./recording.ts";
import { lookedOf, type Progress, type Task, type Told, toPlain } from "./told.ts";

/**
 * `lookThrough`, in a process that ends with it: all memory that it took is given back, and a repository that takes more than
 * it may costs that process and not the sweep. It writes the next state itself.
 */
export async function lookApart(
  path: string,
  looking: Looking,
  { stateFile: state, nextFile: next }: Pick<Before, "stateFile" | "nextFile">,
  signal: AbortSignal,
  { hear = () => {}, strangers = [] }: Company = {},
): Promise<Looked> {
  signal.throwIfAborted();
  const share = ofProcess(besides(memoryOf(looking)));
  const { child, kill } = startProcess("look-apart.js", besidesNow(memoryOf(looking)));
  const stop = () => void kill();
  signal.addEventListener("abort", stop);
  try {
    const task = { path, looking: withShare(looking, share), state, next, strangers: strangers.map(toPlain) };
    return lookedOf(await asked(child, task, hear));
  } finally {
    signal.removeEventListener("abort", stop);
    await kill();
  }
}

/** Starts a process that looks through repositories, and may take some MiB. `kill` resolves when it is gone. */
export function startProcess(name: string, memory: number) {
  const child = fork(join(import.meta.dirname, name), {
    ...frugally(memory),
    serialization: "advanced",
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const ended = new Promise<void>((done) => child.once("exit", () => done()).once("error", () => done()));
  const kill = async (): Promise<void> => {
    child.kill("SIGKILL");
    await ended;
  };
  return { child, kill };
}

function asked(child: ChildProcess, task: Task, hear: (progress: Progress) => void): Promise<Told> {
  return new Promise((resolve, reject) => {
    child.on("message", (told: Told | Progress) => (told.type === "progress" ? hear(told) : resolve(told)));
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      if (signal === TOO_MUCH) return reject(new TookTooMuch());
      const how = signal ? `was killed (${signal}): it may have taken more memory than there is` : `ended (${code})`;
      reject(new ScanError("usage", `the process that looked through it ${how}`));
    });
    // One that is gone already says so by its exit.
    child.send(task, () => {});
  });
}
