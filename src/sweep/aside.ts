import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { findRepository } from "../git/repository.ts";
import type { Credential } from "../scan/group.ts";
import { needsMemory } from "../scan/needs-memory.ts";
import { type Looked, type Looking, memoryOf, shareOf } from "./look.ts";
import { bytesIn } from "./size.ts";
import { lookedOf, type Task, type Told, toPlain } from "./told.ts";

/** Threads that look through small repositories, one each: opening one takes longer than all there is to read. */
export interface Aside {
  /** Repositories that are looked through at once. */
  readonly many: number;
  /** `lookThrough`, in a thread; undefined where the share of the memory that it has was too little. */
  readonly look: (
    path: string,
    looking: Looking,
    state: string | undefined,
    signal: AbortSignal,
    strangers?: readonly Credential[],
  ) => Promise<Looked | undefined>;
  /** Ends the threads, and gives back the memory that they have grown to; the next look starts others. */
  readonly close: () => Promise<void>;
}

/** MiB that a thread needs at least. */
const LEAST = 128;
/** Bytes of objects up to which a repository is small: one thread is soon done with it. */
const SMALL = 16 << 20;

/** Opens as many threads as the sweep may have, when they are first needed. */
export function openAside(sweep: Looking): Aside {
  const many = Math.max(1, Math.min(sweep.settings.jobs ?? 1, Math.floor(memoryOf(sweep) / LEAST)));
  const idle: Worker[] = [];
  const all = new Set<Worker>();
  return {
    many,
    look: async (path, looking, state, signal, strangers = []) => {
      const thread = idle.pop() ?? started(all);
      const task = { path, looking: shareOf(looking, many, 0), state, strangers: strangers.map(toPlain) };
      const told = await asked(thread, task, signal);
      if (!told) return undefined;
      idle.push(thread);
      const looked = lookedOf(told);
      return looked.report.gaps.some(needsMemory) ? undefined : looked;
    },
    close: async () => {
      idle.length = 0;
      await Promise.all([...all].map((thread) => thread.terminate()));
    },
  };
}

/** Whether a repository on this machine is small enough for one thread. */
export function isSmall(path: string): boolean {
  try {
    const folder = findRepository(path)?.commonDir;
    return folder !== undefined && bytesIn(join(folder, "objects"), SMALL) <= SMALL;
  } catch {
    // Whoever looks through it says why that cannot be done.
    return false;
  }
}

function started(all: Set<Worker>): Worker {
  const thread = new Worker(join(import.meta.dirname, "look-apart.js"), { stdin: false });
  all.add(thread);
  thread.once("exit", () => all.delete(thread));
  // What it dies of is told to whoever waits for it.
  thread.on("error", () => {});
  return thread;
}

/** Undefined for a thread whose memory was too small. One that died, and one that was stopped, is no use any more. */
function asked(thread: Worker, task: Task, signal: AbortSignal): Promise<Told | undefined> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      signal.removeEventListener("abort", onAbort);
      thread.off("message", onMessage).off("error", onError);
      act();
    };
    const onMessage = (told: Told) => settle(() => resolve(told));
    const onError = (error: NodeJS.ErrnoException) =>
      settle(() => (error.code === "ERR_WORKER_OUT_OF_MEMORY" ? resolve(undefined) : reject(error)));
    const onAbort = () => {
      void thread.terminate();
      settle(() => reject(signal.reason));
    };
    thread.on("message", onMessage).on("error", onError);
    signal.addEventListener("abort", onAbort);
    if (signal.aborted) onAbort();
    else thread.postMessage(task);
  });
}
