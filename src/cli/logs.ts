import { resolve } from "node:path";
import { Command } from "commander";
import { type Report, ScanError } from "../model/index.ts";
import { PROVIDERS, type ProviderName } from "../providers/provider.ts";
import { prepareLogs } from "../setup/prepare-logs.ts";
import { addJudgementFlags, addMachineFlags, addReportFlags, addSourceFlags, parsed } from "./command-flags.ts";
import { checkWritable, writeAtomically } from "./outputs.ts";
import { type Preparation, scanAndReport } from "./perform.ts";
import { printError } from "./print.ts";
import { positive, type ScanFlags } from "./scan-options.ts";
import { VERSION } from "./version.ts";
import { since, until, type When } from "./when.ts";

interface LogsFlags extends ScanFlags {
  readonly since?: When;
  readonly until?: When;
  readonly public?: boolean;
  readonly run?: string;
  readonly workflow?: string;
  readonly branch?: string;
  readonly maxWait?: number;
  readonly state?: string;
}

/** `leakreach logs PATH...` and `leakreach logs PROVIDER PROJECT...`. */
export function build(): Command {
  const command = new Command("leakreach logs")
    .description(
      "Finds what pipelines printed: every token in CI logs, with its job, step and line. Nothing is sent; logs are fetched only where a provider is named.",
    )
    .argument(
      "<path...>",
      "logs, folders or archives of logs, globs, or - for standard input; or a provider and its projects",
    )
    .option("--public", "anybody can read these logs: they are of a public project")
    .option("--since <time>", "only what was printed at or after this day or time (UTC)", parsed(since))
    .option(
      "--until <time>",
      "only what was printed until the end of this day, or until this time (UTC)",
      parsed(until),
    )
    .option("--run <id>", "fetched: only this run, pipeline or build")
    .option("--workflow <name>", "fetched: only of this workflow, by its file name; of this definition, by its id")
    .option("--branch <name>", "fetched: only of this branch")
    .option("--max-wait <seconds>", "fetched: most time to wait for a rate limit to end (900)", parsed(positive))
    .option(
      "--state <file>",
      "fetched: only logs that no earlier run has read; remembers them in this file, and no secret",
    )
    .option("--fail-on-known", "with --state: exit 1, too, for findings that earlier runs reported")
    .addHelpText("after", HELP);
  addMachineFlags(addReportFlags(addJudgementFlags(addSourceFlags(command))));
  return command.action(async (paths: string[], flags: LogsFlags) => {
    process.exitCode = await scanAndReport(isProvider(paths) ? fetched(paths, flags) : local(paths, flags), flags);
  });
}

const HELP = `
Whose log it is is told by what stands in it: GitHub Actions (text, or the zip as downloaded), GitLab, Jenkins, CircleCI (JSON
output of steps), Azure Pipelines, Buildkite, Travis, and plain text. Colours, time stamps and what else a system puts into lines
is taken out first, so that a token cut by them is found; places are those of the raw log.

Fetched logs: name the provider and what it calls the project. Tokens come from the environment only.
  github OWNER/REPO                 GITHUB_TOKEN or GH_TOKEN; GITHUB_API_URL for an Enterprise Server
  gitlab GROUP/PROJECT              GITLAB_TOKEN; GITLAB_URL or CI_API_V4_URL
  jenkins URL-OF-A-JOB-OR-FOLDER    JENKINS_USER_ID and JENKINS_API_TOKEN; with JENKINS_URL, job/NAME is enough
  circleci gh/ORG/REPO              CIRCLE_TOKEN or CIRCLECI_CLI_TOKEN; CIRCLECI_CLI_HOST
  azure ORG/PROJECT                 AZURE_DEVOPS_EXT_PAT or SYSTEM_ACCESSTOKEN; AZURE_DEVOPS_URL
  buildkite ORG/PIPELINE            BUILDKITE_API_TOKEN; BUILDKITE_API_URL
  travis OWNER/REPO                 TRAVIS_TOKEN; TRAVIS_ENDPOINT
A file or folder called like a provider: ./github. A log that has expired or cannot be read is a gap, and the exit code 3.

Were you hit by tj-actions/changed-files (March 2025)? Secrets printed in a time:
  leakreach logs github OWNER/REPO --public --since 2025-03-14 --until 2025-03-16

Examples:
  leakreach logs build.log
  leakreach logs logs_123456.zip --public --output leaks.json
  leakreach logs github acme/app --branch main --since 2026-11-01
  some-job 2>&1 | leakreach logs -`;

const isProvider = ([first, ...rest]: readonly string[]): boolean =>
  rest.length > 0 && (PROVIDERS as readonly string[]).includes(first!);

function local(paths: readonly string[], flags: LogsFlags): Preparation {
  refuse(
    flags,
    ["run", "workflow", "branch", "maxWait", "state", "failOnKnown"],
    "is for logs that are fetched: leakreach logs github OWNER/REPO",
  );
  const { allFiles: _, since: __, until: ___, ...rest } = flags;
  return (lineHashes, signal) => prepareLogs({ ...rest, ...timesOf(flags), paths, lineHashes }, signal);
}

function fetched([provider, ...projects]: readonly string[], flags: LogsFlags): Preparation {
  refuse(
    flags,
    ["include", "exclude", "allFiles"],
    "is for files: of fetched logs, choose by --run, --workflow, --branch, --since and --until",
  );
  const waiting = (seconds: number, why: string): void => {
    if (!flags.quiet && seconds >= 5) printError(`leakreach: waiting ${Math.ceil(seconds)} s: ${why}\n`);
  };
  return async (lineHashes, signal) => {
    const { prepareFetchedLogs } = await import("../setup/prepare-fetched-logs.ts");
    const {
      stdinPath: _,
      include: __,
      exclude: ___,
      allFiles: ____,
      maxWait,
      since: _____,
      until: ______,
      ...rest
    } = flags;
    const patience = maxWait === undefined ? {} : { longest: maxWait };
    const request = {
      ...rest,
      ...timesOf(flags),
      provider: provider as ProviderName,
      projects,
      env: process.env,
      patience,
      waiting,
      lineHashes,
    };
    const { state } = flags;
    if (state !== undefined) checkWritable(resolve(state));
    const save = (pieces: Iterable<Uint8Array>): void => writeAtomically(resolve(state!), pieces);
    const prepared = await prepareFetchedLogs({ ...request, save, version: VERSION }, signal);
    const finish = (report: Report): void => {
      prepared.close();
      if (state !== undefined) prepared.remember(report);
    };
    return { ...prepared, finish };
  };
}

/** Seconds since 1970; days count from the clock that --now sets. */
function timesOf({ since: from, until: to, now = Date.now() / 1000 }: LogsFlags) {
  return { ...(from && { since: from(now) }), ...(to && { until: to(now) }) };
}

function refuse(flags: LogsFlags, names: readonly (keyof LogsFlags)[], why: string): void {
  const name = names.find((each) => flags[each] !== undefined);
  if (name !== undefined)
    throw new ScanError("usage", `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} ${why}`);
}
