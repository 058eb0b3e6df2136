import { complain } from "../cli/run.ts";
import { ScanError } from "../model/index.ts";
import { plain } from "../report/index.ts";
import { command } from "./commands.ts";
import { runAction } from "./run.ts";

/** Says what went wrong where GitHub shows it, and ends as the command line does. */
function fail(error: unknown): void {
  const message =
    error instanceof ScanError ? error.message : "this is a bug of ours: its trace is in the log of this step";
  process.stdout.write(command("error", { title: "leakreach" }, plain(message)));
  process.exitCode = complain(error);
}

process.on("uncaughtException", (error) => {
  fail(error);
  process.exit();
});

runAction(process.env).then((code) => {
  process.exitCode = code;
}, fail);
