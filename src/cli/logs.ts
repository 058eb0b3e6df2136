import { Command } from "commander";
import { prepareLogs } from "../setup/prepare-logs.ts";
import { addJudgementFlags, addMachineFlags, addReportFlags, addSourceFlags, parsed } from "./command-flags.ts";
import { scanAndReport } from "./perform.ts";
import { type ScanFlags, time, untilTime } from "./scan-options.ts";

interface LogsFlags extends ScanFlags {
  readonly since?: number;
  readonly until?: number;
  readonly public?: boolean;
}

/** `leakreach logs [PATH...]`. */
export function build(): Command {
  const command = new Command("leakreach logs")
    .description(
      "Finds what pipelines printed: every token in CI logs, with its job, step and line. Nothing is fetched, nothing is sent.",
    )
    .argument("<path...>", "logs, folders or archives of logs, globs, or - for standard input")
    .option("--public", "anybody can read these logs: they are of a public project")
    .option("--since <time>", "only what was printed at or after this day or time (UTC)", parsed(time))
    .option(
      "--until <time>",
      "only what was printed until the end of this day, or until this time (UTC)",
      parsed(untilTime),
    )
    .addHelpText(
      "after",
      `
Whose log it is is told by what stands in it: GitHub Actions (text, or the zip as downloaded), GitLab, Jenkins, CircleCI (JSON
output of steps), Azure Pipelines, Buildkite, Travis, and plain text. Colours, time stamps and what else a system puts into lines
is taken out first, so that a token cut by them is found; places are those of the raw log.

Get logs with your provider's own tools:
  gh api repos/OWNER/REPO/actions/runs/RUN/logs > logs_RUN.zip
  curl --header "PRIVATE-TOKEN: $T" "$CI_API_V4_URL/projects/ID/jobs/JOB/trace" > job.log

Were you hit by tj-actions/changed-files (March 2025)? Secrets printed in a time:
  leakreach logs logs_*.zip --public --since 2025-03-14 --until 2025-03-16

Examples:
  leakreach logs build.log
  leakreach logs logs_123456.zip --public --output leaks.json
  some-job 2>&1 | leakreach logs -`,
    );
  addMachineFlags(addReportFlags(addJudgementFlags(addSourceFlags(command))));
  return command.action(async (paths: string[], flags: LogsFlags) => {
    const { allFiles: _, ...rest } = flags;
    process.exitCode = await scanAndReport(
      (lineHashes, signal) => prepareLogs({ ...rest, paths, lineHashes }, signal),
      flags,
    );
  });
}
