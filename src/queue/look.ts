import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { isInside, ScanError } from "../model/index.ts";
import { bringer } from "../sweep/bring.ts";
import { fetcher, isHopeless } from "../sweep/clone/fetched.ts";
import { type Looking, lookThrough, withState } from "../sweep/look.ts";
import { addressTarget } from "../sweep/sources/address.ts";
import { gapOf } from "../sweep/sweep.ts";
import type { Target } from "../sweep/target.ts";
import type { SweepJob } from "./job.ts";
import type { Outcome } from "./outcome.ts";
import { knownState } from "./states.ts";

/** What a worker has of its own: files, room, and folders that jobs may name. */
export interface Own {
  readonly settings: Pick<Looking["settings"], "config" | "policy" | "jwks" | "jobs" | "memory" | "taken">;
  readonly cache: string;
  readonly cacheSize: number;
  /** Without any, only what is fetched from elsewhere is looked through. */
  readonly roots: readonly string[];
  readonly version: string;
}

/** A look that may succeed the next time. */
export class Again extends Error {}

/**
 * Looks through the repository of a job. What no further try would change is an outcome; what one may (a network, a full disk,
 * a fault of our own) is thrown as {@link Again}.
 */
export async function lookAt(job: SweepJob, own: Own, signal: AbortSignal): Promise<Outcome> {
  const target: Target = {
    repository: job.repository,
    at: job.at,
    ...(job.bytes !== undefined && { bytes: job.bytes }),
  };
  const looking = lookingOf(job, own);
  try {
    refuseStrange(job, own.roots);
    const bring = bringer(() => fetcher(fetchingOf(job, own)), looking);
    const addressed = byAddress(target);
    const brought = await bring(addressed, signal);
    try {
      const known = knownState(own.cache, addressed.repository.id, job.run);
      const { report, state: pieces } = await withState(known, () =>
        lookThrough(brought.path, looking, known.file, signal),
      );
      signal.throwIfAborted();
      const state = pieces && Buffer.concat([...pieces]);
      if (state) known.keep([state]);
      const { now, milliseconds } = report.stats;
      const finishedAt = new Date(Date.parse(now) + milliseconds).toISOString();
      const found = { repository: job.repository, finishedAt, report };
      return { report: found, ...(state && { state }) };
    } finally {
      brought.release();
    }
  } catch (error) {
    signal.throwIfAborted();
    const gap = gapOf(target, error);
    if (isFinal(error)) return { gap };
    throw new Again(gap.why);
  }
}

/** A sweep's own mistakes stay as they are; so does what a server refuses. */
const isFinal = (error: unknown): boolean =>
  error instanceof ScanError && (error.code !== "git-failed" || isHopeless(error.message));

function lookingOf({ look }: SweepJob, { settings, version }: Own): Looking {
  const { what, trustConfig, now, maxSize, maxFileSize, fileTimeout } = look;
  return {
    what,
    settings: { ...settings, fileTimeout, ...(maxFileSize !== undefined && { maxFileSize }) },
    trustConfig,
    ...(now !== undefined && { now }),
    ...(maxSize !== undefined && { maxSize }),
    version,
  };
}

function fetchingOf({ look }: SweepJob, { cache, cacheSize }: Own) {
  const { what, requests, maxSize, maxFileSize } = look;
  return {
    cache,
    cacheSize,
    shallow: what === "tree",
    requests,
    ...(maxSize !== undefined && { maxSize }),
    ...(maxFileSize !== undefined && { maxFileSize }),
  };
}

/** Clones are kept by where they came from, and not by what a job calls them. */
function byAddress(target: Target): Target {
  const { at, repository } = target;
  const from = at.kind === "remote" ? addressTarget(at.url) : undefined;
  const id = at.kind === "folder" ? at.path : from && "repository" in from ? from.repository.id : repository.id;
  return { ...target, repository: { ...repository, id } };
}

/** Whoever can write to the queue could have any folder of this machine looked through. */
function refuseStrange({ at }: SweepJob, roots: readonly string[]): void {
  const isLocal = at.kind === "folder" || /^file:/i.test(at.url);
  if (!isLocal) return;
  const path = resolved(at.kind === "folder" ? at.path : fileURLToPath(at.url));
  const isAllowed = path !== undefined && roots.some((root) => isInside(path, resolved(root) ?? root));
  if (!isAllowed && (path !== undefined || roots.length === 0))
    throw new ScanError("usage", "this worker does not look through folders of its machine: start it with --root");
  if (!isAllowed) throw new ScanError("path-missing", "it is not there any more");
}

function resolved(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
