import { fetchMissing } from "../git/fetch-missing.ts";
import { withLookup } from "../git/lookup.ts";
import type { ObjectId } from "../git/object-id.ts";
import { findRepository, type Repository } from "../git/repository.ts";
import { ScanError } from "../model/index.ts";
import { commitsOf } from "../setup/base-files.ts";
import type { CommitId } from "./event.ts";
import type { Remote } from "./remote.ts";

/** Commits of a range, of which a checkout may lack some. */
export interface Wanted {
  readonly base: CommitId;
  readonly head: CommitId;
  /** How many there are, where that is known. */
  readonly commits?: number | undefined;
}

/** A depth that is the whole history, as of `git fetch --unshallow`. */
const WHOLE = 2_147_483_647;
const FIRST = 20;
const LARGEST = 5_000;
const OFF = "fetching is switched off";

/**
 * Fetches what a shallow checkout lacks of a range: both ends with the commits between them and where they parted, so deep
 * and no deeper than is found to be needed. Gives what went wrong, or nothing. `remote` is missing where none may be asked.
 */
export async function bringRange(
  workspace: string,
  wanted: Wanted,
  remote: Remote | undefined,
): Promise<string | undefined> {
  for (const depth of depths(wanted.commits)) {
    const repository = repositoryAt(workspace);
    if (hasRange(repository, wanted)) return undefined;
    if (!remote) return OFF;
    const isShallow = repository.shallow.length > 0;
    const why = await remote.bring([wanted.base, wanted.head], isShallow ? depth : undefined);
    if (why !== undefined) return why;
    if (!isShallow) break;
  }
  return hasRange(repositoryAt(workspace), wanted) ? undefined : "the remote did not send all of its history";
}

/** The commits themselves and the one before each are enough of most requests; where the base went on, more is needed. */
function* depths(commits: number | undefined): Generator<number> {
  for (let depth = Math.max(FIRST, (commits ?? 0) + 2); depth < LARGEST; depth *= 4) yield depth;
  yield WHOLE;
}

/** Fetches one commit if it is not there: its files, not its history. */
export async function bringCommit(
  workspace: string,
  id: CommitId,
  remote: Remote | undefined,
): Promise<string | undefined> {
  const repository = repositoryAt(workspace);
  if (has(repository, id)) return undefined;
  if (!remote) return OFF;
  return remote.bring([id], repository.shallow.length > 0 ? 1 : undefined);
}

/** Fetches what came before the commits of a shallow checkout. Gives what went wrong, or nothing. */
export async function bringHistory(
  workspace: string,
  head: CommitId,
  remote: Remote | undefined,
): Promise<string | undefined> {
  if (repositoryAt(workspace).shallow.length === 0) return undefined;
  if (!remote) return OFF;
  const why = await remote.bring([head], WHOLE);
  if (why !== undefined) return why;
  return repositoryAt(workspace).shallow.length === 0 ? undefined : "the remote did not send all of its history";
}

/**
 * Fetches the files of a range that a partial checkout (`filter` or `sparse-checkout` of actions/checkout) left with the remote, by
 * their ids. Gives what went wrong, or nothing.
 */
export async function bringFiles(
  workspace: string,
  revisions: readonly string[],
  remote: Remote | undefined,
): Promise<string | undefined> {
  const repository = repositoryAt(workspace);
  if (!repository.partial) return undefined;
  const asked = remote ? repository : { ...repository, promisors: [] };
  const { left, why } = await fetchMissing(asked, new AbortController().signal, () => {}, revisions);
  if (left === 0) return undefined;
  return remote ? why : OFF;
}

/** Whether a commit is there. */
export function has(repository: Repository, id: CommitId): boolean {
  return withLookup(repository, (lookup) => lookup.has(id as string as ObjectId));
}

/**
 * Whether all commits of a range are there, and where they left the base. A walk that comes to the very first commit of a
 * shallow clone missed the base: that was cut off before it could be met.
 */
function hasRange(repository: Repository, wanted: Wanted): boolean {
  if (!has(repository, wanted.base) || !has(repository, wanted.head)) return false;
  if (repository.shallow.length === 0) return true;
  return !commitsOf(repository, wanted).some(({ isCut, parents }) => isCut || parents.length === 0);
}

/** The repository of the workspace, read anew: a fetch changes where it ends. */
export function repositoryAt(workspace: string): Repository {
  const repository = findRepository(workspace);
  if (repository) return repository;
  throw new ScanError("path-missing", "there is no checkout in the workspace: put actions/checkout before this step");
}
