import { Command } from "commander";
import { Lookup } from "../git/lookup.ts";
import { Malformed } from "../git/malformed.ts";
import { findRef } from "../git/ref-lookup.ts";
import { findRepository, type Repository } from "../git/repository.ts";
import { revision } from "../git/revision.ts";
import { ScanError } from "../model/index.ts";
import type { Prepared } from "../setup/prepare.ts";
import { prepareRange } from "../setup/prepare-range.ts";
import type { Source } from "../sources/unit.ts";
import { CI_SYSTEMS, type CiRun, ciRun } from "./ci-systems.ts";
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

Examples:
  leakreach ci
  leakreach ci --output gitlab=gl-secret-detection-report.json --output junit=leakreach.xml`,
    );
  addMachineFlags(addReportFlags(addJudgementFlags(command)));
  return command.action(async (flags: CiFlags) => {
    process.exitCode = await scanAndReport((lineHashes, signal) => prepareCi({ ...flags, lineHashes }, signal), flags);
  });
}

async function prepareCi(request: CiFlags & { readonly lineHashes: boolean }, signal: AbortSignal): Promise<Prepared> {
  const run = ciRun(process.env);
  if (!run)
    throw new ScanError(
      "usage",
      `no CI system is recognised (${CI_SYSTEMS.join(", ")}): name the commits, as in leakreach range origin/main..HEAD`,
    );
  const path = request.repository ?? ".";
  const repository = findRepository(path);
  if (!repository) throw new ScanError("path-missing", `${path} is no git repository: name one with --repository`);
  const { base, notice } = baseOf(repository, run);
  const prepared = await prepareRange(
    { ...request, repository: path, range: `${base}..${run.head}`, mergeBase: true },
    signal,
  );
  const said: Source = {
    name: run.system,
    units: async function* () {
      yield { type: "notice", text: notice };
    },
  };
  return { ...prepared, sources: [said, ...prepared.sources] };
}

const ID = /^(?!0+$)(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** The first base that is one; else the default branch; where the run is on that, the commit before. */
function baseOf(
  repository: Repository,
  { system, bases, head }: CiRun,
): { readonly base: string; readonly notice: string } {
  const end = ID.test(head) ? head : findRef(repository, head)?.id;
  const branch = (name: string): string | undefined =>
    findRef(repository, `refs/remotes/origin/${name}`)?.id ?? findRef(repository, `refs/heads/${name}`)?.id;
  for (const { id, branch: name } of bases) {
    if (id && ID.test(id)) return { base: id, notice: `${system}: since ${id.slice(0, 12)}` };
    const tip = name ? branch(name) : undefined;
    if (tip && tip !== end) return { base: tip, notice: `${system}: since ${name}` };
  }
  const tip = branch("HEAD");
  if (tip && tip !== end) return { base: tip, notice: `${system}: since the default branch` };
  if (tip)
    return {
      base: parentOf(repository, head),
      notice: `${system} does not say what was there before: only the last commit is looked at`,
    };
  return { base: "0".repeat(40), notice: `${system}: what no other branch has` };
}

/** The first parent of a commit; zeros where it has none. */
function parentOf(repository: Repository, head: string): string {
  const lookup = new Lookup(repository);
  try {
    return revision(repository, lookup, `${head}~1`)?.id ?? "0".repeat(40);
  } catch (error) {
    if (error instanceof Malformed) return "0".repeat(40);
    throw error;
  } finally {
    lookup.close();
  }
}
