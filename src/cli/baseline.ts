import { resolve } from "node:path";
import { Command } from "commander";
import { toBaseline } from "../config/baseline.ts";
import { prepare } from "../setup/prepare.ts";
import { addJudgementFlags, addMachineFlags, addSourceFlags } from "./command-flags.ts";
import { EXIT } from "./exit.ts";
import { parseOutputs, writeAtomically } from "./outputs.ts";
import { perform } from "./perform.ts";
import { print, printError } from "./print.ts";
import type { ScanFlags } from "./scan-options.ts";
import { VERSION } from "./version.ts";

/** `leakreach baseline [PATH...]`. */
export function build(): Command {
  const command = new Command("leakreach baseline")
    .description(
      "Records the fingerprints of today's findings: with --baseline only new ones are reported. Holds no secret.",
    )
    .argument("[path...]", "folders, files, globs, or - for standard input", ["."])
    .option("--output <file>", "where to write it", ".leakreach-baseline.json")
    .option("--quiet", "no progress and no notices")
    .addHelpText("after", "\nExample:\n  leakreach baseline . && leakreach scan . --baseline .leakreach-baseline.json");
  addMachineFlags(addJudgementFlags(addSourceFlags(command)));
  return command.action(async (paths: string[], flags: Omit<ScanFlags, "output"> & { output: string }) => {
    const file = resolve(flags.output);
    parseOutputs([`json=${file}`]);
    const { output: _, ...rest } = flags;
    const { report, interrupted } = await perform(
      (lineHashes, signal) => prepare({ ...rest, paths, lineHashes }, signal),
      { ...rest, format: "json", color: false },
      false,
    );
    // Half a baseline would make known findings new.
    if (interrupted) {
      printError(`leakreach: interrupted, so ${flags.output} was not written\n`);
      process.exitCode = EXIT.interrupted;
      return;
    }
    const text = toBaseline(report, VERSION);
    writeAtomically(file, [text]);
    print(
      `${JSON.parse(text).fingerprints.length} findings recorded in ${flags.output}${report.complete ? "" : "; the scan was not complete"}\n`,
    );
    process.exitCode = report.complete ? EXIT.clean : EXIT.incomplete;
  });
}
