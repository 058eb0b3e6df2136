import { readdirSync } from "node:fs";
import { Command } from "commander";
import { ScanError } from "../model/index.ts";
import { mergeStores } from "../sweep/merge.ts";
import { resultOf } from "../sweep/result.ts";
import { lock } from "../sweep/store/lock.ts";
import { openExisting, openStore } from "../sweep/store/store.ts";
import { addFlags } from "./command-flags.ts";
import { SWEEP_REPORT_FLAGS, type SweepFlags } from "./sweep-flags.ts";
import { checkOutputs, exitOf, writeReports } from "./sweep-outputs.ts";
import { VERSION } from "./version.ts";

/** `leakreach merge STORE... --store OUT`. */
export function build(): Command {
  const command = new Command("leakreach merge")
    .description("Puts the stores of a sweep that was shared out (sweep --shard) into one, and reports on it.")
    .argument("<store...>", "the stores of the parts")
    .requiredOption("--store <folder>", "the store to make: a folder that is empty or not there")
    .addHelpText("after", "\nExample:\n  leakreach merge part-1 part-2 part-3 --store acme --output acme.json");
  addFlags(command, SWEEP_REPORT_FLAGS);
  return command.action(async (from: string[], flags: SweepFlags) => {
    const outputs = checkOutputs(flags);
    const stores = from.map(openExisting);
    const into = openStore(flags.store);
    const release = lock(`${into.folder}/lock`, `the store ${flags.store}`);
    try {
      if (readdirSync(`${into.folder}/repositories`).length > 0)
        throw new ScanError(
          "usage",
          `${flags.store} has repositories already: name a folder that is empty or not there`,
        );
      const report = resultOf(into, mergeStores(stores, into), VERSION);
      await writeReports(report, flags, outputs);
      process.exitCode = exitOf(report, flags);
    } finally {
      release();
    }
  });
}
