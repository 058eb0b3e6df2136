import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { endWithParent } from "./end-with-parent.ts";
import { memoryOfProcess } from "./memory.ts";
import type { Task, Told } from "./told.ts";

/** What a process with threads is asked. */
export interface Asked {
  readonly number: number;
  readonly task: Task;
}

/** What it answers; nothing is told by a thread whose memory was too little. */
export interface Answer {
  readonly number: number;
  readonly told: Told | undefined;
}

// Ctrl-C reaches this process, too; the sweep decides.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => {});
endWithParent(memoryOfProcess());

/** A thread goes on with the next repository, for what it has loaded. */
const idle: Worker[] = [];

process.on("message", async ({ number, task }: Asked) => {
  const thread = idle.pop() ?? new Worker(join(import.meta.dirname, "look-apart.js"), { stdin: false });
  const told = await asked(thread, task);
  process.send!({ number, told } satisfies Answer);
});

/** Undefined for a thread whose memory was too small, which ends it. */
function asked(thread: Worker, task: Task): Promise<Told | undefined> {
  return new Promise((resolve) => {
    const onMessage = (told: Told) => {
      thread.off("error", onError);
      idle.push(thread);
      resolve(told);
    };
    const onError = ({ name, message, code, errno }: NodeJS.ErrnoException) =>
      resolve(
        code === "ERR_WORKER_OUT_OF_MEMORY" ? undefined : { type: "failed", error: { name, message, code, errno } },
      );
    thread.once("message", onMessage).once("error", onError);
    thread.postMessage(task);
  });
}
