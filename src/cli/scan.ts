import { prepare } from "../setup/prepare.ts";
import type { CommandSpec } from "./flags.ts";
import { scanAndReport } from "./perform.ts";
import { JUDGEMENT_FLAGS, MACHINE_FLAGS, REPORT_FLAGS, type ScanFlags, SOURCE_FLAGS } from "./scan-options.ts";

/** `leakreach scan [PATH...]`. */
export const spec: CommandSpec<ScanFlags> = {
  name: "leakreach scan",
  description: "Finds leaked tokens in files and says how far each one reaches. Nothing is sent anywhere.",
  operands: { name: "[path...]", help: "folders, files, globs, or - for standard input", default: ["."] },
  flags: [...SOURCE_FLAGS, ...JUDGEMENT_FLAGS, ...REPORT_FLAGS, ...MACHINE_FLAGS],
  after: `
In a git work tree, files that git ignores are left out unless --all-files is given; other folders are read whole.
Archives (zip, jar, tar, gz) are opened. What cannot be read is a gap, and the exit code 3.

Examples:
  leakreach scan .
  leakreach scan src config --exclude '**/*.min.js' --fail-on high
  leakreach scan . --format json --output sarif=leaks.sarif
  some-command 2>&1 | leakreach scan - --stdin-path build.log`,
  run: (paths, flags) => scanAndReport((lineHashes, signal) => prepare({ ...flags, paths, lineHashes }, signal), flags),
};
