import { join } from "node:path";
import { listObjects, type Objects } from "../git/objects.ts";
import { type Refs, readRefs } from "../git/refs.ts";
import { findRepository, type Repository } from "../git/repository.ts";
import type { Engine } from "../history/find.ts";
import { submodulesOf } from "../history/submodules.ts";
import { type Gap, grouped, type Report, ScanError } from "../model/index.ts";
import type { ScanOptions } from "../scan/options.ts";
import { historySource, wholeOf } from "../sources/history.ts";
import { isLarge, placesOf, placesOfNews, type Wishes } from "./places.ts";
import { type Prepared, prepare } from "./prepare.ts";
import type { ScanRequest } from "./request.ts";
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
  /** Name the authors of commits. */
  readonly showAuthors?: boolean;
  /** The file that remembers what was looked through: only what is new is. */
  readonly state?: string;
  /** The version of leakreach, for the state. */
  readonly version?: string;
}

/** A scan of a history that is ready to run. */
export interface PreparedHistory extends Prepared {
  /** What `state` is to hold when the scan has come to its end. */
  readonly after?: (report: Report) => Iterable<Uint8Array>;
}

/** How much of the memory packs may take: one that fits is read once for all threads. */
const PACKED = 0.65;
/** MiB that each thread needs, and what says where from. */
const LEAST = 20;
const LEAST_WITH_PROVENANCE = 64;

/** Makes sources and options for a repository's history; runs no git, and nothing of the repository. */
export async function prepareHistory(request: HistoryRequest, signal: AbortSignal): Promise<PreparedHistory> {
  const path = request.repository ?? ".";
  const repository = findRepository(path, request.repository === undefined ? process.env : {});
  if (!repository)
    throw new ScanError("path-missing", `${path} is no git repository; leakreach scan looks through files`);
  const wanted = request.memory ?? 512;
  const least = request.provenance === false ? LEAST : LEAST_WITH_PROVENANCE;
  if (wanted < least)
    throw new ScanError("usage", `--memory ${wanted} is too little: history needs ${least} MiB or more`);
  refuseMix(request);
  const prepared = await prepare({ ...request, paths: [path] }, signal);
  const memory = wanted * 2 ** 20;
  const refs = readRefs(repository);
  const selection = await selectionOf(request, refs.refs);
  const news =
    request.state === undefined ? undefined : await newsOf(request, request.state, repository, refs, prepared);
  const objects = news?.objects ?? listObjects(repository, PACKED * memory);
  const submodules = news?.submodules ?? submodulesOf(repository, objects, refs) ?? [];
  const wishes: Wishes = {
    memory,
    wanted: prepared.settings.wanted,
    ...(selection && { selection }),
    lineHashes: request.lineHashes ?? true,
    authors: request.showAuthors ?? false,
    now: prepared.options.now,
    unreachable: repository.bare || (request.unreachable ?? false),
    flags: filterFlags(request),
  };
  const places = news
    ? placesOfNews(repository, refs, wishes, PACKED * memory, () => options)
    : placesOf(repository, objects, refs, wishes);
  const jobs = Math.min(prepared.options.jobs, Math.floor(wanted / least));
  const options: ScanOptions = {
    ...prepared.options,
    ...news?.options,
    jobs,
    alwaysThreads: isLarge(objects, jobs),
    deadline: null,
    ...(request.progress && { whole: wholeOf(objects, repository.hash) }),
    ...(request.provenance === false ? {} : { places }),
    scanner: {
      ...prepared.options.scanner,
      history: {
        objects,
        hash: repository.hash,
        lfs: join(repository.commonDir, "lfs", "objects"),
        engine: request.engine ?? "delta",
        provenance: request.provenance ?? true,
        memory: Math.floor(memory / jobs),
      },
    },
  };
  return {
    ...prepared,
    ...(news && { after: news.after }),
    sources: [
      historySource(path, objects, repository.hash, namesOf(refs), [
        ...cut(repository, objects),
        ...submodules.map(notScanned),
        ...repository.gaps,
        ...refs.gaps,
      ]),
    ],
    options,
  };
}

/** Filters select by where secrets came from, and a state must not take for known what they left out. */
function refuseMix(request: HistoryRequest): void {
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

async function newsOf(request: HistoryRequest, path: string, repository: Repository, refs: Refs, prepared: Prepared) {
  const { incremental, rulesHash } = await import("./incremental.ts");
  const rules = rulesHash(prepared, request, request.version ?? "");
  return incremental(path, repository, refs, prepared.options, rules);
}

const namesOf = ({ refs }: Refs): readonly string[] => [...new Set(refs.map(({ name }) => name))];

const notScanned = (path: string): Gap => ({
  what: `submodule ${path}`,
  why: `a repository of its own: leakreach history ${path} looks through it, once it is checked out`,
});

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
