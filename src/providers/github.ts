import { type Gap, type LogLeft, type LogOrigin, ScanError } from "../model/index.ts";
import { type GithubApi, githubApi } from "./github-api.ts";
import { type AskLeft, artifactsOf, dayOf, once, orUnknown, unknown } from "./learned.ts";
import {
  type Begin,
  EARLIER,
  type FetchedLog,
  folderOf,
  isOf,
  type Listed,
  type LogFile,
  type OpenProvider,
  unfinished,
  type Wanted,
} from "./provider.ts";
import { Shape } from "./shape.ts";
import { Unread } from "./unread.ts";
import { visible } from "./visibility.ts";

/** Logs of GitHub Actions (docs.github.com/rest/actions: workflow-runs, workflow-jobs). `project` is OWNER/REPO. */
export const openGithub: OpenProvider = (project, wanted, surroundings) => {
  if (!/^[\w.-]{1,100}\/[\w.-]{1,100}$/.test(project) || /(?:^|\/)\.{1,2}(?:\/|$)/.test(project))
    throw new ScanError(
      "usage",
      `leakreach logs github wants OWNER/REPO, such as acme/app; for files and folders write ./ before the first`,
    );
  const api = githubApi(surroundings);
  const at = api.host === "github.com" ? project : `${folderOf(api.host)}/${project}`;
  return {
    name: `github:${at}`,
    atOnce: 4,
    logs: () => logs(api, project, `github/${at}`, wanted),
  };
};

async function* logs(api: GithubApi, project: string, folder: string, wanted: Wanted): AsyncGenerator<Listed> {
  const kept = once(() => retention(api, project));
  for await (const run of runs(api, project, wanted)) {
    const [id, last] = [run.id("id"), Math.max(1, run.number("run_attempt") ?? 1)];
    if (!isOf(wanted, run.time("created_at"), run.time("updated_at"))) continue;
    if (run.text("status") !== "completed") yield unfinished(wanted, `${folder}/runs/${id}`);
    const left = leftOf(api, project, id, run.time("updated_at"), kept);
    for (let attempt = last; attempt > 0; attempt--) {
      if (attempt === last && run.text("status") !== "completed") continue;
      const name = `${folder}/runs/${id}/attempts/${attempt}`;
      const origin = originOf(api, project, run);
      yield {
        type: "log",
        log: { name, fetch: (begin) => archive({ api, project, id, attempt, name, origin }, begin), left },
      };
    }
  }
}

/** A search gives no more than so many runs. */
const MOST = 1000;
const PAGE = 100;

/** The runs that may have printed in the time that is asked for, newest first. */
async function* runs(api: GithubApi, project: string, wanted: Wanted): AsyncGenerator<Shape> {
  const { run, workflow, branch, since, until } = wanted;
  if (run !== undefined)
    return yield new Shape(await api.json(`/repos/${project}/actions/runs/${encodeURIComponent(run)}`));
  const of = workflow === undefined ? "" : `workflows/${encodeURIComponent(workflow)}/`;
  const from = since === undefined ? undefined : isoTime(since - EARLIER);
  const seen = new Set<string>();
  let to = until === undefined ? undefined : isoTime(until);
  for (;;) {
    let [fresh, oldest] = [0, ""];
    for (let page = 1; page <= MOST / PAGE; page++) {
      const query = { per_page: `${PAGE}`, page: `${page}`, branch, created: span(from, to) };
      const list = new Shape(await api.json(`/repos/${project}/actions/${of}runs`, query)).list("workflow_runs");
      for (const each of list) {
        const id = each.id("id");
        oldest = each.text("created_at") ?? oldest;
        if (seen.has(id)) continue;
        seen.add(id);
        fresh++;
        yield each;
      }
      if (list.length < PAGE) return;
    }
    // What lies beyond is found by asking for what is older.
    if (fresh === 0 || Number.isNaN(Date.parse(oldest)))
      throw new Unread("broken", "the list of runs goes round in circles: the same ones come again and again");
    to = oldest;
  }
}

const isoTime = (seconds: number): string => new Date(seconds * 1000).toISOString().replace(/\.\d+Z$/, "Z");

/** A span of time in the syntax of searches. */
function span(from: string | undefined, to: string | undefined): string | undefined {
  if (from !== undefined && to !== undefined) return `${from}..${to}`;
  return from === undefined ? to && `<=${to}` : `>=${from}`;
}

function originOf(api: GithubApi, project: string, run: Shape): LogOrigin {
  const id = run.id("id");
  return {
    system: "github",
    ...visible(run.part("repository").denies("private")),
    run: id,
    page: `https://${api.host}/${project}/actions/runs/${id}`,
    deletion: `gh api -X DELETE ${api.host === "github.com" ? "" : `--hostname ${api.host} `}repos/${project}/actions/runs/${id}/logs`,
  };
}

/** docs.github.com/rest/actions/artifacts, "List workflow run artifacts"; they belong to a run, whatever its attempt. */
function leftOf(
  api: GithubApi,
  project: string,
  id: string,
  ended: number | undefined,
  kept: () => Promise<LogLeft>,
): AskLeft {
  return once(async () => {
    const log = await kept();
    const beside = await orUnknown("its artifacts are not known", () => artifacts(api, project, id));
    const until = log.days !== undefined && ended !== undefined && { until: dayOf(ended + log.days * 86_400) };
    const missing = [...(beside.unknown ?? []), ...(log.unknown ?? [])];
    return { ...beside, ...log, ...until, ...(missing.length > 0 && { unknown: missing }) };
  });
}

async function artifacts(api: GithubApi, project: string, id: string): Promise<LogLeft> {
  const path = `repos/${project}/actions`;
  const page = new Shape(await api.json(`/${path}/runs/${id}/artifacts`, { per_page: `${PAGE}` }));
  const list = page.list("artifacts");
  const there = list.filter((artifact) => !artifact.flag("expired"));
  const all = there.map((artifact) => ({
    name: artifact.text("name"),
    bytes: artifact.number("size_in_bytes"),
    expires: artifact.time("expires_at"),
  }));
  const gh = `gh api ${api.host === "github.com" ? "" : `--hostname ${api.host} `}`;
  const deletion = `${gh}--paginate ${path}/runs/${id}/artifacts --jq '.artifacts[].id' | xargs -I{} ${gh}-X DELETE ${path}/artifacts/{}`;
  return { ...artifactsOf(all, (page.number("total_count") ?? 0) > list.length), deletion };
}

/** docs.github.com/rest/actions/permissions, "Get artifact and log retention settings for a repository": few tokens may. */
async function retention(api: GithubApi, project: string): Promise<LogLeft> {
  try {
    const settings = await api.json(`/repos/${project}/actions/permissions/artifact-and-log-retention`);
    const days = new Shape(settings).number("days");
    return days === undefined ? {} : { days };
  } catch (error) {
    if (error instanceof Unread && (error.trouble === "refused" || error.trouble === "missing"))
      return { unknown: ["GitHub says for how long it keeps the log to who may administer the repository alone"] };
    return unknown("for how long its log is kept is not known", error);
  }
}

interface Attempt {
  readonly api: GithubApi;
  readonly project: string;
  readonly id: string;
  readonly attempt: number;
  readonly name: string;
  readonly origin: LogOrigin;
}

/** The archive of an attempt's logs; the logs of its jobs where there is none. */
async function archive(from: Attempt, begin: Begin): Promise<FetchedLog> {
  const { api, project, id, attempt, name, origin } = from;
  const path = `${name}/logs_${id}.zip`;
  try {
    await api.download(`/repos/${project}/actions/runs/${id}/attempts/${attempt}/logs`, () => begin(path));
    return { files: [{ path, origin }], gaps: [] };
  } catch (error) {
    if (!(error instanceof Unread) || error.trouble !== "missing") throw error;
    return jobs(from, begin, error);
  }
}

async function jobs(
  { api, project, id, attempt, name, origin }: Attempt,
  begin: Begin,
  missing: Unread,
): Promise<FetchedLog> {
  const files: LogFile[] = [];
  const gaps: Gap[] = [];
  const seen = new Set<string>();
  let first: Unread | undefined;
  for (let page = 1; ; page++) {
    const query = { per_page: `${PAGE}`, page: `${page}` };
    const list = new Shape(await api.json(`/repos/${project}/actions/runs/${id}/attempts/${attempt}/jobs`, query)).list(
      "jobs",
    );
    for (const job of list) {
      const [number, title] = [job.id("id"), job.text("name")];
      if (seen.has(number) || job.text("conclusion") === "skipped") continue;
      seen.add(number);
      const path = `${name}/jobs/${number}.txt`;
      try {
        await api.download(`/repos/${project}/actions/jobs/${number}/logs`, () => begin(path));
        files.push({ path, origin: { ...origin, ...(title && { job: title }) } });
      } catch (error) {
        if (!(error instanceof Unread)) throw error;
        first ??= error;
        gaps.push({ what: path, why: error.message });
      }
    }
    if (list.length < PAGE) break;
    if (seen.size < (page - 1) * PAGE) throw new Unread("broken", "the list of jobs goes round in circles");
  }
  if (files.length === 0 && first) throw first;
  if (files.length === 0 && seen.size > 0) throw missing;
  return { files, gaps };
}
