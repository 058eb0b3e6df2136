import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { ScanError } from "../model/index.ts";
import { TAKES_TOO_MUCH } from "../setup/room.ts";

/** MiB that the process of a sweep takes: it lists, hands out and records. */
const OWN = 64;

let collector: (() => void) | undefined;

/** MiB that may come to what was left when V8 last gave something back: it takes long where much is held. */
const GROWN = 16;

/** MiB that were left then. */
let left = 0;

const held = (): number => process.memoryUsage.rss() / 2 ** 20;

/**
 * Has V8 give back what the process of a sweep no longer needs, once that is more than it may take and has grown: it holds one
 * report after the other.
 */
export function giveBack(most = Math.max(OWN, left + GROWN)): void {
  if (held() < most) return;
  collector ??= openCollector();
  collector();
  left = held();
}

type Collect = (how?: { readonly type: "major"; readonly execution: "sync"; readonly flavor: "last-resort" }) => void;

function openCollector(): () => void {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as Collect;
  if (GIVES_ALL) return () => collect({ type: "major", execution: "sync", flavor: "last-resort" });
  return () => {
    collect();
    // This waits for the pages that the first call gives back beside the program.
    collect();
  };
}

/** V8 12 (Node 22) can be asked for all that it holds, the pages of new objects among them. */
const GIVES_ALL = Number.parseInt(process.versions.v8, 10) >= 12;

/** Has a V8 that cannot be asked for them keep few pages of new objects: call it before there are many. */
export function spreadLess(): void {
  if (!GIVES_ALL) setFlagsFromString("--semi-space-growth-factor=1");
}

/** MiB that a process takes which looks through repositories: Node, and what it looks with. */
const NODE = 96;
/** MiB that each thread of it takes which looks through a repository of its own. */
const THREAD = 50;
/** MiB that such a thread has for a repository, at least. */
const ROOM = 46;
/** MiB below which nothing can be looked through. */
const LEAST = 320;

/** MiB that a look may take, and what of it is taken before anything is looked at. */
export interface Share {
  readonly memory: number;
  readonly taken: number;
}

/** What of a sweep's memory the processes have that it starts. */
export const besides = (memory: number): number => memory - OWN;

/** The same as it is now: a sweep may have grown beyond what it is to take. */
export function besidesNow(memory: number): number {
  giveBack(OWN);
  return Math.floor(memory - Math.max(OWN, held()));
}

/** What a process has that looks through one repository, with threads of its own. */
export const ofProcess = (memory: number): Share => ({ memory, taken: NODE });

/** Whether a process took so much for a repository that the next one had better have another. */
export const isSpent = (): boolean => process.memoryUsage.rss() > (NODE + THREAD) * 2 ** 20;

/** How many threads of a process can look through a repository each, and what one has. */
export function ofThreads(memory: number, most: number): Share & { readonly many: number } {
  const many = Math.max(1, Math.min(most, Math.floor((memory - NODE) / (THREAD + ROOM))));
  return { many, memory: Math.floor((memory - NODE) / many), taken: THREAD };
}

/** Refuses what nothing can be looked through with. */
export function checkMemory(memory: number): void {
  if (memory < LEAST)
    throw new ScanError("usage", `--memory ${memory} is too little: a sweep needs ${LEAST} MiB or more`);
}

/**
 * mallopt(3): threads that allocate share two heaps, and what is large is given back at once. Otherwise much that was freed
 * stays with the process.
 */
const FRUGAL = { MALLOC_ARENA_MAX: "2", MALLOC_MMAP_THRESHOLD_: "131072", MALLOC_TRIM_THRESHOLD_: "131072" };

/** MiB of a thread's newest objects, of which V8 holds three times as much: with its own 16 it is no faster. */
const YOUNG = 4;

/** What a process is started with that is to keep within some MiB; it has to end itself before it takes more ({@link endWithParent}). */
export const frugally = (memory: number, env: NodeJS.ProcessEnv = process.env) => ({
  env: { ...FRUGAL, ...env, [MEMORY]: String(memory) },
  execArgv: [...process.execArgv, `--max-semi-space-size=${YOUNG}`, `--max-old-space-size=${memory}`, "--expose-gc"],
});

/** Tells a process how many MiB it may take. */
const MEMORY = "LEAKREACH_PROCESS_MEMORY";

/** How many MiB this process may take, if it was told. */
export const memoryOfProcess = (): number | undefined => Number(process.env[MEMORY]) || undefined;

/** What a process ends itself with that would take more, so that whoever started it knows why. */
export const TOO_MUCH = "SIGUSR2";

/** A process that looked through a repository took more memory than it may. */
export class TookTooMuch extends ScanError {
  constructor() {
    super("usage", TAKES_TOO_MUCH);
  }
}
