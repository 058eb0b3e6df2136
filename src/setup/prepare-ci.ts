import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { withLookup } from "../git/lookup.ts";
import { Malformed } from "../git/malformed.ts";
import type { ObjectId } from "../git/object-id.ts";
import { findRef } from "../git/ref-lookup.ts";
import { findRepository, type Repository } from "../git/repository.ts";
import { revision } from "../git/revision.ts";
import { topLevel } from "../git/work-tree.ts";
import { ScanError } from "../model/index.ts";
import type { Source } from "../sources/unit.ts";
import { changesOf, type NamedFiles, settingsOf, type Trusted } from "./base-settings.ts";
import { CI_SYSTEMS, type CiRun, ciRun, type Environment } from "./ci-systems.ts";
import type { Prepared } from "./prepare.ts";
import type { ChangesRequest } from "./prepare-changes.ts";
import { prepareRange } from "./prepare-range.ts";

/** Makes a source of what the run of a CI system tests, as its environment says. Fetches nothing. */
export async function prepareCi(
  request: ChangesRequest,
  environment: Environment,
  signal: AbortSignal,
): Promise<Prepared> {
  const run = ciRun(environment);
  if (!run)
    throw new ScanError(
      "usage",
      `no CI system is recognised (${CI_SYSTEMS.join(", ")}): name the commits, as in leakreach range origin/main..HEAD`,
    );
  const { config, baseline, policy, repository: path = ".", ...rest } = request;
  const named = { ...(config && { config }), ...(baseline && { baseline }), ...(policy && { policy }) };
  const repository = findRepository(path);
  if (!repository) throw new ScanError("path-missing", `${path} is no git repository: name one with --repository`);
  const limits = limitsOf(repository, run);
  const folder = mkdtempSync(join(tmpdir(), "leakreach-"));
  try {
    const trusted = trustedOf(repository, path, limits, named, folder);
    const { paths: _, notices, gaps, ...files } = trusted;
    const range = `${limits.base}..${run.head}`;
    const prepared = await prepareRange({ ...rest, ...files, repository: path, range, mergeBase: true }, signal);
    const said: Source = {
      name: run.system,
      units: async function* () {
        for (const text of [limits.notice, ...notices]) yield { type: "notice", text };
        for (const gap of gaps) yield { type: "gap", gap };
      },
    };
    // What a branch adds is new with its comment: whoever wants it allowed merges the permission first.
    const options = limits.settings === undefined ? prepared.options : { ...prepared.options, trusts: () => false };
    return { ...prepared, options, sources: [said, ...prepared.sources] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What is looked at, and which commit says what counts; the checkout does where none is named. */
interface Limits {
  readonly base: string;
  readonly head: string | undefined;
  readonly settings: string | undefined;
  /** Whether it is the default branch that is looked at. */
  readonly isDefault: boolean;
  readonly notice: string;
}

/** A branch must not switch off what looks at it, so what counts is said by the commit that it is to be merged into. */
function trustedOf(repository: Repository, path: string, limits: Limits, named: NamedFiles, folder: string): Trusted {
  const { settings, head } = limits;
  if (settings === undefined) return { ...named, paths: [], notices: limits.isDefault ? [] : [UNKNOWN], gaps: [] };
  const advice = "have the whole history checked out (fetch-depth: 0, GIT_DEPTH: 0)";
  const absolute = Object.fromEntries(Object.entries(named).map(([name, file]) => [name, resolve(file)]));
  const top = topLevel(realpathSync(path)) ?? repository.gitDir;
  const trusted = settingsOf(repository, settings, {
    top,
    named: absolute,
    folder,
    spoken: (name) => `--${name}`,
    advice,
  });
  const changes =
    head === undefined || trusted.paths.length === 0 ? [] : changesOf(repository, { base: settings, head }, trusted);
  return { ...trusted, notices: [...trusted.notices, ...changes] };
}

const ID = /^(?!0+$)(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
const NOTHING = "0".repeat(40);
const UNKNOWN =
  "which branch is the default one is not known here, so settings and comments are those of the checkout: git remote set-head origin --auto makes it known";

/**
 * The first base that is one; else the default branch; where the run is on that, the commit before. Of a request its base says what
 * counts, of another branch the default branch: its own commit before may have been made by the same hand.
 */
function limitsOf(repository: Repository, { system, bases, head: name, isRequest, defaultBranch }: CiRun): Limits {
  const head = ID.test(name) ? name : findRef(repository, name)?.id;
  const branch = (each: string): string | undefined =>
    findRef(repository, `refs/remotes/origin/${each}`)?.id ?? findRef(repository, `refs/heads/${each}`)?.id;
  const tip = (defaultBranch ? branch(defaultBranch) : undefined) ?? branch("HEAD");
  const other = tip === head ? undefined : tip;
  const limits = (base: string, since: string, settings = other): Limits => ({
    base,
    head,
    settings: isRequest ? base : settings,
    isDefault: tip !== undefined && tip === head,
    notice: `${system}${since}`,
  });
  for (const { id, branch: each } of bases) {
    if (id && ID.test(id) && mayCount(repository, id)) return limits(id, `: since ${id.slice(0, 12)}`);
    const end = each ? branch(each) : undefined;
    if (end && end !== head) return limits(end, `: since ${each}`);
  }
  if (other) return limits(other, ": since the default branch", other);
  // Of a forced push to the default branch nobody knows any more what it brought: that is refused by the name of what is gone.
  const gone = bases.find(({ id }) => id && ID.test(id))?.id;
  if (gone) return limits(gone, `: since ${gone.slice(0, 12)}`);
  if (tip)
    return limits(parentOf(repository, name), " does not say what was there before: only the last commit is looked at");
  return limits(NOTHING, ": what no other branch has");
}

/** A forced push may leave nothing of what was there before; what a shallow clone lacks is a gap, and no other base is taken. */
function mayCount(repository: Repository, id: string): boolean {
  return repository.shallow.length > 0 || withLookup(repository, (lookup) => lookup.has(id as ObjectId));
}

/** The first parent of a commit; zeros where it has none. */
function parentOf(repository: Repository, head: string): string {
  try {
    return withLookup(repository, (lookup) => revision(repository, lookup, `${head}~1`)?.id) ?? NOTHING;
  } catch (error) {
    if (error instanceof Malformed) return NOTHING;
    throw error;
  }
}
