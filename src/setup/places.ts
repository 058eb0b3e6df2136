import { listObjects, type Objects } from "../git/objects.ts";
import type { Refs } from "../git/refs.ts";
import type { Repository } from "../git/repository.ts";
import type { CommitPart } from "../history/commits.ts";
import type { HistoryData } from "../history/data.ts";
import { type Gap, grouped, type Match } from "../model/index.ts";
import type { Whereabouts } from "../scan/locate.ts";
import { EMPTY, lengthOf, type MatchTable, rowsIn } from "../scan/match-table.ts";
import type { Located, Places, ScanOptions, Seen, Threads } from "../scan/options.ts";
import type { OwnCommits } from "../scan/raw.ts";
import { UnreadVersions } from "../scan/unread.ts";
import { treesUnits } from "../sources/history.ts";

/** A repository that is looked through: the one that was asked for, or a submodule of it by its path. */
export interface Part {
  readonly repository: Repository;
  readonly objects: Objects;
  readonly refs: Refs;
  readonly submodule?: string;
}

/** What of a repository cannot be read, as is known before anything is. */
export function gapsOf({ repository, objects, refs }: Part): readonly Gap[] {
  return [...cut(repository, objects), ...repository.gaps, ...refs.gaps, ...objects.gaps];
}

/** What a clone was told to leave out. */
function cut({ shallow, partial }: Repository, objects: Objects): Gap[] {
  const gaps: Gap[] = [];
  if (shallow.length > 0)
    gaps.push({
      what: `what came before ${grouped(shallow.length)} ${shallow.length === 1 ? "commit" : "commits"}`,
      why: "this is a shallow clone: git fetch --unshallow brings the rest",
    });
  if (partial || objects.partial)
    gaps.push({
      what: "objects that were left with the remote",
      why: "this is a partial clone: --fetch-missing asks the remote for them, or clone it without --filter",
    });
  return gaps;
}

/** How places are told. */
export type Wishes = Pick<Whereabouts, "wanted" | "selection" | "lineHashes" | "authors" | "now"> & {
  /** Bytes that may be taken. */
  readonly memory: number;
  /** So many threads read trees, where memory is short. */
  readonly treeJobs?: number;
  readonly unreachable: boolean;
  /** The flags of the filters, for what they leave out. */
  readonly flags: readonly string[];
};

/** Packed bytes below which no thread is started. */
export const FEW = 4 << 20;

/** Whether the objects that are to be looked through are worth threads. */
export function isLarge(all: readonly Objects[], jobs: number): boolean {
  const packs = all.flatMap((objects) => objects.packs);
  const isBusy = ({ idle }: Objects["packs"][number]): boolean => !idle?.every((mark) => mark === 1);
  return jobs > 1 && packs.filter(isBusy).reduce((sum, { end }) => sum + end, 0) > FEW;
}

/** Says where matches are, of a scan that looked through all objects. */
export function placesOf(parts: readonly Part[], wishes: Wishes): Places {
  const commits: OwnCommits[] = [];
  const unread = new UnreadVersions();
  return {
    hear: (result) => {
      commits.push(...result.commits);
      unread.hear(result);
    },
    locate: async ({ matches, table = EMPTY }, threads) => {
      const found: LocatedPart[] = [];
      for (const [number, part] of parts.entries()) {
        const own = {
          matches: part.submodule === undefined ? matches : [],
          table: rowsIn(table, ({ provenance }) => provenance.submodule === part.submodule),
        };
        const read = commits.filter(({ repository }) => repository === number);
        found.push(await located(part, read, own, unread, threads, below(part.submodule, wishes), number));
      }
      return {
        matches: found.flatMap((one) => one.matches),
        late: found.flatMap((one) => one.late),
        gaps: found.flatMap((one) => one.gaps),
        unread: new Map(found.flatMap((one) => [...(one.unread ?? [])])),
        skipped: skippedOf(wishes, sum(found.map(({ leftOut }) => leftOut))),
      };
    },
  };
}

/** Paths of a submodule are chosen by where they are in the repository around it. */
function below(submodule: string | undefined, wishes: Wishes): Wishes {
  if (submodule === undefined) return wishes;
  const { wanted, selection } = wishes;
  const path = selection?.path;
  return {
    ...wishes,
    wanted: (own) => wanted(`${submodule}/${own}`),
    ...(selection && { selection: { ...selection, ...(path && { path: (own) => path(`${submodule}/${own}`) }) } }),
  };
}

/** The same of a scan that looked through some: all trees and commits are read then, if it found anything. */
export function placesOfNews({ repository, refs }: Part, wishes: Wishes, options: () => ScanOptions): Places {
  const unread = new UnreadVersions();
  return {
    hear: (result) => unread.hear(result),
    locate: async ({ matches, table = EMPTY }, threads) => {
      const seen = { matches, table };
      // Without a find, only what is new was not looked at: its trees.
      const [data] = options().scanner.history!.repositories;
      if (isNothing(seen) && unread.of(undefined).length === 0)
        return located({ repository, objects: data.objects, refs }, [], seen, unread, threads, wishes);
      await threads.rest();
      const open = data.objects.packs.map(({ idle: _, ...pack }) => pack);
      const objects = listObjects(repository, undefined, open);
      const { allCommits } = await import("../history/all-commits.ts");
      const { parts: commits, gaps } = allCommits(objects, repository.hash, wishes.memory);
      const { openPool } = await import("../scan/pool.ts");
      const { scanner, ...rest } = options();
      const history: HistoryData = { ...scanner.history!, repositories: [{ ...data, objects }] };
      const alwaysThreads = isLarge([objects], rest.jobs);
      const pool = openPool({ ...rest, alwaysThreads, scanner: { ...scanner, history } });
      pool.noMore();
      try {
        const found = await located({ repository, objects, refs }, commits, seen, unread, pool, wishes);
        return { ...found, gaps: [...gaps, ...found.gaps], skipped: skippedOf(wishes, found.leftOut) };
      } finally {
        await pool.close();
      }
    },
  };
}

/** What was seen in a repository: in names of refs, and in objects. */
type InObjects = Seen & { readonly table: MatchTable };

const isNothing = ({ matches, table }: InObjects): boolean => matches.length + lengthOf(table) === 0;

/** Places of one repository, and how many secrets the filters leave out. */
type LocatedPart = Located & { readonly leftOut: number; readonly late: readonly Match[] };

async function located(
  { repository, objects, refs, submodule }: Part,
  commits: readonly CommitPart[],
  seen: InObjects,
  unread: UnreadVersions,
  threads: Threads,
  { flags: _, ...wishes }: Wishes,
  number = 0,
): Promise<LocatedPart> {
  const { scanNames } = await import("../scan/entry-names.ts");
  const versions = unread.of(submodule);
  if (isNothing(seen) && versions.length === 0) {
    const units = treesUnits(objects, repository.hash, new Uint8Array(0), number);
    const { readTrees } = await import("../scan/whereabouts.ts");
    const looked = await readTrees(units, threads, wishes.treeJobs, (result) => ({ ...result, trees: [] }));
    const named = await scanNames(looked, threads.run, submodule);
    const gaps = [...looked, named].flatMap((each) => each.gaps);
    return { ...withNames([], named.matches, wishes), gaps };
  }
  const { whereabouts } = await import("../scan/whereabouts.ts");
  const { locate } = await import("../scan/locate.ts");
  const found = whereabouts(repository, objects, refs, commits, threads, wishes, {
    number,
    ...(submodule !== undefined && { submodule }),
  });
  try {
    const { matches: placed, leftOut, stand } = await locate(seen, found, versions);
    const prefix = submodule === undefined ? "" : `${submodule}: `;
    const named = found.named();
    const gaps = found.gaps();
    const own = submodule === undefined ? placed : placed.map((match) => placedIn(submodule, match));
    const below =
      submodule === undefined ? gaps : gaps.map(({ what, why }) => ({ what: `${submodule}: ${what}`, why }));
    const all = withNames(own, named.matches, wishes);
    return {
      ...all,
      gaps: [...below, ...named.gaps],
      unread: new Map([...stand].map(([id, place]) => [`${prefix}blob ${id}`, place])),
      leftOut: leftOut + all.leftOut,
    };
  } finally {
    found.close();
  }
}

/** Adds what stands in names of files, which are of no one commit: a selection leaves them out. */
function withNames(placed: readonly Match[], late: readonly Match[], { selection }: Pick<Wishes, "selection">) {
  const secrets = new Set(late.map(({ rule, secret }) => `${rule} ${secret.reveal()}`));
  return selection
    ? { matches: placed, late: [], leftOut: secrets.size }
    : { matches: [...placed, ...late], late, leftOut: 0 };
}

/** A place of a submodule, as the repository around it has it. */
function placedIn(submodule: string, match: Match): Match {
  const { provenance } = match;
  if (provenance.kind !== "history") return match;
  const between = provenance.commit === undefined ? ": " : "/";
  return { ...match, provenance: { ...provenance, path: `${submodule}${between}${provenance.path}` } };
}

function skippedOf({ flags }: Wishes, leftOut: number): NonNullable<Located["skipped"]> {
  return leftOut === 0 ? {} : { [`secrets by ${flags.join(", ")}`]: leftOut };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
