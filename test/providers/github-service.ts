import { zipped } from "../sources/pack.ts";
import type { Answer, Asked } from "./service.ts";

/**
 * GitHub's REST API as far as logs go. Shapes: docs.github.com/rest/actions/workflow-runs ("List workflow runs for a
 * repository", "Download workflow run attempt logs"), docs.github.com/rest/actions/workflow-jobs ("List jobs for a
 * workflow run attempt", "Download job logs for a workflow run").
 */
export interface Run {
  readonly id: number;
  readonly status?: string;
  readonly run_attempt?: number;
  readonly created_at: string;
  readonly updated_at?: string;
  readonly head_branch?: string;
  readonly repository?: { readonly private?: boolean };
}

const STAMP = "2025-03-15T09:26:53.5897932Z ";

/** Lines of a job as a runner stamps them. */
export const stamped = (...lines: readonly string[]): string => lines.map((line) => `${STAMP}${line}\n`).join("");

/** The archive of a run with one job, `build`. */
export const archiveOf = (...lines: readonly string[]): Buffer =>
  zipped({ "0_build.txt": stamped("Current runner version: '2.322.0'", "##[group]Run ./deploy.sh", ...lines) });

/** A list of runs, filtered and cut into pages as documented: at most 1,000 for each search. */
export function listOf(runs: readonly Run[], { query }: Asked): Answer {
  const [page, size] = [Number(query.get("page") ?? 1), Number(query.get("per_page") ?? 30)];
  const [, from, to] = /^(?:>=)?([^.<=>]*)(?:\.\.|<=)?(.*)$/.exec(query.get("created") ?? "")!;
  const branch = query.get("branch");
  const found = runs.filter(
    ({ created_at, head_branch }) =>
      (!from || created_at >= from) && (!to || created_at <= to) && (branch === null || head_branch === branch),
  );
  const newest = found.toSorted((a, b) => (a.created_at < b.created_at ? 1 : -1)).slice(0, 1000);
  const workflow_runs = newest
    .slice((page - 1) * size, page * size)
    .map((run) => ({ status: "completed", run_attempt: 1, updated_at: run.created_at, ...run }));
  return { body: { total_count: found.length, workflow_runs } };
}

/** Answers of the API for a project's runs: the list, each run, and where the logs of each attempt are. */
export function api(runs: readonly Run[], logsAt: (run: number, attempt: number) => Answer) {
  return (asked: Asked): Answer => {
    const [, id, attempt] = /\/runs\/(\d+)(?:\/attempts\/(\d+)\/logs)?$/.exec(asked.path) ?? [];
    if (asked.path.endsWith("/runs")) return listOf(runs, asked);
    if (attempt !== undefined) return logsAt(Number(id), Number(attempt));
    const run = runs.find((each) => each.id === Number(id));
    return run
      ? { body: { status: "completed", run_attempt: 1, ...run } }
      : { status: 404, body: { message: "Not Found" } };
  };
}

/** Where a log is: a redirect whose address is good for a minute. */
export const at = (location: string): Answer => ({ status: 302, headers: { location } });
