import { ScanError } from "../model/index.ts";
import { preparePush } from "../setup/prepare-push.ts";
import type { CommandSpec } from "./flags.ts";
import { scanAndReport } from "./perform.ts";
import { JUDGEMENT_FLAGS, MACHINE_FLAGS, REPORT_FLAGS, type ReportFlags, TIME_FLAGS } from "./scan-options.ts";

interface PushFlags extends ReportFlags {
  readonly repository?: string;
  readonly remote?: string;
}

/** A push of a hundred thousand refs. */
const LARGEST_INPUT = 64 << 20;

/** `leakreach push-refs`. */
export const spec: CommandSpec<PushFlags> = {
  name: "leakreach push-refs",
  description: "Finds leaked tokens in the commits of a push. Reads what git writes to a pre-receive or pre-push hook.",
  flags: [
    {
      name: "--repository",
      value: "path",
      help: "a path in the repository (default: the one you are in, or GIT_DIR)",
    },
    {
      name: "--remote",
      value: "name",
      help: "of pre-push: what its branches have is not new (default: those of all remotes)",
    },
    ...JUDGEMENT_FLAGS,
    ...REPORT_FLAGS,
    ...TIME_FLAGS,
    ...MACHINE_FLAGS,
  ],
  after: `
Standard input has lines OLD NEW REF (pre-receive) or LOCALREF LOCALID REMOTEREF REMOTEID (pre-push), told apart by
their form. Each commit is looked at once, however many refs lead to it; what existing refs have is not new. On a
server the objects of a push are found in their quarantine, before the push is accepted.

Examples:
  exec leakreach push-refs --fail-on high                the whole of hooks/pre-receive, on a server
  leakreach push-refs --time-limit 20                    what was not looked at in 20 s is a gap: exit code 3
  exec leakreach push-refs --remote "$1"                 the whole of .git/hooks/pre-push

docs/hooks.md has a pre-receive hook for git, GitLab and Gitea; leakreach hook install --pre-push writes the other.`,
  run: async (_, flags) => {
    const input = await pushInput();
    return scanAndReport((lineHashes, signal) => preparePush({ ...flags, input, lineHashes }, signal), flags);
  },
};

/** What git writes to the standard input of a `pre-receive` or `pre-push` hook. */
export async function pushInput(): Promise<string> {
  if (process.stdin.isTTY)
    throw new ScanError(
      "usage",
      "push-refs reads what git writes to a hook; by hand, leakreach range BASE..HEAD is meant",
    );
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of process.stdin as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > LARGEST_INPUT)
      throw new ScanError("usage", `standard input has more than ${LARGEST_INPUT} bytes: that is no list of refs`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString("utf8");
}
