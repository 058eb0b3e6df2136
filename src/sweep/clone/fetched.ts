import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { whyNot } from "../../git/asking.ts";
import { ScanError } from "../../model/index.ts";
import type { Bring } from "../bring.ts";
import { loginFor } from "../hosts.ts";
import { bytesIn, tooLarge } from "../size.ts";
import { nameOf } from "../store/store.ts";
import type { Target } from "../target.ts";
import { type Cache, openCache, type Slot } from "./cache.ts";
import { type RemoteGit, remoteGit } from "./remote-git.ts";
import { remoteHead } from "./remote-head.ts";
import { clonedInSteps } from "./steps.ts";

/** What is fetched, and where it is kept. */
export interface Fetching {
  readonly cache: string;
  /** Bytes that the cache may take. */
  readonly cacheSize: number;
  /** Only the files as they are now. */
  readonly shallow: boolean;
  /** Pull and merge requests, too. */
  readonly requests: boolean;
  /** Bytes; a larger clone is broken off. */
  readonly maxSize?: number;
  /** Bytes; larger files are left with the server, where it can. */
  readonly maxFileSize?: number;
}

const BRANCHES = ["+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*"];
/** GitHub and Gitea, GitLab, Bitbucket Server. */
const REQUESTS = ["+refs/pull/*:refs/pull/*", "+refs/merge-requests/*:refs/merge-requests/*"];

/** Has clones made and renewed in a cache. */
export function fetcher(fetching: Fetching): Bring {
  const cache: Cache = openCache(fetching.cache, fetching.cacheSize);
  return async (target, signal) => {
    const slot = await cache.take(nameOf(target.repository.id) + (fetching.shallow ? "-tree" : ""), signal);
    try {
      await withPatience(() => renewed(slot, addressOf(target), fetching, signal), signal);
      slot.settle();
      return { path: slot.folder, release: slot.release };
    } catch (error) {
      if (fetching.shallow || !isWorthResuming(error)) rmSync(slot.part, { recursive: true, force: true });
      else if (existsSync(slot.part)) tidied(slot.part);
      slot.release();
      throw error instanceof ScanError ? error : new ScanError("git-failed", `it cannot be fetched: ${whyNot(error)}`);
    }
  };
}

function addressOf({ at }: Target): string {
  if (at.kind === "logs") throw new Error("logs are no clone");
  return at.kind === "remote" ? at.url : `file://${at.path}`;
}

/** Seconds before each further try. */
const PAUSES = [2, 10];
const HOPELESS =
  /not found|does not appear|does not exist|denied|access rights|authentication failed|could not read Username|40[134]/i;

/** Whether what git said will be the same the next time. */
export const isHopeless = (why: string): boolean => HOPELESS.test(why);

/** Of write(2); signal(7), SIGXFSZ. What was kept would only take room. */
const FULL = /No space left|Disk quota exceeded|File too large|died of signal 25/i;

/** Whether what is there of a clone that broke off is kept for the next time. */
const isWorthResuming = (error: unknown): boolean =>
  !(error instanceof ScanError || isHopeless(whyNot(error)) || FULL.test(String(error)));

/** Networks fail now and then; what a server refuses it refuses again. */
async function withPatience(act: () => Promise<void>, signal: AbortSignal): Promise<void> {
  for (const pause of [...PAUSES, undefined]) {
    try {
      return await act();
    } catch (error) {
      const isFinal = error instanceof ScanError || isHopeless(whyNot(error));
      if (pause === undefined || isFinal || signal.aborted) throw error;
      await setTimeout(pause * 1000, undefined, { signal });
    }
  }
}

async function renewed(slot: Slot, url: string, fetching: Fetching, signal: AbortSignal): Promise<void> {
  const watched = watch(slot, fetching.maxSize, signal);
  const git = remoteGit(join(slot.folder, ".."), loginFor(url, process.env), watched.signal);
  try {
    const isThere = existsSync(slot.folder) && (!fetching.shallow || (await isUnchanged(slot.folder, git)));
    if (!isThere) await cloneInto(slot, url, git, fetching);
    else if (!fetching.shallow) await fetchInto(slot.folder, git, fetching);
  } catch (error) {
    if (watched.signal.aborted && !signal.aborted) throw new ScanError("usage", tooLarge(fetching.maxSize!));
    throw error;
  } finally {
    watched.end();
  }
}

/** One that broke off is gone on with in steps; what is not whole stays a part. */
async function cloneInto({ folder, part }: Slot, url: string, git: RemoteGit, fetching: Fetching): Promise<void> {
  const isBrokenOff = existsSync(part) && !fetching.shallow;
  const filter = fetching.maxFileSize === undefined ? undefined : `blob:limit=${fetching.maxFileSize}`;
  const fetchRest = () => fetchInto(part, git, fetching);
  if (isBrokenOff) tidied(part);
  const isWhole =
    isBrokenOff && (await clonedInSteps({ folder: part, url, fetchRest, ...(filter && { filter }) }, git));
  if (!isWhole) await cloneAtOnce(part, url, git, fetching, filter);
  rmSync(folder, { recursive: true, force: true });
  renameSync(part, folder);
}

async function cloneAtOnce(part: string, url: string, git: RemoteGit, fetching: Fetching, filter?: string) {
  const { shallow, requests } = fetching;
  rmSync(part, { recursive: true, force: true });
  // git clone empties a folder that was there, and leaves it: it tells that a clone broke off.
  mkdirSync(part, { mode: 0o700 });
  const flags = [
    "--bare",
    "--progress",
    "--template=",
    ...(shallow ? ["--depth=1"] : []),
    ...(filter ? [`--filter=${filter}`] : []),
  ];
  await git.raw(["clone", ...flags, "--", url, part]);
  if (requests && !shallow) await git.cwd(part).raw(["fetch", "--progress", "--no-tags", "origin", ...REQUESTS]);
}

async function fetchInto(folder: string, git: RemoteGit, { requests }: Fetching): Promise<void> {
  tidied(folder);
  const refs = [...BRANCHES, ...(requests ? REQUESTS : [])];
  const inside = git.cwd(folder);
  await inside.raw(["fetch", "--progress", "--prune", "--force", "--no-tags", "origin", ...refs]);
  const { name } = await remoteHead(inside);
  if (name) await inside.raw(["symbolic-ref", "HEAD", name]);
}

/** Whether a clone of one commit is of the one that the remote's HEAD names: a newer one is made anew, without the old files. */
async function isUnchanged(folder: string, git: RemoteGit): Promise<boolean> {
  const inside = git.cwd(folder);
  const { id } = await remoteHead(inside);
  return id !== undefined && (await inside.raw(["rev-parse", "HEAD"])).trim() === id;
}

/** Removes what a git that was killed has left: its locks, and packs that were not whole. Nobody else is at work here. */
function tidied(folder: string): void {
  for (const name of readdirSync(folder, { recursive: true }).map(String))
    if (name.endsWith(".lock") || /(?:^|[\\/])tmp_(?:pack|idx|obj|rev)_/.test(name))
      rmSync(join(folder, name), { force: true });
}

/** Milliseconds between two looks at how large a clone has become. */
const LOOK = 500;

/** A signal that also comes when a clone grows too large. */
function watch(slot: Slot, most: number | undefined, signal: AbortSignal) {
  if (most === undefined) return { signal, end: () => {} };
  const tooLarge = new AbortController();
  const size = () => Math.max(bytesIn(slot.part, most), bytesIn(slot.folder, most));
  const timer = setInterval(() => size() > most && tooLarge.abort(), LOOK);
  return { signal: AbortSignal.any([signal, tooLarge.signal]), end: () => clearInterval(timer) };
}
