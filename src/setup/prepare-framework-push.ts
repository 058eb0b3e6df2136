import type { ObjectId } from "../git/object-id.ts";
import { revision } from "../git/revision.ts";
import { ScanError } from "../model/index.ts";
import type { Prepared } from "./prepare.ts";
import { type ChangesRequest, type Opened, openRequested } from "./prepare-changes.ts";
import { preparePush } from "./prepare-push.ts";

const { PRE_COMMIT_FROM_REF, PRE_COMMIT_TO_REF, PRE_COMMIT_LOCAL_BRANCH, PRE_COMMIT_REMOTE_BRANCH } = process.env;

/** The commits of a push that the pre-commit framework tells of: the first ref that brings any. */
export function prepareFrameworkPush(
  request: ChangesRequest & { readonly remote?: string },
  signal: AbortSignal,
): Promise<Prepared> {
  const opened = openRequested(request.repository);
  const local = PRE_COMMIT_LOCAL_BRANCH || "HEAD";
  const after = idOf(opened, PRE_COMMIT_TO_REF || local);
  const before = PRE_COMMIT_FROM_REF ? idOf(opened, PRE_COMMIT_FROM_REF) : "0".repeat(after.length);
  const input = `${local} ${after} ${PRE_COMMIT_REMOTE_BRANCH || local} ${before}\n`;
  return preparePush({ ...request, input }, signal);
}

function idOf({ repository, lookup }: Opened, name: string): ObjectId {
  const found = revision(repository, lookup, name);
  if (!found) throw new ScanError("usage", `there is no commit ${name} in this repository`);
  return found.id;
}
