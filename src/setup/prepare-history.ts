import { lfsFolder } from "../git/lfs.ts";
import { listObjects } from "../git/objects.ts";
import { type Refs, readRefs } from "../git/refs.ts";
import { findRepository, type Repository } from "../git/repository.ts";
import type { RepositoryData } from "../history/data.ts";
import type { Engine } from "../history/find.ts";
import { submodulePaths } from "../history/submodules.ts";
import { type Gap, type Report, ScanError } from "../model/index.ts";
import type { ScanOptions } from "../scan/options.ts";
import type { Started } from "../scan/pool.ts";
import { type HistoryPart, historySource, wholeOf } from "../sources/history.ts";
import { FEW, gapsOf, isLarge, type Part, placesOf, placesOfNews, type Wishes } from "./places.ts";
import { type Prepared, prepare } from "./prepare.ts";
import type { ScanRequest } from "./request.ts";
import { boundRoom, openRoom, packedIn } from "./room.ts";
import { type Filters, filterFlags, selectionOf } from "./selection.ts";

/** What a caller asks of a repository's history. */
export interface HistoryRequest
  extends Omit<ScanRequest, "paths" | "include" | "exclude" | "allFiles" | "stdinPath">,
    Filters {
  /** A path in the repository; default the current folder. */
  readonly repository?: string;
  readonly engine?: Engine;
  /** Say where each finding came from; default true. */
  readonly provenance?: boolean;
  /** Count commits that nothing leads to any more; default only in a bare repository. */
  readonly unreachable?: boolean;
  /** Count first what there is, so that `progress` events say how far it is. */
  readonly progress?: boolean;
  /** Look through submodules, too, as far as they are here. */
  readonly submodules?: boolean;
  /** Of a partial clone: ask its remotes for what is missing, which opens connections and writes into the repository. */
  readonly fetchMissing?: boolean;
  /** Is told of each question before a remote is asked. */
  readonly tell?: (text: string) => void;
  /** Name the authors of commits. */
  readonly showAuthors?: boolean;
  /** The file that remembers what was looked through: only what is new is. */
  readonly state?: string;
  /** With `state`: objects that hold what was found are looked at each time, so that every report has all findings as they are now. */
  readonly findAgain?: true;
  /** The version of leakreach, for the state. */
  readonly version?: string;
}

/** A scan of a history that is ready to run. */
export interface PreparedHistory extends Prepared {
  /** What `state` is to hold when the scan has come to its end. */
  readonly after?: (report: Report) => Iterable<Uint8Array>;
}

/** MiB. */
const DEFAULT_MEMORY = 512;
/** MiB that each thread needs, and what says where from. */
const LEAST = 20;
const LEAST_WITH_PROVENANCE = 64;
/** The same where what says where from has its own. */
const LEAST_BOUND = 46;

/** Makes sources and options for a repository's history; runs no git, and nothing of the repository. */
export async function prepareHistory(request: HistoryRequest, signal: AbortSignal): Promise<PreparedHistory> {
  const path = request.repository ?? ".";
  const found = findRepository(path, request.repository === undefined ? process.env : {});
  if (!found) throw new ScanError("path-missing", `${path} is no git repository; leakreach scan looks through files`);
  const wanted = request.memory ?? DEFAULT_MEMORY;
  refuseMix(request);
  const prepared = await prepare({ ...request, paths: [path] }, signal);
  const least = request.provenance === false ? LEAST : LEAST_WITH_PROVENANCE;
  const room =
    request.taken === undefined
      ? openRoom({ memory: wanted, jobs: prepared.options.jobs, least })
      : boundRoom(found, { memory: wanted - request.taken, jobs: prepared.options.jobs, least: LEAST_BOUND });
  const { repository, ...came } = request.fetchMissing
    ? await (await import("./fetched.ts")).withMissing(found, signal, request.tell)
    : { repository: found, whole: false, gaps: [], notices: [] };
  const { jobs, share, memory, places: mostOfPlaces, treeJobs } = room;
  const started = await startedFor(repository, request, jobs);
  const refs = readRefs(repository);
  const selection = await selectionOf(request, refs.refs);
  // A state knows by what was allowed whether more may be looked at now; what is left of it differs from process to process.
  const allowed = Math.floor((wanted * 2 ** 20) / Math.max(1, jobs));
  const news =
    request.state === undefined ? undefined : await newsOf(request, request.state, repository, refs, prepared, allowed);
  const listed = news?.objects ?? listObjects(repository, undefined, undefined, started?.share);
  // Packs of a clone that was partial say so for ever.
  const objects = came.whole ? { ...listed, partial: false } : listed;
  const top: Part = { repository, objects, refs };
  const inner = request.submodules ? (await import("./submodules.ts")).openSubmodules(top) : undefined;
  const parts = [top, ...(inner?.parts ?? [])] as const;
  const gaps = inner?.gaps ?? (news?.submodules ?? pathsOf(top)).map(notScanned);
  const wishes: Wishes = {
    memory,
    ...(treeJobs !== undefined && { treeJobs }),
    wanted: prepared.settings.wanted,
    ...(selection && { selection }),
    lineHashes: request.lineHashes ?? true,
    authors: request.showAuthors ?? false,
    now: prepared.options.now,
    unreachable: repository.bare || (request.unreachable ?? false),
    flags: filterFlags(request),
  };
  const places = news && !news.isAll ? placesOfNews(top, wishes, () => options) : placesOf(parts, wishes);
  const alwaysThreads = isLarge(
    parts.map((part) => part.objects),
    jobs,
  );
  if (!alwaysThreads) await started?.end();
  const options: ScanOptions = {
    ...prepared.options,
    ...news?.options,
    notices: [...came.notices, ...(news?.options ?? prepared.options).notices],
    jobs,
    alwaysThreads,
    ...(started && { started }),
    ...(request.progress && { whole: wholeOf(parts.map(named)) }),
    ...(request.provenance === false ? {} : { places }),
    scanner: {
      ...prepared.options.scanner,
      history: {
        repositories: [dataOf(top), ...(inner?.parts ?? []).map(dataOf)],
        engine: request.engine ?? "delta",
        provenance: request.provenance ?? true,
        memory: share,
        places: mostOfPlaces,
      },
    },
  };
  return {
    ...prepared,
    ...(news && { after: news.after }),
    sources: [
      historySource(path, parts.map(named), [...gapsOf(top), ...came.gaps, ...gaps, ...(news?.gaps ?? [])], jobs),
    ],
    options,
  };
}

/** Threads of a scan that will want them: while packs are opened they start, and help. What a state leaves to do is known later. */
async function startedFor(
  repository: Repository,
  { state }: HistoryRequest,
  jobs: number,
): Promise<Started | undefined> {
  if (jobs < 2 || state !== undefined || packedIn(repository) <= FEW) return undefined;
  return (await import("../scan/threads.ts")).startThreads(jobs);
}

/** Filters select by where secrets came from, and a state must not take for known what they left out. */
function refuseMix(request: HistoryRequest): void {
  if (request.submodules && request.state !== undefined)
    throw new ScanError("usage", "--submodules with --state: scan each submodule on its own, with a state of its own");
  if (request.submodules && (request.branch !== undefined || request.maxCommits !== undefined))
    throw new ScanError("usage", "--submodules with --branch or --max-commits: these choose in one repository");
  const flags = filterFlags(request).join(", ");
  if (flags === "") return;
  if (request.provenance === false)
    throw new ScanError("usage", `${flags} with --no-provenance: which commit brought a secret is not asked then`);
  if (request.state !== undefined)
    throw new ScanError(
      "usage",
      `${flags} with --state: what it leaves out would be taken for known; give one of them`,
    );
}

async function newsOf(
  request: HistoryRequest,
  path: string,
  repository: Repository,
  refs: Refs,
  prepared: Prepared,
  memory: number,
) {
  const { incremental } = await import("./incremental.ts");
  const { rulesHash } = await import("./known.ts");
  const rules = rulesHash(prepared, request, request.version ?? "");
  const { findAgain = false } = request;
  return incremental(path, repository, refs, prepared.options, { rules, findAgain, memory });
}

const pathsOf = ({ repository, objects, refs }: Part): readonly string[] =>
  submodulePaths(repository, objects, refs) ?? [];

/** A repository as its units are made of it. */
const named = ({ repository: { hash }, objects, refs, submodule }: Part): HistoryPart => ({
  objects,
  hash,
  refs,
  ...(submodule !== undefined && { submodule }),
});

/** A repository as threads read it. */
const dataOf = ({ repository, objects, submodule }: Part): RepositoryData => ({
  objects,
  hash: repository.hash,
  lfs: lfsFolder(repository),
  ...(submodule !== undefined && { submodule }),
});

const notScanned = (path: string): Gap => ({
  what: `submodule ${path}`,
  why: "a repository of its own: --submodules looks through it, too, where git submodule update --init has brought it",
});
