import { ScanError } from "../model/index.ts";
import { asObjectId, type ObjectId } from "./object-id.ts";
import type { Repository } from "./repository.ts";
import { git, gitRecords, type Manner } from "./run.ts";
import { usersOwn } from "./user-settings.ts";

/** What became of the objects that a partial clone lacked. */
export interface Fetched {
  readonly fetched: number;
  /** How many are still missing, and why. */
  readonly left: number;
  readonly why?: string;
}

/** As many objects are asked for at once; each answer is a pack. */
const BATCH = 50_000;
/** More are not asked for. */
const MOST = 10_000_000;
/** What was fetched may name more that is missing: trees of trees. */
const ROUNDS = 32;

/** What git needs no help for; everything else would be a program of that name (gitremote-helpers(7)). */
const PROTOCOLS = "file:git:http:https:ssh";

/** What refs and reflogs lead to, as `git rev-list` is told. */
const ALL: readonly string[] = ["--all", "--reflog"];

/**
 * Asks the remotes that promised them (partial-clone in git's documentation) for the objects that revisions lead to and that are not
 * here, by their ids. Opens connections, and writes packs into the repository; changes no ref. `tell` is told of each question before it is asked.
 */
export async function fetchMissing(
  { gitDir, hash, promisors }: Repository,
  signal: AbortSignal,
  tell: (text: string) => void,
  revisions = ALL,
): Promise<Fetched> {
  const known = promisors.filter((name) => /^[\w][\w./-]*$/.test(name));
  const manner = await safely(gitDir, signal);
  let missing = await missingIn(gitDir, hash, revisions, signal);
  const first = missing.size;
  let fetched = 0;
  let why = known.length > 0 ? "the remote did not have them" : "no remote promised them";
  for (let round = 0; round < ROUNDS && missing.size > 0; round++) {
    const before = missing;
    for (const remote of known) {
      const failed = await asked(gitDir, remote, [...missing], manner, signal, tell);
      if (failed !== undefined) why = failed;
      missing = await missingIn(gitDir, hash, revisions, signal);
      if (missing.size === 0) break;
    }
    const came = [...before].filter((id) => !missing.has(id)).length;
    fetched += came;
    if (came === 0) break;
  }
  if (first === 0 || missing.size === 0) return { fetched, left: 0 };
  return { fetched, left: missing.size, why };
}

/** Fetches objects as git does when it needs one; gives why that failed. */
async function asked(
  gitDir: string,
  remote: string,
  ids: readonly ObjectId[],
  manner: Manner,
  signal: AbortSignal,
  tell: (text: string) => void,
): Promise<string | undefined> {
  const flags = ["--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules", "--filter=blob:none"];
  for (let from = 0; from < ids.length; from += BATCH) {
    const some = ids.slice(from, from + BATCH);
    tell(`asking the remote ${remote} for ${some.length} objects that are not here`);
    try {
      const args = ["fetch", ...flags, "--upload-pack=git-upload-pack", "--stdin", remote];
      for await (const _ of git(gitDir, args, signal, { ...manner, input: `${some.join("\n")}\n` }));
    } catch (error) {
      if (signal.aborted || !(error instanceof ScanError)) throw error;
      return error.message.replace(/\/\/[^@/\s]*@/g, "//");
    }
  }
  return undefined;
}

/** The objects that revisions lead to and that are not here. */
async function missingIn(
  gitDir: string,
  hash: Repository["hash"],
  revisions: readonly string[],
  signal: AbortSignal,
): Promise<Set<ObjectId>> {
  const missing = new Set<ObjectId>();
  const args = ["rev-list", "--objects", "--no-object-names", "--missing=print", ...revisions];
  for await (const line of gitRecords(gitDir, args, signal, "\n")) {
    const id = line[0] === QUESTION ? asObjectId(line.toString("latin1", 1), hash) : undefined;
    if (id && missing.size < MOST) missing.add(id);
  }
  return missing;
}

const QUESTION = 0x3f;

/**
 * Settings and environment with which git asks a remote and runs nothing that the repository's own settings name: no transport helper, ssh,
 * proxy, askpass, credential helper, hook or upload-pack of theirs. What the user's own settings name stays.
 */
async function safely(gitDir: string, signal: AbortSignal): Promise<Manner> {
  const { ssh, credentials } = await usersOwn(gitDir, signal);
  const { GIT_SSH_COMMAND, GIT_SSH, GIT_ASKPASS } = process.env;
  return {
    settings: [
      "fetch.negotiationAlgorithm=noop",
      "protocol.version=2",
      "gc.auto=0",
      "maintenance.auto=false",
      "fetch.recurseSubmodules=false",
      "fetch.writeCommitGraph=false",
      "core.alternateRefsCommand=true",
      ...credentials,
    ],
    env: {
      GIT_ALLOW_PROTOCOL: PROTOCOLS,
      GIT_SSH_COMMAND: GIT_SSH_COMMAND ?? ssh ?? (GIT_SSH ? `'${GIT_SSH.replaceAll("'", "'\\''")}'` : "ssh"),
      GIT_PROXY_COMMAND: "",
      GIT_ASKPASS: GIT_ASKPASS ?? "",
    },
  };
}
