import type { Log, Run } from "sarif";
import type { ReportOptions } from "./options.ts";
import { safeJson } from "./redact.ts";
import type { RepositoryReport } from "./repository-report.ts";
import { revived } from "./revived.ts";
import { toSarif } from "./sarif.ts";
import { gunzipped, gzipped, MOST_GZIP, MOST_RUNS } from "./sarif-limits.ts";

/** Leaves room for what the gzip of all is worse than the sum of its parts. */
const FULL = MOST_GZIP * 0.95;

/**
 * SARIF 2.1.0 of several repositories: a run for each, told apart by `automationDetails`, in as many files as GitHub's limits ask for
 * (20 runs and 10 MB of gzip a file; toSarif holds each run to its own). Gives the files, one after another, each in pieces, of which
 * only the gzip is held until they are asked for.
 */
export function* sarifFiles(reports: readonly RepositoryReport[], options: ReportOptions): Generator<Iterable<string>> {
  let runs: Uint8Array[] = [];
  let size = 0;
  let head: Omit<Log, "runs"> | undefined;
  for (const each of reports) {
    const { runs: own, ...rest } = toSarif(revived(each), options);
    head ??= rest;
    const run = gzipped(safeJson(named(own[0]!, each)));
    if (runs.length > 0 && (runs.length === MOST_RUNS || size + run.length > FULL)) {
      yield file(head, runs);
      runs = [];
      size = 0;
    }
    runs.push(run);
    size += run.length;
  }
  if (head && runs.length > 0) yield file(head, runs);
}

/** GitHub takes what stands before the last slash for the category, and wants it different for each run of a commit. */
function named(run: Run, { repository }: RepositoryReport): Run {
  return {
    ...run,
    automationDetails: { id: `leakreach/${repository.id}/` },
    ...(repository.url !== undefined &&
      URL.canParse(repository.url) && { versionControlProvenance: [{ repositoryUri: repository.url }] }),
  };
}

function* file(head: Omit<Log, "runs">, runs: readonly Uint8Array[]): Generator<string> {
  yield `${safeJson(head).slice(0, -1)},"runs":[`;
  for (const [at, run] of runs.entries()) {
    if (at > 0) yield ",";
    yield gunzipped(run);
  }
  yield "]}\n";
}
