import { Lookup } from "../git/lookup.ts";
import { asObjectId, type HashKind, type ObjectId } from "../git/object-id.ts";
import { readRefs } from "../git/refs.ts";
import { findRepository } from "../git/repository.ts";
import { type Gap, grouped, ScanError } from "../model/index.ts";
import type { Prepared } from "./prepare.ts";
import { type ChangesRequest, type Opened, openRequested } from "./prepare-changes.ts";
import { isZero, type Limits, prepareLimits } from "./prepare-range.ts";

/** What a caller asks of a push. */
export interface PushRequest extends ChangesRequest {
  /** What git wrote to the hook: lines of `pre-receive` or of `pre-push` (githooks(5)). */
  readonly input: string;
  /** The remote that is pushed to, as git tells a `pre-push` hook in its first argument. */
  readonly remote?: string;
}

/** One ref of a push; ids are missing where there is none: a ref that is new, or deleted. */
export interface PushedRef {
  readonly form: "receive" | "push";
  /** The ref on the side that takes it. */
  readonly ref: string;
  readonly old?: ObjectId;
  readonly new?: ObjectId;
}

/** Makes a source of all commits that a push brings, each once, however many refs lead to it. */
export async function preparePush(request: PushRequest, signal: AbortSignal): Promise<Prepared> {
  const opened = openPushed(request.repository);
  const pushed = parsePushed(request.input, opened.repository.hash);
  return prepareLimits(request, opened, limitsOf(opened, pushed, request.remote), "the push", "the push", signal);
}

/** Before a push is accepted its objects are in quarantine (git-receive-pack(1)): that counts also for a repository that was named. */
function openPushed(named: string | undefined): Opened {
  const { GIT_QUARANTINE_PATH, GIT_OBJECT_DIRECTORY, GIT_ALTERNATE_OBJECT_DIRECTORIES } = process.env;
  if (named === undefined || !GIT_QUARANTINE_PATH) return openRequested(named);
  const repository = findRepository(named, { GIT_OBJECT_DIRECTORY, GIT_ALTERNATE_OBJECT_DIRECTORIES });
  return repository ? { path: named, repository, lookup: new Lookup(repository) } : openRequested(named);
}

const RECEIVED = /^([0-9a-f]+) ([0-9a-f]+) (\S.*)$/;
const PUSHED = /^(\S.*) ([0-9a-f]+) (\S+) ([0-9a-f]+)$/;

/** Reads what git writes to `pre-receive` (`OLD NEW REF`) or to `pre-push` (`LOCALREF LOCALID REMOTEREF REMOTEID`), told apart by their form. */
export function parsePushed(input: string, hash: HashKind): PushedRef[] {
  return input.split("\n").flatMap((line, at): PushedRef[] => {
    if (line === "" || line === "\r") return [];
    const found = pushedRef(line.replace(/\r$/, ""), hash);
    if (found) return [found];
    throw new ScanError(
      "usage",
      `line ${at + 1} of standard input is neither OLD NEW REF (pre-receive) nor LOCALREF LOCALID REMOTEREF REMOTEID (pre-push): have git's hook hand its own standard input on`,
    );
  });
}

function pushedRef(line: string, hash: HashKind): PushedRef | undefined {
  const received = RECEIVED.exec(line);
  if (received && isId(received[1]!, hash) && isId(received[2]!, hash))
    return refOf("receive", received[3]!, received[1]!, received[2]!, hash);
  const pushed = PUSHED.exec(line);
  if (pushed && isId(pushed[2]!, hash) && isId(pushed[4]!, hash))
    return refOf("push", pushed[3]!, pushed[4]!, pushed[2]!, hash);
  return undefined;
}

const isId = (text: string, hash: HashKind): boolean =>
  asObjectId(text, hash) !== undefined || (isZero(text) && text.length === (hash === "sha1" ? 40 : 64));

function refOf(form: PushedRef["form"], ref: string, before: string, after: string, hash: HashKind): PushedRef {
  const [old, now] = [asObjectId(before, hash), asObjectId(after, hash)];
  return { form, ref, ...(old && { old }), ...(now && { new: now }) };
}

function limitsOf(opened: Opened, pushed: readonly PushedRef[], remote: string | undefined): Limits {
  const tips = [...new Set(pushed.flatMap((ref) => ref.new ?? []))];
  const deleted = pushed.filter((ref) => ref.new === undefined).length;
  const gone = `${grouped(deleted)} ${deleted === 1 ? "ref is" : "refs are"} deleted: nothing to look at`;
  const notices = [...(pushed.length === 0 ? ["nothing is pushed"] : []), ...(deleted > 0 ? [gone] : [])];
  if (tips.length === 0) return { tips, hidden: [], notices, gaps: [] };
  const known = knownRefs(opened, pushed, remote);
  return {
    tips,
    hidden: [...new Set([...pushed.flatMap((ref) => ref.old ?? []), ...known.ids])],
    notices,
    gaps: known.gaps,
  };
}

/** What the side that takes the push has already: all of a server's refs; of a remote its branches as they were last seen. */
function knownRefs(
  { repository }: Opened,
  pushed: readonly PushedRef[],
  remote: string | undefined,
): { ids: ObjectId[]; gaps: readonly Gap[] } {
  const { refs, gaps } = readRefs(repository);
  const named = (prefix: string) => refs.filter(({ name }) => name.startsWith(prefix));
  const own = remote === undefined ? [] : named(`refs/remotes/${remote}/`);
  const isPush = pushed.some(({ form }) => form === "push");
  const seen = isPush ? (own.length > 0 ? own : named("refs/remotes/")) : named("refs/");
  // After the fact (post-receive) the refs are there already, and are no witnesses.
  const brought = new Set(pushed.map((ref) => `${ref.ref} ${ref.new}`));
  return { ids: seen.flatMap(({ name, id }) => (id && !brought.has(`${name} ${id}`) ? id : [])), gaps };
}
