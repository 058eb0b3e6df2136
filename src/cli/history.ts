import { resolve } from "node:path";
import { Command, Option } from "commander";
import type { Report } from "../model/index.ts";
import { plain } from "../report/redact.ts";
import { type HistoryRequest, type PreparedHistory, prepareHistory } from "../setup/prepare-history.ts";
import { addJudgementFlags, addMachineFlags, addReportFlags, addVersionFlags, parsed } from "./command-flags.ts";
import { checkWritable, writeAtomically } from "./outputs.ts";
import { scanAndReport } from "./perform.ts";
import { collect, count, type ReportFlags } from "./scan-options.ts";
import { VERSION } from "./version.ts";
import { since, until } from "./when.ts";

interface HistoryFlags extends ReportFlags {
  readonly engine: NonNullable<HistoryRequest["engine"]>;
  readonly unreachable?: boolean;
  readonly showAuthors?: boolean;
  readonly submodules?: boolean;
  readonly fetchMissing?: boolean;
  readonly provenance: boolean;
  readonly since?: (now: number) => number;
  readonly until?: (now: number) => number;
  readonly branch?: readonly string[];
  readonly path?: readonly string[];
  readonly maxCommits?: number;
  readonly state?: string;
  readonly failOnKnown?: boolean;
}

/** `leakreach history [REPOSITORY]`. */
export function build(): Command {
  const command = new Command("leakreach history")
    .description(
      "Finds every token that ever stood in a git repository. Reads its packs itself: nothing is run, nothing is sent, unless --fetch-missing asks for it.",
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
    .option("--since <date>", "only secrets that a commit of this day or time (UTC), or later, brought", parsed(since))
    .option(
      "--until <date>",
      "only secrets that a commit of this day or time (UTC), or earlier, brought",
      parsed(until),
    )
    .option(
      "--branch <name>",
      "only secrets that a commit brought which this branch or tag leads to (repeatable)",
      collect,
    )
    .option("--path <glob>", "only secrets that stood at such a path, and only these paths (repeatable)", collect)
    .option(
      "--max-commits <n>",
      "only secrets that one of the newest n commits brought, of those the other filters leave",
      parsed(count),
    )
    .option("--state <file>", "look only through what no earlier run has; remembers it in this file, and no secret")
    .option("--fail-on-known", "with --state: exit 1, too, for findings that earlier runs reported")
    .option(
      "--submodules",
      "look through submodules, too: those of HEAD that git has in modules/ or in the work tree, and those in them",
    )
    .option(
      "--fetch-missing",
      "of a partial clone: open the network and ask its remote for the objects that are missing, which git writes into the repository",
    )
    .option("--show-authors", "name who wrote the commits that brought and removed it")
    .option("--no-provenance", "do not say which commits and paths it came from")
    .addHelpText(
      "after",
      `
Looks through all versions of all files, the messages of commits, tags and reflogs, and names of refs, files and folders. What cannot be read (a shallow or partial
clone, a broken object) is a gap, and the exit code 3. Deleting a file does not delete its history: revoke what is found.

git fetch --unshallow makes a shallow clone whole. --fetch-missing brings what a partial one lacks: git asks the remote for the objects
by their ids, with the user's credentials; hooks, helpers and commands that the repository's own settings name are not run.

Filters choose by the commits that introduced a secret: those whose tree has it and none of whose parents' trees has. Dates are those of
the committer; a day is a whole day, and 30d, 2w or 6h mean so long ago. A message counts as of its commit, that of a tag as of what it is a tag
of. All objects are still looked through, and how many secrets the filters leave out is said.

Examples:
  leakreach history
  leakreach history ../service.git --format json --output sarif=history.sarif`,
    );
  addMachineFlags(addReportFlags(addJudgementFlags(addVersionFlags(command))));
  return command.action(async (repository: string | undefined, flags: HistoryFlags) => {
    const now = flags.now ?? Date.now() / 1000;
    const { since: from, until: to, ...rest } = flags;
    const request = {
      ...rest,
      ...(from && { since: from(now) }),
      ...(to && { until: to(now) }),
      version: VERSION,
      tell: (text: string) => void (flags.quiet || process.stderr.write(`leakreach: ${plain(text)}\n`)),
      progress: process.stderr.isTTY === true && flags.quiet !== true,
      ...(repository ? { repository } : {}),
    };
    process.exitCode = await scanAndReport(async (lineHashes, signal) => {
      if (flags.state !== undefined) checkWritable(resolve(flags.state));
      const prepared = await prepareHistory({ ...request, lineHashes }, signal);
      return flags.state === undefined ? prepared : { ...prepared, finish: remember(flags.state, prepared) };
    }, flags);
  });
}

/** Writes the state once everything else is; a scan that was stopped leaves it as it was. */
function remember(file: string, { after }: PreparedHistory) {
  return (report: Report, interrupted: boolean): void => {
    if (interrupted || !after) process.stderr.write(`leakreach: interrupted, so ${plain(file)} was not written\n`);
    else writeAtomically(resolve(file), after(report));
  };
}
