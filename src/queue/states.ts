import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { writeWholly } from "../sweep/store/durable.ts";
import { nameOf } from "../sweep/store/store.ts";

/** What a worker knows of a repository before a run has it looked through. */
export interface KnownState {
  /** The state to look with; there may be no such file. */
  readonly file: string;
  /** Keeps what was looked through for later runs. */
  readonly keep: (state: Iterable<Uint8Array>) => void;
  /** Has the repository looked through from the start. */
  readonly forget: () => void;
}

/** Milliseconds after which a state is removed that no run has renewed. */
const KEPT = 120 * 86_400_000;

/**
 * What a worker keeps of what it looked through, beside its clones: object ids. A run is looked through with the state of an
 * earlier one, and never its own: a job that is done twice, since its worker or its server was lost, gives the same twice.
 */
export function knownState(cache: string, repository: string, run: string): KnownState {
  const folder = join(cache, "states");
  const own = join(folder, `${nameOf(repository)}.${nameOf(run)}`);
  const [last, ...older] = statesIn(folder, `${nameOf(repository)}.`).filter((file) => file !== own);
  return {
    file: last ?? join(folder, "none"),
    keep: (state) => {
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        writeWholly(own, state, false);
        for (const file of [...older, ...abandoned(folder)]) rmSync(file, { force: true });
      } catch {
        // A cache that is full or may not be written to costs the next look time, and this one nothing.
      }
    },
    forget: () => {
      if (last !== undefined) rmSync(last, { force: true });
    },
  };
}

/** The states of a repository, the latest first. */
function statesIn(folder: string, prefix: string): string[] {
  return filesIn(folder)
    .filter((file) => basename(file).startsWith(prefix) && !file.endsWith(".tmp"))
    .sort((a, b) => writtenAt(b) - writtenAt(a));
}

const abandoned = (folder: string): string[] => filesIn(folder).filter((file) => writtenAt(file) < Date.now() - KEPT);

const filesIn = (folder: string): string[] =>
  existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];

const writtenAt = (file: string): number =>
  statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Number.POSITIVE_INFINITY;
