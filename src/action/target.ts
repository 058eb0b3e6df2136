import { Lookup } from "../git/lookup.ts";
import { findRef } from "../git/ref-lookup.ts";
import { type Gap, type Match, ScanError } from "../model/index.ts";
import { commitsOf, isSame } from "../setup/base-files.ts";
import type { Trusted } from "../setup/base-settings.ts";
import { type Prepared, prepare } from "../setup/prepare.ts";
import { prepareHistory } from "../setup/prepare-history.ts";
import { prepareLogs } from "../setup/prepare-logs.ts";
import { prepareRange } from "../setup/prepare-range.ts";
import { bringFiles, bringHistory, bringRange, has, repositoryAt } from "./bring.ts";
import type { CommitId, Event } from "./event.ts";
import type { Inputs } from "./inputs.ts";
import type { Remote } from "./remote.ts";

/** What is looked at, and how it is made ready. */
export interface Target {
  /** In words, for a heading. */
  readonly what: string;
  /** The commit whose files a reader has before them. */
  readonly end?: CommitId;
  readonly notices: readonly string[];
  readonly gaps: readonly Gap[];
  readonly prepare: (signal: AbortSignal) => Promise<Prepared>;
  /** Says whether a comment in the text may allow a finding; every one may when left out. */
  readonly trusts?: (place: Match) => boolean;
}

/** Everything that decides what is looked at. */
export interface Situation {
  readonly workspace: string;
  readonly inputs: Inputs;
  readonly event: Event;
  readonly trusted: Trusted;
  readonly remote: Remote | undefined;
  readonly env: NodeJS.ProcessEnv;
}

const AUTO = { request: "range", push: "range", run: "logs", other: "history" } as const;

/** Finds out what is to be looked at, and fetches what of it is not there. */
export async function targetOf(situation: Situation): Promise<Target> {
  const { inputs, event } = situation;
  const scan = inputs.scan === "auto" ? AUTO[event.kind] : inputs.scan;
  if (inputs.paths.length > 0 && scan !== "tree" && scan !== "logs")
    throw new ScanError("usage", `the input paths is for \`scan: tree\` and \`scan: logs\`; this is \`scan: ${scan}\``);
  if (scan === "tree") return tree(situation, "the files of the checkout", []);
  if (scan === "history") return history(situation);
  if (scan === "logs") return logs(situation);
  if (event.kind === "request") return range(situation, event, `what this request adds`);
  if (event.kind === "push") return push(situation, event);
  throw new ScanError(
    "usage",
    "`scan: range` needs a pull request, a merge group or a push; here, use history or tree",
  );
}

const request = ({ trusted, workspace }: Situation) => {
  const { settingsRoot, config, baseline, policy } = trusted;
  const files = { ...(config && { config }), ...(baseline && { baseline }), ...(policy && { policy }) };
  return { ...(settingsRoot !== undefined && { settingsRoot }), ...files, repository: workspace, lineHashes: true };
};

interface Limits {
  readonly base: CommitId;
  readonly head: CommitId;
  readonly commits?: number;
}

async function range(situation: Situation, limits: Limits, what: string): Promise<Target> {
  const { workspace, remote } = situation;
  const { base, head } = limits;
  const why = await bringRange(workspace, limits, remote);
  const repository = repositoryAt(workspace);
  const commits = why === undefined ? [] : [missing(limits, why)];
  if (!has(repository, head))
    return tree(situation, "the files of the checkout, since the commits are missing", commits);
  const isBased = has(repository, base);
  const from = isBased ? base : "0".repeat(base.length);
  const gaps = [...commits, ...(await files(situation, isBased ? [head, `^${base}`] : [head]))];
  return {
    what,
    end: head,
    notices: [],
    gaps,
    prepare: (signal) => prepareRange({ ...request(situation), range: `${from}..${head}`, mergeBase: true }, signal),
    // What a request adds is new with its comment: whoever wants it allowed merges the permission first.
    ...(situation.event.kind === "request" && { trusts: () => false }),
  };
}

function missing({ base, head }: Limits, why: string): Gap {
  return {
    what: `commits of ${base.slice(0, 12)}..${head.slice(0, 12)}`,
    why: `the checkout does not have all of them, and they could not be fetched (${why}): add \`fetch-depth: 0\` to \`with:\` of actions/checkout`,
  };
}

/** Fetches files that the checkout left with the remote, and says so where that failed. */
async function files({ workspace, remote }: Situation, revisions: readonly string[]): Promise<readonly Gap[]> {
  const why = await bringFiles(workspace, revisions, remote);
  if (why === undefined) return [];
  const what = "files that the checkout left with the remote";
  return [
    { what, why: `they could not be fetched (${why}): take \`filter\` and \`sparse-checkout\` off actions/checkout` },
  ];
}

/** A name that git would take for a branch and for nothing else (git-check-ref-format(1)). */
const BRANCH = /^(?!.*(?:\.\.|\/\/|@\{|[\0-\x20\x7f~^:?*[\\]))[^/-].*$/;

async function push(situation: Situation, event: Extract<Event, { kind: "push" }>): Promise<Target> {
  const { before, after, ref, defaultBranch } = event;
  const name = ref.replace(/^refs\/(?:heads|tags)\//, "");
  if (!after) return nothing(situation, `${name} was deleted: nothing to look at`);
  if (before && (await bringRange(situation.workspace, { base: before, head: after }, situation.remote)) === undefined)
    return range(situation, { base: before, head: after }, `what the push to ${name} brought`);
  const isDefault = ref === `refs/heads/${defaultBranch}`;
  const base =
    defaultBranch && !isDefault && BRANCH.test(defaultBranch) ? await tipOf(situation, defaultBranch) : undefined;
  if (base) return range(situation, { base, head: after }, `what ${name} has and ${defaultBranch} has not`);
  if (before) return range(situation, { base: before, head: after }, `what the push to ${name} brought`);
  return history(situation, `${name} is new, and no other branch is known: all of its history is looked at`);
}

/** Where the default branch is: as the checkout knows it, or as the remote says. */
async function tipOf({ workspace, remote }: Situation, branch: string): Promise<CommitId | undefined> {
  const known = findRef(repositoryAt(workspace), `refs/remotes/origin/${branch}`)?.id;
  return known === undefined ? remote?.tip(branch) : (known as string as CommitId);
}

async function history(situation: Situation, notice?: string): Promise<Target> {
  const { workspace, remote, event } = situation;
  const head = headOf(workspace);
  const why = head && (await bringHistory(workspace, head, remote));
  const short: Gap[] = why
    ? [
        {
          what: "what came before the checkout",
          why: `it could not be fetched (${why}): add \`fetch-depth: 0\` to \`with:\` of actions/checkout`,
        },
      ]
    : [];
  const fetchMissing = remote !== undefined && repositoryAt(workspace).partial;
  const gaps = [...short, ...(fetchMissing ? [] : await files(situation, ["--all", "--reflog"]))];
  const added =
    event.kind === "request"
      ? new Set<string>(commitsOf(repositoryAt(workspace), event).map(({ id }) => id))
      : undefined;
  const isOld = ({ provenance }: Match) =>
    provenance.kind === "history" && provenance.commit !== undefined && !added?.has(provenance.commit);
  return {
    what: "the history of the repository",
    ...(head && { end: head }),
    notices: notice === undefined ? [] : [notice],
    gaps,
    prepare: (signal) => prepareHistory({ ...request(situation), fetchMissing }, signal),
    ...(added && { trusts: isOld }),
  };
}

function tree(situation: Situation, what: string, gaps: readonly Gap[]): Target {
  const { workspace, inputs, event } = situation;
  const head = headOf(workspace);
  const lookup = new Lookup(repositoryAt(workspace));
  const isOld = ({ provenance: { path } }: Match) =>
    event.kind === "request" && head !== undefined && isSame(lookup, event.base, head, path);
  return {
    what,
    notices: [],
    gaps,
    prepare: (signal) =>
      prepare({ ...request(situation), paths: inputs.paths.length > 0 ? inputs.paths : ["."] }, signal),
    ...(event.kind === "request" && { trusts: isOld }),
  };
}

/** Logs that are files already, by `paths`; else those of the run that ended, fetched. */
function logs(situation: Situation): Target {
  const { inputs, event, env } = situation;
  if (inputs.paths.length > 0)
    return {
      ...tree(situation, "logs", []),
      prepare: (signal) => prepareLogs({ ...request(situation), paths: inputs.paths }, signal),
    };
  if (event.kind !== "run") throw new ScanError("usage", "`scan: logs` needs `paths`, or the event workflow_run");
  const what = `the logs of run ${event.id}`;
  if (!inputs.fetch) {
    const why =
      "logs are not fetched with `fetch: false`: download them in a step before this one, and name the folder in `paths`";
    return { ...nothing(situation, "no log was looked at"), what, gaps: [{ what, why }] };
  }
  const wanted = { provider: "github" as const, projects: [env.GITHUB_REPOSITORY ?? ""], run: `${event.id}` };
  const { GITHUB_API_URL, GITHUB_TOKEN } = env;
  return {
    what,
    notices: [],
    gaps: [],
    prepare: async (signal) => {
      const { prepareFetchedLogs } = await import("../setup/prepare-fetched-logs.ts");
      const asked = { GITHUB_API_URL, GITHUB_TOKEN: inputs.githubToken ?? GITHUB_TOKEN };
      return prepareFetchedLogs({ ...request(situation), ...wanted, public: event.isPublic, env: asked }, signal);
    },
  };
}

/** A scan of nothing: of a branch that was deleted. */
function nothing(situation: Situation, notice: string): Target {
  const zeros = "0".repeat(40);
  return {
    what: "nothing",
    notices: [notice],
    gaps: [],
    prepare: async (signal) => ({
      ...(await prepareRange({ ...request(situation), range: `${zeros}..${zeros}` }, signal)),
      sources: [],
    }),
  };
}

function headOf(workspace: string): CommitId | undefined {
  return findRef(repositoryAt(workspace), "HEAD")?.id as string | undefined as CommitId | undefined;
}
