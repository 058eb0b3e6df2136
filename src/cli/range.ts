import { prepareRange } from "../setup/prepare-range.ts";
import type { CommandSpec } from "./flags.ts";
import { scanAndReport } from "./perform.ts";
import { JUDGEMENT_FLAGS, MACHINE_FLAGS, REPORT_FLAGS, type ReportFlags } from "./scan-options.ts";

interface RangeFlags extends ReportFlags {
  readonly repository?: string;
  readonly mergeBase?: boolean;
}

/** `leakreach range BASE..HEAD`. */
export const spec: CommandSpec<RangeFlags> = {
  name: "leakreach range",
  description: "Finds leaked tokens in what each commit of a range adds, merges included. Sends and fetches nothing.",
  operands: { name: "<base..head>", help: "commits that HEAD leads to and BASE does not, as git log has them" },
  flags: [
    {
      name: "--repository",
      value: "path",
      help: "a path in the repository (default: the one you are in, or GIT_DIR)",
    },
    { name: "--merge-base", help: "the same as BASE...HEAD: it is expected that BASE went on since HEAD left it" },
    ...JUDGEMENT_FLAGS,
    ...REPORT_FLAGS,
    ...MACHINE_FLAGS,
  ],
  after: `
Reported is what a commit has and none of its parents had, also if a later commit takes it away again: it can still be
read in the history. What moved with its file is not new. Messages and authors are looked at, too.
BASE as an id of zeros is a new branch: looked at is what no branch of a remote has. HEAD as zeros is a deleted one.
What cannot be read, as where a shallow clone ends, is a gap, and the exit code 3.

Examples:
  leakreach range origin/main..HEAD                      what this branch adds
  leakreach range HEAD~5..                               the last five commits
  leakreach range "$BEFORE..$AFTER" --format sarif       what a push brought, in CI`,
  run: ([range], flags) =>
    scanAndReport((lineHashes, signal) => prepareRange({ ...flags, range: range!, lineHashes }, signal), flags),
};
