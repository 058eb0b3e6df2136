import { readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { ScanError } from "../../model/index.ts";
import { makeFolder } from "../../sources/make-folder.ts";
import { bytesIn } from "../size.ts";
import { readIfThere } from "../store/durable.ts";
import { tryLock } from "../store/lock.ts";

/** Clones that are kept for the next sweep, as long as there is room. */
export interface Cache {
  /** Takes the place of a clone, when no other process has it. */
  readonly take: (name: string, signal: AbortSignal) => Promise<Slot>;
}

/** The place of one clone, held until it is released. */
export interface Slot {
  readonly folder: string;
  /** A name for what is not yet whole; what is there was left by a clone that broke off. */
  readonly part: string;
  /** Notes how large the clone is, and makes room: those that were not used for the longest time go first. */
  readonly settle: () => void;
  readonly release: () => void;
}

/** Milliseconds between two looks at a lock that somebody else holds. */
const WAIT = 200;

/** Opens a cache; `most` is bytes. */
export function openCache(path: string, most: number): Cache {
  const root = resolve(path);
  try {
    makeFolder(root, 0o700);
  } catch (error) {
    throw new ScanError("usage", `cannot make --cache ${root}: ${(error as NodeJS.ErrnoException).code}`);
  }
  return {
    take: async (name, signal) => {
      const unlock = await locked(join(root, `${name}.lock`), signal);
      const folder = join(root, `${name}${WHOLE}`);
      const used = join(root, `${name}.used`);
      return {
        folder,
        part: join(root, `${name}${PART}`),
        settle: () => {
          writeFileSync(used, String(bytesIn(folder)));
          makeRoom(root, most);
        },
        release: () => {
          const now = new Date();
          if (readIfThere(used) !== undefined) utimesSync(used, now, now);
          unlock();
          makeRoom(root, most);
        },
      };
    },
  };
}

async function locked(file: string, signal: AbortSignal): Promise<() => void> {
  for (;;) {
    const unlock = tryLock(file);
    if (unlock) return unlock;
    signal.throwIfAborted();
    await setTimeout(WAIT);
  }
}

/** Removes what is half made, then the clones that were not used for the longest time, until the rest fits. What is in use stays. */
function makeRoom(root: string, most: number): void {
  const kept = readdirSync(root)
    .flatMap((file) => keptAs(root, file) ?? [])
    .sort((a, b) => a.at - b.at);
  let bytes = kept.reduce((sum, clone) => sum + clone.bytes, 0);
  for (const clone of kept) {
    if (bytes <= most) return;
    const unlock = tryLock(join(root, `${clone.name}.lock`));
    if (!unlock) continue;
    rmSync(join(root, clone.file), { recursive: true, force: true });
    if (clone.file.endsWith(WHOLE)) rmSync(join(root, `${clone.name}.used`), { force: true });
    unlock();
    bytes -= clone.bytes;
  }
}

const WHOLE = ".git";
const PART = ".part";

/** A clone or a part of one that a file of the cache is. */
interface Kept {
  readonly file: string;
  readonly name: string;
  readonly bytes: number;
  /** When it was used last; what is half made is of the least use. */
  readonly at: number;
}

function keptAs(root: string, file: string): Kept | undefined {
  if (file.endsWith(PART)) return { file, name: file.slice(0, -PART.length), bytes: bytesIn(join(root, file)), at: -1 };
  if (!file.endsWith(WHOLE)) return undefined;
  const name = file.slice(0, -WHOLE.length);
  return { file, name, ...usage(root, name) };
}

/** Of a clone whose process was killed before it could note it, too. */
function usage(root: string, name: string): Pick<Kept, "bytes" | "at"> {
  const used = join(root, `${name}.used`);
  const noted = Number(readIfThere(used)) || 0;
  const at = statSync(used, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return { bytes: noted || bytesIn(join(root, `${name}${WHOLE}`)), at };
}
