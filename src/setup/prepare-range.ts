import { Malformed, whyUnread } from "../git/malformed.ts";
import { COMMIT, type ObjectId } from "../git/object-id.ts";
import { peeled } from "../git/peel.ts";
import { readRefs } from "../git/refs.ts";
import { type Revision, revision } from "../git/revision.ts";
import { git } from "../git/run.ts";
import { ScanError } from "../model/index.ts";
import type { Places } from "../scan/options.ts";
import { type Range, rangeSource } from "../sources/range.ts";
import type { Prepared } from "./prepare.ts";
import { type ChangesRequest, type Opened, openRequested, prepareCommon, withSource } from "./prepare-changes.ts";

/** What a caller asks of a range of commits. */
export interface RangeRequest extends ChangesRequest {
  /** `BASE..HEAD` or `BASE...HEAD`; an id of zeros as BASE says that the branch is new, as HEAD that it was deleted. */
  readonly range: string;
  /** Do not say that BASE does not lead to HEAD: only what HEAD has since they parted is wanted, as with `...`. */
  readonly mergeBase?: boolean;
}

/** What a range is made of, once its names are known. */
export type Limits = Pick<Range, "tips" | "hidden" | "base" | "notices" | "gaps">;

const NOTHING: Limits = { tips: [], hidden: [], notices: [], gaps: [] };

/** Makes a source of what each commit of a range adds; runs no git but to resolve names that only git understands. */
export async function prepareRange(request: RangeRequest, signal: AbortSignal): Promise<Prepared> {
  const opened = openRequested(request.repository);
  const [base, dots, head] = parsed(request.range);
  const limits = await limitsOf(opened, base, head, dots === "..." || request.mergeBase === true, signal);
  return prepareLimits(request, opened, limits, request.range, head, signal);
}

/** Makes the source of a range whose limits are known. */
export async function prepareLimits(
  request: ChangesRequest,
  opened: Opened,
  limits: Limits,
  name: string,
  end: string,
  signal: AbortSignal,
): Promise<Prepared> {
  const { prepared, wanted } = await prepareCommon(request, opened, signal);
  const { repository, lookup } = opened;
  const gaps = [...repository.gaps, ...limits.gaps];
  const source = rangeSource({ ...limits, name, lookup, shallow: repository.shallow, wanted, gaps });
  const { scanner, now } = prepared.options;
  const places: Places = {
    hear: () => {},
    locate: async ({ matches }) => {
      if (matches.length === 0) return { matches, gaps: [] };
      const { locateRange } = await import("../scan/locate-range.ts");
      const { sets, ends } = source;
      return locateRange(matches, { stored: scanner.stored!, scanner, sets, ends, end, now });
    },
  };
  return { ...withSource(prepared, source), options: { ...prepared.options, places } };
}

function parsed(range: string): [base: string, dots: string, head: string] {
  const found = /^(.*?)(\.{2,3})(?!\.)(.*)$/s.exec(range);
  if (!found || range.length < 3)
    throw new ScanError("usage", `${range} is no range: write BASE..HEAD, such as origin/main..HEAD or HEAD~5..HEAD`);
  return [found[1] || "HEAD", found[2]!, found[3] || "HEAD"];
}

/** Whether an id says that there is nothing: git writes zeros for a branch that is new, or was deleted. */
export const isZero = (id: string): boolean => /^0{7,64}$/.test(id);

async function limitsOf(
  opened: Opened,
  base: string,
  head: string,
  fromMergeBase: boolean,
  signal: AbortSignal,
): Promise<Limits> {
  if (isZero(head)) return { ...NOTHING, notices: [`${head} is the id of a deleted branch: nothing to look at`] };
  const end = await resolved(opened, head, signal);
  if (!opened.lookup.has(end.id)) throw unknown(opened, head);
  const tips = [end.id];
  if (isZero(base)) return { ...NOTHING, tips, ...newBranch(opened, end) };
  const start = await resolved(opened, base, signal);
  if (!opened.lookup.has(start.id)) {
    if (opened.repository.shallow.length === 0) throw unknown(opened, base);
    const gap = {
      what: `the base ${base}`,
      why: `this shallow clone does not have it, so everything that the clone has was looked at: git fetch --unshallow, or git fetch --depth=100 origin ${base}, brings it`,
    };
    return { ...NOTHING, tips, gaps: [gap] };
  }
  const known = commitOf(opened, start.id, base);
  if (known === commitOf(opened, end.id, head, true))
    return { ...NOTHING, tips, hidden: [known], notices: [`${spoken(base)} and ${spoken(head)} are the same commit`] };
  return { ...NOTHING, tips, hidden: [known], base: fromMergeBase ? undefined : known };
}

function commitOf({ lookup }: Opened, id: ObjectId, name: string, mayBeOther = false): ObjectId {
  try {
    const { id: end, kind } = peeled(lookup, id);
    if (kind === COMMIT || mayBeOther) return end;
  } catch (error) {
    if (mayBeOther) return id;
    throw new ScanError("usage", `${name} cannot be read: ${whyUnread(error)}`);
  }
  throw new ScanError("usage", `${name} is no commit: give a branch, a tag of a commit or a commit's id`);
}

async function resolved({ repository, lookup }: Opened, name: string, signal: AbortSignal): Promise<Revision> {
  try {
    const found = revision(repository, lookup, name);
    if (found) return found;
  } catch (error) {
    if (error instanceof Malformed) throw new ScanError("usage", `${name}: ${error.message}`);
    throw error;
  }
  const id = /[@:^~{]/.test(name) ? await asked(repository.gitDir, name, signal) : undefined;
  if (id) return { id };
  throw unknown({ repository }, name);
}

/** What only git knows how to read, such as `@{upstream}`. */
async function asked(gitDir: string, name: string, signal: AbortSignal): Promise<ObjectId | undefined> {
  try {
    let text = "";
    for await (const piece of git(gitDir, ["rev-parse", "--verify", "--quiet", "--end-of-options", name], signal))
      text += piece.toString("latin1");
    return /^[0-9a-f]{40,64}$/.test(text.trim()) ? (text.trim() as ObjectId) : undefined;
  } catch (error) {
    if (error instanceof ScanError) return undefined;
    throw error;
  }
}

function unknown({ repository }: Pick<Opened, "repository">, name: string): ScanError {
  const [remote, ...branch] = name.replace(/[~^].*$/, "").split("/");
  const only = isId(name) ? "with its whole id" : name.replace(/[~^].*$/, "");
  const fetch = branch.length > 0 ? `git fetch ${remote} ${branch.join("/")}` : `git fetch origin ${only}`;
  const shallow = repository.shallow.length > 0 ? " (this is a shallow clone: git fetch --unshallow)" : "";
  return new ScanError(
    "usage",
    `there is no commit ${spoken(name)} in this repository: ${fetch} may bring it${shallow}`,
  );
}

const isId = (name: string): boolean => /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(name);

/** A name as messages have it: a whole id would be taken out of them as something that may be a token. */
const spoken = (name: string): string => (isId(name) ? name.slice(0, 12) : name);

/**
 * Without a base, what the remote's branches lead to is not new; where no remote's branch is known, other branches count. The
 * new branch itself, and whatever is at its very commit, is no witness.
 */
function newBranch({ repository }: Opened, { id, ref }: Revision): Pick<Limits, "hidden" | "notices" | "gaps"> {
  const { refs, gaps } = readRefs(repository);
  const own = ref?.replace(/^refs\/(?:heads|remotes\/[^/]+)\//, "");
  const others = refs.filter(
    (each) =>
      each.id !== undefined && each.id !== id && each.name.replace(/^refs\/(?:heads|remotes\/[^/]+)\//, "") !== own,
  );
  const named = (prefix: string) => others.flatMap((each) => (each.name.startsWith(prefix) ? each.id! : []));
  const remote = named("refs/remotes/");
  const hidden = remote.length > 0 ? remote : named("refs/heads/");
  const known = remote.length > 0 ? "a remote's branches have" : "other branches have";
  return {
    hidden,
    gaps,
    notices: [
      `no base was given (a new branch): what ${known} is not looked at${hidden.length === 0 ? ", and there are none" : ""}`,
    ],
  };
}
