import { listObjects, type Objects } from "../git/objects.ts";
import type { Refs } from "../git/refs.ts";
import type { Repository } from "../git/repository.ts";
import type { CommitPart } from "../history/commits.ts";
import type { HistoryData } from "../history/data.ts";
import type { Gap, Match } from "../model/index.ts";
import type { Whereabouts } from "../scan/locate.ts";
import type { Located, Places, Run, ScanOptions } from "../scan/options.ts";

/** How places are told. */
export type Wishes = Pick<Whereabouts, "wanted" | "selection" | "lineHashes" | "authors" | "now"> & {
  /** Bytes that may be taken. */
  readonly memory: number;
  readonly unreachable: boolean;
  /** The flags of the filters, for what they leave out. */
  readonly flags: readonly string[];
};

/** Packed bytes below which no thread is started. */
const FEW = 4 << 20;

/** Whether the objects that are to be looked through are worth threads. */
export function isLarge({ packs }: Objects, jobs: number): boolean {
  const isBusy = ({ idle }: Objects["packs"][number]): boolean => !idle?.every((mark) => mark === 1);
  return jobs > 1 && packs.filter(isBusy).reduce((sum, { end }) => sum + end, 0) > FEW;
}

/** Says where matches are, of a scan that looked through all objects. */
export function placesOf(
  repository: Repository,
  objects: Objects,
  refs: Pick<Refs, "refs" | "reflogs">,
  wishes: Wishes,
): Places {
  const commits: CommitPart[] = [];
  return {
    hear: (result) => commits.push(...result.commits),
    locate: (matches, run) => located(repository, objects, refs, commits, matches, run, wishes),
  };
}

/** The same of a scan that looked through some: all trees and commits are read then, if it found anything. */
export function placesOfNews(
  repository: Repository,
  refs: Pick<Refs, "refs" | "reflogs">,
  wishes: Wishes,
  keep: number,
  options: () => ScanOptions,
): Places {
  return {
    hear: () => {},
    locate: async (matches) => {
      if (matches.length === 0) return { matches, gaps: [] };
      const objects = listObjects(repository, keep);
      const { allCommits } = await import("../history/all-commits.ts");
      const { parts: commits, gaps } = allCommits(objects, repository.hash, wishes.memory);
      const { openPool } = await import("../scan/pool.ts");
      const { scanner, ...rest } = options();
      const history: HistoryData = { ...scanner.history!, objects };
      const alwaysThreads = isLarge(objects, rest.jobs);
      const pool = openPool({ ...rest, alwaysThreads, scanner: { ...scanner, history } });
      pool.noMore();
      try {
        const found = await located(repository, objects, refs, commits, matches, pool.run, wishes);
        return { ...found, gaps: [...gaps, ...found.gaps] };
      } finally {
        await pool.close();
      }
    },
  };
}

async function located(
  repository: Repository,
  objects: Objects,
  refs: Pick<Refs, "refs" | "reflogs">,
  commits: readonly CommitPart[],
  matches: readonly Match[],
  run: Run,
  { flags, ...wishes }: Wishes,
): Promise<Located> {
  if (matches.length === 0) return { matches, gaps: [] };
  const { whereabouts } = await import("../scan/whereabouts.ts");
  const { locate } = await import("../scan/locate.ts");
  const found = whereabouts(repository, objects, refs, commits, run, wishes);
  try {
    const { matches: placed, leftOut } = await locate(matches, found);
    const gaps: readonly Gap[] = found.gaps();
    return { matches: placed, gaps, skipped: leftOut === 0 ? {} : { [`secrets by ${flags.join(", ")}`]: leftOut } };
  } finally {
    found.close();
  }
}
