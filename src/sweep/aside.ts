import type { ChildProcess } from "node:child_process";
import { join } from "node:path";
import { findRepository } from "../git/repository.ts";
import { needsMemory } from "../scan/needs-memory.ts";
import { startProcess } from "./apart.ts";
import { type Company, type Looked, type Looking, memoryOf, withShare } from "./look.ts";
import type { Answer, Asked } from "./look-beside.ts";
import { besides, besidesNow, ofThreads } from "./memory.ts";
import type { Before } from "./recording.ts";
import { bytesIn } from "./size.ts";
import { lookedOf, toPlain } from "./told.ts";

/** Threads that look through small repositories, one each: opening one takes longer than all there is to read. */
export interface Aside {
  /** Repositories that are looked through at once. */
  readonly many: number;
  /** `lookThrough`, in a thread; undefined where the share of the memory that it has was too little. */
  readonly look: (
    path: string,
    looking: Looking,
    known: Pick<Before, "stateFile" | "nextFile">,
    signal: AbortSignal,
    strangers?: Company["strangers"],
  ) => Promise<Looked | undefined>;
  /** Ends the threads with their process, which gives back all memory; the next look starts others. */
  readonly close: () => Promise<void>;
}

/** Bytes of objects up to which a repository is small: one thread is soon done with it. */
const SMALL = 16 << 20;

/** Opens a process with as many threads as the sweep may have, when they are first needed. */
export function openAside(sweep: Looking): Aside {
  const { many, ...share } = ofThreads(besides(memoryOf(sweep)), sweep.settings.jobs ?? 1);
  let host: Host | undefined;
  let asked = 0;
  const opened = (): Host => {
    const started = new Host(besidesNow(memoryOf(sweep)));
    started.child.once("exit", () => {
      if (host === started) host = undefined;
    });
    return started;
  };
  return {
    many,
    look: async (path, looking, { stateFile: state, nextFile: next }, signal, strangers = []) => {
      signal.throwIfAborted();
      host ??= opened();
      const own = withShare({ ...looking, settings: { ...looking.settings, jobs: 0 } }, share);
      const task = { path, looking: own, state, next, strangers: strangers.map(toPlain) };
      const told = await host.ask({ number: asked++, task }, signal);
      const looked = told && lookedOf(told);
      return looked?.report.gaps.some(needsMemory) ? undefined : looked;
    },
    close: async () => {
      await host?.kill();
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

/** The process of the threads. */
class Host {
  readonly child: ChildProcess;
  readonly kill: () => Promise<void>;
  readonly #waiting = new Map<number, (told: Answer["told"]) => void>();

  constructor(memory: number) {
    const { child, kill } = startProcess("look-beside.js", memory);
    this.child = child;
    this.kill = kill;
    child.on("message", ({ number, told }: Answer) => this.#settle(number, told));
    // Whatever it ended of: each of them is looked through alone then, and what it is comes out.
    const lost = () => {
      for (const number of [...this.#waiting.keys()]) this.#settle(number, undefined);
    };
    child.once("exit", lost).once("error", lost);
  }

  /** Undefined for what its memory was too little for. Whoever stops one look stops all. */
  async ask(asked: Asked, signal: AbortSignal): Promise<Answer["told"]> {
    const stop = () => void this.kill();
    signal.addEventListener("abort", stop);
    try {
      const told = await new Promise<Answer["told"]>((settle) => {
        this.#waiting.set(asked.number, settle);
        this.child.send(asked, (error) => error && this.#settle(asked.number, undefined));
      });
      signal.throwIfAborted();
      return told;
    } finally {
      signal.removeEventListener("abort", stop);
    }
  }

  #settle(number: number, told: Answer["told"]): void {
    this.#waiting.get(number)?.(told);
    this.#waiting.delete(number);
  }
}
