import { prepareStaged } from "../setup/prepare-staged.ts";
import type { CommandSpec } from "./flags.ts";
import { scanAndReport } from "./perform.ts";
import { JUDGEMENT_FLAGS, MACHINE_FLAGS, REPORT_FLAGS, type ReportFlags } from "./scan-options.ts";

interface StagedFlags extends ReportFlags {
  readonly repository?: string;
  readonly wholeFiles?: boolean;
}

/** `leakreach staged`. */
export const spec: CommandSpec<StagedFlags> = {
  name: "leakreach staged",
  description: "Finds leaked tokens in what is staged for the next commit. Runs no git, sends nothing.",
  flags: [
    {
      name: "--repository",
      value: "path",
      help: "a path in the repository (default: the one you are in, or GIT_DIR)",
    },
    { name: "--whole-files", help: "report everything in files that changed, not only what is new in them" },
    ...JUDGEMENT_FLAGS,
    ...REPORT_FLAGS,
    ...MACHINE_FLAGS,
  ],
  after: `
Reads git's index, not the work tree: of a file that is staged in part, the staged part. Reported is what the last commit
does not have in that file (in a merge: what neither side has); what has only moved with its file is not new.
GIT_INDEX_FILE is obeyed, so that hooks of git commit -a and git commit FILE see what will be committed.

Examples:
  leakreach staged                              as .git/hooks/pre-commit: exit 1 stops the commit
  leakreach staged --fail-on high --quiet
  git add -p && leakreach staged --whole-files`,
  run: (_, flags) => scanAndReport((lineHashes, signal) => prepareStaged({ ...flags, lineHashes }, signal), flags),
};
