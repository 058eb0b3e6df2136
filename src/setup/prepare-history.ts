import { listObjects, type Objects } from "../git/objects.ts";
import { readRefs } from "../git/refs.ts";
import { findRepository, type Repository } from "../git/repository.ts";
import type { CommitPart } from "../history/commits.ts";
import type { Engine } from "../history/find.ts";
import { type Gap, grouped, ScanError } from "../model/index.ts";
import type { Places } from "../scan/options.ts";
import { historySource } from "../sources/history.ts";
import { type Prepared, prepare } from "./prepare.ts";
import type { ScanRequest } from "./request.ts";

/** What a caller asks of a repository's history. */
export interface HistoryRequest extends Omit<ScanRequest, "paths" | "include" | "exclude" | "allFiles" | "stdinPath"> {
  /** A path in the repository; default the current folder. */
  readonly repository?: string;
  readonly engine?: Engine;
  /** Say where each finding came from; default true. */
  readonly provenance?: boolean;
  /** Count commits that nothing leads to any more; default only in a bare repository. */
  readonly unreachable?: boolean;
}

/** How much of the memory packs may take: one that fits is read once for all threads. */
const PACKED = 0.65;
/** Packed objects below which no thread is started. */
const FEW = 4 << 20;
/** MiB that each thread needs, and what says where from. */
const LEAST = 20;
const LEAST_WITH_PROVENANCE = 64;

/** Makes sources and options for a repository's history; runs no git, and nothing of the repository. */
export async function prepareHistory(request: HistoryRequest, signal: AbortSignal): Promise<Prepared> {
  const path = request.repository ?? ".";
  const repository = findRepository(path, request.repository === undefined ? process.env : {});
  if (!repository)
    throw new ScanError("path-missing", `${path} is no git repository; leakreach scan looks through files`);
  const wanted = request.memory ?? 512;
  const least = request.provenance === false ? LEAST : LEAST_WITH_PROVENANCE;
  if (wanted < least)
    throw new ScanError("usage", `--memory ${wanted} is too little: history needs ${least} MiB or more`);
  const prepared = await prepare({ ...request, paths: [path] }, signal);
  const memory = wanted * 2 ** 20;
  const objects = listObjects(repository, PACKED * memory);
  const refs = readRefs(repository);
  const commits: CommitPart[] = [];
  const places: Places = {
    hear: (result) => commits.push(...result.commits),
    locate: async (matches, run) => {
      if (matches.length === 0) return { matches, gaps: [] };
      const { whereabouts } = await import("../scan/whereabouts.ts");
      const { locate } = await import("../scan/locate.ts");
      const found = whereabouts(repository, objects, refs, commits, run, {
        memory,
        wanted: prepared.settings.wanted,
        lineHashes: request.lineHashes ?? true,
        now: prepared.options.now,
        unreachable: repository.bare || (request.unreachable ?? false),
      });
      try {
        return { matches: await locate(matches, found), gaps: found.gaps() };
      } finally {
        found.close();
      }
    },
  };
  const packed = objects.packs.reduce((sum, { end }) => sum + end, 0);
  const jobs = Math.min(prepared.options.jobs, Math.floor(wanted / least));
  return {
    ...prepared,
    sources: [
      historySource(path, objects, repository.hash, [...cut(repository, objects), ...repository.gaps, ...refs.gaps]),
    ],
    options: {
      ...prepared.options,
      jobs,
      alwaysThreads: jobs > 1 && packed > FEW,
      deadline: null,
      ...(request.provenance === false ? {} : { places }),
      scanner: {
        ...prepared.options.scanner,
        history: {
          objects,
          hash: repository.hash,
          engine: request.engine ?? "delta",
          provenance: request.provenance ?? true,
          memory: Math.floor(memory / jobs),
        },
      },
    },
  };
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
      why: "this is a partial clone: clone it without --filter, or git fetch --refetch --no-filter",
    });
  return gaps;
}
