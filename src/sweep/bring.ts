import { existsSync } from "node:fs";
import { findRepository } from "../git/repository.ts";
import { ScanError } from "../model/index.ts";
import type { Looking } from "./look.ts";
import { tooLarge } from "./size.ts";
import type { Target } from "./target.ts";

/** A repository on this machine, until it is released. */
export interface Brought {
  readonly path: string;
  readonly release: () => void;
}

/** Brings a repository to this machine; what keeps it from coming is thrown. */
export type Bring = (target: Target, signal: AbortSignal) => Promise<Brought>;

/**
 * Repositories of this machine are looked through where they lie, others once they are fetched. The files of a bare one
 * are fetched, too: it has no work tree.
 */
export function bringer(openFetcher: () => Bring, { what, maxSize = Number.POSITIVE_INFINITY }: Looking): Bring {
  let fetcher: Bring | undefined;
  return async (target, signal) => {
    const { at } = target;
    // Each log is fetched when it is read.
    if (at.kind === "logs") return { path: "", release: () => {} };
    if (at.kind === "folder" && !existsSync(at.path)) throw new ScanError("path-missing", "it is not there any more");
    if (at.kind === "folder" && !(what === "tree" && findRepository(at.path)?.bare))
      return { path: at.path, release: () => {} };
    if ((target.bytes ?? 0) > maxSize) throw new ScanError("usage", tooLarge(maxSize));
    fetcher ??= openFetcher();
    return fetcher(target, signal);
  };
}

/** What came of bringing a target. */
export interface Arrival {
  readonly target: Target;
  readonly brought?: Brought;
  readonly error?: unknown;
}

/** Brings targets, some of them at a time, and gives each as soon as it is there. */
export async function* arrivals(
  targets: readonly Target[],
  bring: Bring,
  atOnce: number,
  signal: AbortSignal,
): AsyncGenerator<Arrival> {
  const waiting = [...targets];
  const coming = new Map<Target, Promise<Arrival>>();
  try {
    while ((waiting.length > 0 || coming.size > 0) && !signal.aborted) {
      for (const target of waiting.splice(0, atOnce - coming.size))
        coming.set(
          target,
          bring(target, signal).then(
            (brought) => ({ target, brought }),
            (error: unknown) => ({ target, error }),
          ),
        );
      const arrival = await Promise.race(coming.values());
      coming.delete(arrival.target);
      yield arrival;
    }
  } finally {
    for (const { brought } of await Promise.all(coming.values())) brought?.release();
  }
}
