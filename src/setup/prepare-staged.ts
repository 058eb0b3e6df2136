import { join, resolve } from "node:path";
import { parseCommit } from "../git/commit.ts";
import { type Index, readIndex } from "../git/index-file.ts";
import type { Lookup } from "../git/lookup.ts";
import { Gaps } from "../git/malformed.ts";
import type { ObjectId } from "../git/object-id.ts";
import { pseudoRefIds, refId } from "../git/ref-lookup.ts";
import type { Repository } from "../git/repository.ts";
import { ScanError } from "../model/index.ts";
import { stagedSource } from "../sources/staged.ts";
import type { Prepared } from "./prepare.ts";
import { type ChangesRequest, openRequested, prepareCommon, withSource } from "./prepare-changes.ts";

/** What a caller asks of what is staged. */
export interface StagedRequest extends ChangesRequest {
  /** Report everything in files that changed, not only what is new in them. */
  readonly wholeFiles?: boolean;
}

const EMPTY: Index = { entries: [], isWhole: true, trees: new Map() };

/** Makes a source of what git's index has and the last commit has not; in a merge, what neither side has. */
export async function prepareStaged(request: StagedRequest, signal: AbortSignal): Promise<Prepared> {
  const opened = openRequested(request.repository);
  const { repository, lookup } = opened;
  const gaps = new Gaps();
  gaps.addAll(repository.gaps);
  const file = indexFile(request.repository, repository);
  const index = gaps.try(file, () => readIndex(file, repository.hash, repository.gitDir) ?? EMPTY);
  if (repository.bare && index?.entries.length === 0)
    throw new ScanError(
      "usage",
      `${opened.path} is a bare repository, in which nothing is staged: leakreach range or leakreach history reads its commits`,
    );
  const heads = gaps.try("HEAD", () => headTrees(repository, lookup, gaps)) ?? [];
  const { prepared, wanted } = await prepareCommon(request, opened, signal);
  const { wholeFiles = false } = request;
  return withSource(prepared, stagedSource({ index, lookup, heads, wanted, wholeFiles, gaps: gaps.all() }));
}

/** `git commit -a` and `git commit FILE` hand their hooks an index of their own. */
function indexFile(named: string | undefined, { gitDir }: Repository): string {
  const given = named === undefined ? process.env.GIT_INDEX_FILE : undefined;
  return given ? resolve(given) : join(gitDir, "index");
}

/** The trees of what is committed on: none before the first commit, more than one in a merge. What cannot be read makes everything seem new. */
function headTrees(repository: Repository, lookup: Lookup, gaps: Gaps): ObjectId[] {
  const head = refId(repository, "HEAD");
  const others = gaps.try("MERGE_HEAD", () => pseudoRefIds(repository, "MERGE_HEAD")) ?? [];
  return [...(head ? [head] : []), ...others].flatMap((id) => {
    const commit = gaps.try(`commit ${id}`, () => parseCommit(lookup.read(id).content, lookup.hash));
    return commit?.tree ?? [];
  });
}
