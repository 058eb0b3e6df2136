import { Command } from "commander";
import { CI_SYSTEMS } from "../setup/ci-systems.ts";
import { prepareCi } from "../setup/prepare-ci.ts";
import { addJudgementFlags, addMachineFlags, addReportFlags } from "./command-flags.ts";
import { scanAndReport } from "./perform.ts";
import type { ReportFlags } from "./scan-options.ts";

interface CiFlags extends ReportFlags {
  readonly repository?: string;
}

/** `leakreach ci`. */
export function build(): Command {
  const command = new Command("leakreach ci")
    .description(
      "Finds leaked tokens in what this run of a CI system tests: leakreach range, with BASE and HEAD from the environment.",
    )
    .option("--repository <path>", "a path in the repository (default: the one you are in)")
    .addHelpText(
      "after",
      `
Recognised are ${CI_SYSTEMS.slice(0, -1).join(", ")} and ${CI_SYSTEMS.at(-1)}.
BASE is the target of a pull or merge request, else where the push started, else the default branch. Nothing is fetched:
have the whole history checked out (fetch-depth: 0, GIT_DEPTH: 0); where it is not, the exit code is 3.

Settings, ignore files, baseline and policy are those of the base of a request, and of the default branch for any other
branch: a change of them counts once it is merged. So do comments that allow a finding.

Examples:
  leakreach ci
  leakreach ci --output gitlab=gl-secret-detection-report.json --output junit=leakreach.xml`,
    );
  addMachineFlags(addReportFlags(addJudgementFlags(command)));
  return command.action(async (flags: CiFlags) => {
    process.exitCode = await scanAndReport(
      (lineHashes, signal) => prepareCi({ ...flags, lineHashes }, process.env, signal),
      flags,
    );
  });
}
