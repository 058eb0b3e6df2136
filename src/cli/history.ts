import { Command, Option } from "commander";
import { type HistoryRequest, prepareHistory } from "../setup/prepare-history.ts";
import { addJudgementFlags, addMachineFlags, addReportFlags } from "./command-flags.ts";
import { scanAndReport } from "./perform.ts";
import type { ReportFlags } from "./scan-options.ts";

interface HistoryFlags extends ReportFlags {
  readonly engine: NonNullable<HistoryRequest["engine"]>;
  readonly unreachable?: boolean;
  readonly provenance: boolean;
}

/** `leakreach history [REPOSITORY]`. */
export function build(): Command {
  const command = new Command("leakreach history")
    .description(
      "Finds every token that ever stood in a git repository. Reads its packs itself: nothing is run, nothing is sent.",
    )
    .argument("[repository]", "a work tree or a bare repository (default: the one you are in)")
    .addOption(
      new Option(
        "--engine <engine>",
        "delta looks at what each version changed; full at all of each, slowly, and finds the same",
      )
        .choices(["delta", "full"])
        .default("delta"),
    )
    .option(
      "--unreachable",
      "say where from of commits, too, that nothing leads to any more (always in bare repositories)",
    )
    .option("--no-provenance", "do not say which commits and paths it came from")
    .addHelpText(
      "after",
      `
Looks through all versions of all files, and the messages of commits and tags. What cannot be read (a shallow or partial
clone, a broken object) is a gap, and the exit code 3. Deleting a file does not delete its history: revoke what is found.

Examples:
  leakreach history
  leakreach history ../service.git --format json --output sarif=history.sarif`,
    );
  addMachineFlags(addReportFlags(addJudgementFlags(command)));
  return command.action(async (repository: string | undefined, flags: HistoryFlags) => {
    process.exitCode = await scanAndReport(
      (lineHashes, signal) => prepareHistory({ ...flags, lineHashes, ...(repository ? { repository } : {}) }, signal),
      flags,
    );
  });
}
