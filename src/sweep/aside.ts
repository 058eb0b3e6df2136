import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { findRepository } from "../git/repository.ts";
import { ScanError, type ScanErrorCode } from "../model/index.ts";
import type { JsonReport } from "../report/json.ts";
import type { Credential } from "../scan/group.ts";
import { type RawMatch, toMatch } from "../scan/raw.ts";
import type { Looked, Looking } from "./look.ts";
import { bytesIn } from "./size.ts";

/** What a thread is asked to look through. */
export interface Task {
  readonly path: string;
  readonly looking: Looking;
  readonly state: string | undefined;
}

/** What it tells. Secrets cross as plain data, and hide again as soon as they arrive. */
export type Told =
  | {
      readonly type: "looked";
      readonly report: JsonReport;
      readonly state?: Uint8Array;
      readonly secrets: readonly (Omit<Credential, "matches"> & { readonly match: RawMatch })[];
    }
  | { readonly type: "refused"; readonly code: ScanErrorCode; readonly message: string }
  | {
      readonly type: "failed";
      readonly error: Pick<NodeJS.ErrnoException, "name" | "message" | "code" | "errno">;
    };

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
  ) => Promise<Looked | undefined>;
  /** Ends the threads, and gives back the memory that they have grown to; the next look starts others. */
  readonly close: () => Promise<void>;
}

/** MiB that a thread needs at least. */
const LEAST = 128;
/** Bytes of objects up to which a repository is small: one thread is soon done with it. */
const SMALL = 16 << 20;

/** Opens as many threads as the sweep may have, when they are first needed. */
export function openAside({ settings: { jobs = 1, memory = 512 } }: Looking): Aside {
  const many = Math.max(1, Math.min(jobs, Math.floor(memory / LEAST)));
  const idle: Worker[] = [];
  const all = new Set<Worker>();
  return {
    many,
    look: async (path, looking, state, signal) => {
      const thread = idle.pop() ?? started(all);
      const settings = { ...looking.settings, jobs: 0, memory: Math.floor(memory / many) };
      const told = await asked(thread, { path, looking: { ...looking, settings }, state }, signal);
      if (!told) return undefined;
      idle.push(thread);
      const looked = lookedOf(told);
      return looked.report.gaps.some(({ why }) => why.endsWith("raise --memory")) ? undefined : looked;
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
  const thread = new Worker(join(import.meta.dirname, "look-thread.js"), { stdin: false });
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

/** What a thread told, as if this one had looked; what it could not look through is thrown. */
function lookedOf(told: Told): Looked {
  if (told.type === "refused") throw new ScanError(told.code, told.message);
  if (told.type === "failed") throw Object.assign(new Error(told.error.message), told.error);
  const secrets = told.secrets.map(({ match, ...rest }) => ({ ...rest, matches: [toMatch(match)] as const }));
  return { report: told.report, secrets, ...(told.state && { state: [told.state] }) };
}
