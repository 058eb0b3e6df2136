import { Command } from "commander";
import { prepare } from "../setup/prepare.ts";
import { scanAndReport } from "./perform.ts";
import { addJudgementFlags, addMachineFlags, addReportFlags, addSourceFlags, type ScanFlags } from "./scan-options.ts";

/** `leakreach scan [PATH...]`. */
export function build(): Command {
  const command = new Command("leakreach scan")
    .description("Finds leaked tokens in files and says how far each one reaches. Nothing is sent anywhere.")
    .argument("[path...]", "folders, files, globs, or - for standard input", ["."])
    .addHelpText(
      "after",
      `
In a git work tree, files that git ignores are left out unless --all-files is given; other folders are read whole.
Archives (zip, jar, tar, gz) are opened. What cannot be read is a gap, and the exit code 3.

Examples:
  leakreach scan .
  leakreach scan src config --exclude '**/*.min.js' --fail-on high
  leakreach scan . --format json --output sarif=leaks.sarif
  some-command 2>&1 | leakreach scan - --stdin-path build.log`,
    );
  addMachineFlags(addReportFlags(addJudgementFlags(addSourceFlags(command))));
  return command.action(async (paths: string[], flags: ScanFlags) => {
    process.exitCode = await scanAndReport(
      (lineHashes, signal) => prepare({ ...flags, paths, lineHashes }, signal),
      flags,
    );
  });
}
