import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Repository } from "../git/repository.ts";
import { ScanError } from "../model/index.ts";

/** What a scan of a history may take of a memory: bytes, and threads. */
export interface Room {
  readonly jobs: number;
  /** What each thread may take for unpacking. */
  readonly share: number;
  /** The same for what says where from. */
  readonly memory: number;
  /** What the places of what is found may take. */
  readonly places: number;
  /** Threads that read trees, while these are gathered; others end before. */
  readonly treeJobs?: number;
}

/** What is asked for: MiB, and threads. */
export interface Asked {
  readonly memory: number;
  readonly jobs: number;
  /** MiB that each thread needs for unpacking. */
  readonly least: number;
}

const MIB = 2 ** 20;
/** What a thread takes that looks through objects: its heap, its code, what it remembers. */
const THREAD = 54 * MIB;
/** The same of one that reads trees, with what it gathers them in. */
const TREE_THREAD = 80 * MIB;
/** What an object takes: in the index and the lists of its pack; in what is gathered of trees and commits; in what is made of that. */
const LISTED = 66;
const GATHERED = 80;
const RELATED = 50;

/** A memory that is for what is looked at alone: Node, and what is kept of objects, come on top. */
export function openRoom({ memory: wanted, jobs: most, least }: Asked): Room {
  if (wanted < least)
    throw new ScanError("usage", `--memory ${wanted} is too little: history needs ${least} MiB or more`);
  const memory = wanted * MIB;
  const jobs = Math.min(most, Math.floor(wanted / least));
  const share = Math.floor(memory / Math.max(1, jobs));
  return { jobs, share, memory, places: Math.floor(memory / 4) };
}

/** A memory that is for all that grows with a repository: with less of it there are fewer threads, or none but the calling one. */
export function boundRoom(repository: Repository, { memory, jobs: most, least }: Asked): Room {
  const objects = objectsIn(repository);
  const all = memory * MIB - objects * LISTED;
  const jobs = Math.max(0, Math.min(most, Math.floor(all / (THREAD + least * MIB))));
  if (all < (least * MIB) / 2) throw new ScanError("usage", TAKES_TOO_MUCH);
  // Without a thread, what unpacks for the one and for the other stays side by side.
  const share = Math.max(least * MIB, Math.floor(jobs === 0 ? all / 2 : all / jobs - THREAD));
  const gathered = all - objects * GATHERED;
  return {
    jobs,
    share,
    memory: Math.max(share, gathered - objects * RELATED),
    places: Math.floor(all / 4),
    treeJobs: Math.min(jobs, Math.max(1, Math.floor(gathered / TREE_THREAD))),
  };
}

/** How many threads have room to look through files. */
export const threadsIn = (memory: number, most: number): number =>
  Math.max(Math.min(1, most), Math.min(most, Math.floor((memory * MIB) / THREAD)));

/** Why a repository is not looked through that takes more than there is. */
export const TAKES_TOO_MUCH = "it takes more memory than is allowed: raise --memory";

/** Bytes of a pack's index for each object, of SHA-1. */
const INDEXED = 28;

/** About how many objects the packs of a repository have, by what the files of their indexes take. */
const objectsIn = (repository: Repository): number => bytesIn(repository, ".idx") / INDEXED;

/** Bytes of all packs. */
export const packedIn = (repository: Repository): number => bytesIn(repository, ".pack");

function bytesIn({ objectFolders }: Repository, ending: string): number {
  const sizes = objectFolders.flatMap((folder) => sizesIn(join(folder, "pack"), ending));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** What cannot be read is a gap of whoever reads it. */
function sizesIn(folder: string, ending: string): number[] {
  try {
    const files = readdirSync(folder).filter((name) => name.endsWith(ending));
    return files.map((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0);
  } catch {
    return [];
  }
}
