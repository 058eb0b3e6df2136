import { type LogLeft, type LogOrigin, ScanError } from "../model/index.ts";
import { artifactsOf } from "./learned.ts";
import { linkedNext, pages } from "./pages.ts";
import { EARLIER, folderOf, isOf, type Listed, type OpenProvider, unfinished, type Wanted } from "./provider.ts";
import { baseAddress, Server } from "./server.ts";
import { listOf, type Shape } from "./shape.ts";
import { singleLog } from "./single-log.ts";
import { type Visibility, visibilityOf } from "./visibility.ts";

const ADVICE = "Give a token in GITLAB_TOKEN with the scope `read_api`, of somebody who may see the project's jobs";

/** Where the API is, by the variables that GitLab's own jobs have (docs.gitlab.com/ci/variables/predefined_variables). */
function addressOf({ CI_API_V4_URL, GITLAB_URL }: Readonly<Record<string, string | undefined>>): URL {
  if (GITLAB_URL) {
    const site = baseAddress(GITLAB_URL, "GITLAB_URL");
    return new URL(`${site.pathname.replace(/\/+$/, "")}/api/v4`, site);
  }
  return baseAddress(CI_API_V4_URL || "https://gitlab.com/api/v4", "CI_API_V4_URL");
}

/** Logs of GitLab CI/CD (docs.gitlab.com/api/jobs). `project` is its path with all groups, or its number. */
export const openGitlab: OpenProvider = (project, wanted, { env, ...surroundings }) => {
  if (!/^(?:\d{1,20}|[\w.-]+(?:\/[\w.-]+)+)$/.test(project))
    throw new ScanError("usage", "leakreach logs gitlab wants GROUP/PROJECT with all groups, or the project's number");
  if (wanted.workflow !== undefined)
    throw new ScanError("usage", "--workflow is not for GitLab: choose by --branch or --run");
  const base = addressOf(env);
  const headers = env.GITLAB_TOKEN ? { "private-token": env.GITLAB_TOKEN } : {};
  const server = new Server({ base, headers, advice: ADVICE, ...surroundings });
  const at = base.host === "gitlab.com" ? project : `${folderOf(base.host)}/${project}`;
  return { name: `gitlab:${at}`, atOnce: 4, logs: () => logs(server, project, `gitlab/${at}`, wanted) };
};

async function* logs(server: Server, project: string, folder: string, wanted: Wanted): AsyncGenerator<Listed> {
  const path = `projects/${encodeURIComponent(project)}`;
  const { run, branch, since } = wanted;
  // Keyset pages stay where they are while new jobs begin.
  const list =
    run === undefined
      ? server.address(`${path}/jobs`, { per_page: "100", pagination: "keyset", order_by: "id", sort: "desc" })
      : server.address(`${path}/pipelines/${encodeURIComponent(run)}/jobs`, {
          per_page: "100",
          include_retried: "true",
        });
  let seen: Visibility | undefined;
  for await (const page of pages(server, list, linkedNext)) {
    for (const job of listOf(page, "jobs")) {
      const [created, from, to] = [job.time("created_at"), job.time("started_at"), job.time("finished_at")];
      if (run === undefined && since !== undefined && created !== undefined && created < since - EARLIER) return;
      // What never began has printed nothing.
      if (from === undefined && IDLE.has(job.text("status") ?? "")) continue;
      if ((branch !== undefined && job.text("ref") !== branch) || !isOf(wanted, from, to)) continue;
      const [id, name] = [job.id("id"), job.text("name")];
      const log = `${folder}/jobs/${id}`;
      if (to === undefined) yield unfinished(wanted, log);
      else {
        seen ??= await visibilityOf(server, server.address(path), isOpen);
        const run = job.part("pipeline").number("id");
        const origin = { ...originOf(server, path, id, { run, job: name, page: job.text("web_url") }), ...seen };
        const address = server.address(`${path}/jobs/${id}/trace`);
        const erased = job.text("erased_at") !== undefined;
        const left = leftOf(job);
        yield {
          type: "log",
          log: { ...singleLog(server, log, address, origin, erased), left: async () => left },
        };
      }
    }
  }
}

/** docs.gitlab.com/api/projects, "Retrieve a project"; docs.gitlab.com/ci/pipelines/settings, "Change pipeline visibility". */
const isOpen = (project: Shape): boolean =>
  project.text("visibility") === "public" &&
  !project.denies("public_jobs") &&
  project.text("builds_access_level") !== "private";

/** docs.gitlab.com/api/jobs: `artifacts` holds the log as well, and a list of what stands in the archive; all expire at once. */
function leftOf(job: Shape): LogLeft {
  const files = job.maybeList("artifacts").filter((file) => !/^(?:trace|metadata)$/.test(file.text("file_type") ?? ""));
  const expires = job.time("artifacts_expire_at");
  return artifactsOf(files.map((file) => ({ name: file.text("filename"), bytes: file.number("size"), expires })));
}

/** States of jobs that have not begun (docs.gitlab.com/ci/jobs, "Available job statuses"). */
const IDLE = new Set([
  "created",
  "pending",
  "manual",
  "skipped",
  "scheduled",
  "preparing",
  "waiting_for_resource",
  "canceled",
]);

interface Names {
  readonly run: number | undefined;
  readonly job: string | undefined;
  readonly page: string | undefined;
}

function originOf({ access: { base } }: Server, path: string, id: string, { run, job, page }: Names): LogOrigin {
  return {
    system: "gitlab",
    ...(run !== undefined && { run: `${run}` }),
    ...(job !== undefined && { job }),
    ...(page !== undefined && { page }),
    deletion: `curl -X POST --header "PRIVATE-TOKEN: $GITLAB_TOKEN" '${base.href}/${path}/jobs/${id}/erase'`,
  };
}
