import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "../../sources/make-folder.ts";
import { readIfThere } from "../store/durable.ts";
import type { RemoteGit } from "./remote-git.ts";
import { remoteHead } from "./remote-head.ts";

/** Commits that the first step goes back; each further one goes back twice as many. */
const FIRST = 128;

/** The server knows no shallow clones, is one itself, or names objects by another hash. */
const UNABLE = /does not support (?:shallow|--deepen)|shallow update not allowed|mismatched algorithms/i;

/** A clone that broke off, and how it goes on. */
export interface HalfMade {
  readonly folder: string;
  readonly url: string;
  /** What is left with the server: git-rev-list(1), `--filter`. */
  readonly filter?: string;
  /** Fetches all refs, once the history of HEAD is there. */
  readonly fetchRest: (folder: string) => Promise<void>;
}

/**
 * Goes on with a clone that broke off: backwards through the history of the remote's HEAD, in steps that git keeps
 * each, then with the rest. False where that cannot be done.
 */
export async function clonedInSteps(half: HalfMade, git: RemoteGit): Promise<boolean> {
  await begin(half, git);
  const inside = git.cwd(half.folder);
  const { name } = await remoteHead(inside);
  if (!name) return false;
  try {
    if (!(await deepened(half, name, inside))) return false;
    await half.fetchRest(half.folder);
  } catch (error) {
    if (UNABLE.test(String(error))) return false;
    throw error;
  }
  await inside.raw(["pack-refs", "--all"]);
  return !isShallow(half.folder);
}

/** Makes a new repository to go on in, unless there is one that a step of the same kind came to its end in. */
async function begin({ folder, url, filter }: HalfMade, git: RemoteGit): Promise<void> {
  if (!(existsSync(join(folder, "HEAD")) && (await isSound(git.cwd(folder), filter)))) {
    rmSync(folder, { recursive: true, force: true });
    makeFolder(folder, 0o700);
    await git.cwd(folder).raw(["init", "--bare", "--quiet", "--template="]);
  }
  await git.cwd(folder).raw(["config", "remote.origin.url", url]);
}

/** Whether all is there of what it says to hold: a machine may have stopped while it was written. */
async function isSound(inside: RemoteGit, filter = ""): Promise<boolean> {
  try {
    const held = await inside.raw(["config", "--default", "", "remote.origin.partialclonefilter"]);
    if (held.trim() !== filter || !(await hasRefs(inside))) return false;
    const told = await inside.raw(["fsck", "--connectivity-only", "--no-dangling", "--progress"]);
    return !/^(?:missing|broken|error|fatal)/m.test(told);
  } catch {
    return false;
  }
}

const hasRefs = async (inside: RemoteGit): Promise<boolean> => (await inside.raw(["for-each-ref", "--count=1"])) !== "";

/** Whether the whole history of a branch came. */
async function deepened({ folder, filter }: HalfMade, name: string, inside: RemoteGit): Promise<boolean> {
  const flags = ["--progress", "--force", "--no-tags", ...(filter ? [`--filter=${filter}`] : [])];
  const step = (how: string) => inside.raw(["fetch", ...flags, how, "origin", `+${name}:${name}`]);
  if (!(await hasRefs(inside))) await step("--depth=1");
  for (let by = FIRST; isShallow(folder); by *= 2) {
    const before = shallowIn(folder);
    await step(`--deepen=${by}`);
    if (shallowIn(folder) === before) return false;
  }
  return true;
}

/** gitrepository-layout(5): the commits whose parents are not there. */
const shallowIn = (folder: string): string | undefined => readIfThere(join(folder, "shallow"));

const isShallow = (folder: string): boolean => Boolean(shallowIn(folder));
