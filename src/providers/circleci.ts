import { type Gap, type LogOrigin, ScanError } from "../model/index.ts";
import { type AskLeft, artifactsOf, once, orUnknown, seeing } from "./learned.ts";
import { absolute, type Next, pages, withToken } from "./pages.ts";
import {
  type Begin,
  EARLIER,
  type FetchedLog,
  isOf,
  type Listed,
  type LogFile,
  type OpenProvider,
  unfinished,
  type Wanted,
} from "./provider.ts";
import { baseAddress, Server } from "./server.ts";
import { Shape } from "./shape.ts";
import { Unread } from "./unread.ts";

const ADVICE = "Give a personal token in CIRCLE_TOKEN or CIRCLECI_CLI_TOKEN, of somebody who may see the project";

/**
 * Logs of CircleCI. Pipelines, workflows and jobs are those of version 2 of its API; what steps printed is only in 1.1
 * (circleci.com/docs/api/v1: "Single job"). `project` is its slug: gh/ORG/REPO, bb/ORG/REPO or circleci/ID/ID.
 */
export const openCircleci: OpenProvider = (project, wanted, { env, ...surroundings }) => {
  if (!/^(?:gh|github|bb|bitbucket|circleci)\/[\w.-]{1,100}\/[\w.-]{1,100}$/.test(project))
    throw new ScanError("usage", "leakreach logs circleci wants the project's slug, such as gh/acme/app");
  const base = baseAddress(env.CIRCLECI_CLI_HOST || "https://circleci.com", "CIRCLECI_CLI_HOST");
  const token = env.CIRCLE_TOKEN || env.CIRCLECI_CLI_TOKEN;
  const server = new Server({ base, headers: token ? { "circle-token": token } : {}, advice: ADVICE, ...surroundings });
  return { name: `circleci:${project}`, atOnce: 4, logs: () => logs(server, project, wanted) };
};

async function* logs(server: Server, project: string, wanted: Wanted): AsyncGenerator<Listed> {
  const { run, branch, since } = wanted;
  const seen = seeingJobs(server, project);
  if (run !== undefined) {
    const path = /^\d+$/.test(run)
      ? `api/v2/project/${project}/pipeline/${run}`
      : `api/v2/pipeline/${encodeURIComponent(run)}`;
    const { value } = await server.json(server.address(path));
    return yield* pipelineLogs(server, project, wanted, new Shape(value), seen);
  }
  for await (const pipeline of items(server, server.address(`api/v2/project/${project}/pipeline`, { branch }))) {
    const created = pipeline.time("created_at");
    if (since !== undefined && created !== undefined && created < since - EARLIER) return;
    if (isOf(wanted, created, undefined)) yield* pipelineLogs(server, project, wanted, pipeline, seen);
  }
}

async function* items(server: Server, first: URL): AsyncGenerator<Shape> {
  const next: Next = ({ value }) => withToken(first, "page-token", new Shape(value).text("next_page_token"));
  for await (const page of pages(server, first, next)) yield* new Shape(page).list("items");
}

async function* pipelineLogs(
  server: Server,
  project: string,
  wanted: Wanted,
  pipeline: Shape,
  seen: Seeing,
): AsyncGenerator<Listed> {
  const run = `${pipeline.number("number") ?? pipeline.id("id")}`;
  for await (const workflow of items(server, server.address(`api/v2/pipeline/${pipeline.id("id")}/workflow`))) {
    if (wanted.workflow !== undefined && workflow.text("name") !== wanted.workflow) continue;
    for await (const job of items(server, server.address(`api/v2/workflow/${workflow.id("id")}/job`))) {
      const [from, to, number] = [job.time("started_at"), job.time("stopped_at"), job.number("job_number")];
      // Approvals have no number, and print nothing.
      if (number === undefined || from === undefined || !isOf(wanted, from, to)) continue;
      const name = `circleci/${project}/jobs/${number}`;
      if (to === undefined) yield unfinished(wanted, name);
      else {
        const title = job.text("name");
        const page = `https://app.circleci.com/pipelines/${project}/${run}/workflows/${workflow.id("id")}/jobs/${number}`;
        const origin: LogOrigin = { system: "circleci", run, ...(title && { job: title }), page };
        const [left, open] = [leftOf(server, project, number), seen(number)];
        const whole = { server, project, number, name, origin };
        yield { type: "log", log: { name, fetch: (begin) => steps(whole, begin), left, open } };
      }
    }
  }
}

/** The logs of a public repository are public (circleci.com/docs/guides/integration/oss, "Security"): then version 1.1 gives a job to anybody. */
const seeingJobs = (server: Server, project: string) =>
  seeing(server, (number: number) => server.address(`api/v1.1/project/${project}/${number}`), "application/json");

type Seeing = ReturnType<typeof seeingJobs>;

/** circleci.com/docs/api/v2, "Get a job's artifacts": it does not say when they expire. */
const leftOf = (server: Server, project: string, number: number): AskLeft =>
  once(() =>
    orUnknown("its artifacts are not known", async () => {
      const { value } = await server.json(server.address(`api/v2/project/${project}/${number}/artifacts`));
      const list = new Shape(value);
      const all = list.list("items").map((artifact) => ({ name: artifact.text("path") }));
      return artifactsOf(all, list.text("next_page_token") !== undefined);
    }),
  );

interface Job {
  readonly server: Server;
  readonly project: string;
  readonly number: number;
  readonly name: string;
  readonly origin: LogOrigin;
}

/** What each step of a job printed, of each machine that ran it. */
async function steps(job: Job, begin: Begin): Promise<FetchedLog> {
  const files: LogFile[] = [];
  const gaps: Gap[] = [];
  const actions = await actionsOf(job).catch((error: unknown) => {
    throw error instanceof Unread && error.trouble === "missing"
      ? new Unread("expired", "it has expired, or was deleted: the list has this job, and nothing else of it (404)")
      : error;
  });
  for (const [at, action] of actions.entries()) {
    const path = `${job.name}/${at}.json`;
    const step = action.text("name");
    if (action.text("output_url") === undefined) continue;
    try {
      await job.server.download(fresh(job, at, action), () => begin(path));
      files.push({ path, origin: { ...job.origin, ...(step && { step }) } });
      if (action.flag("truncated"))
        gaps.push({
          what: path,
          why: "CircleCI cut it, since it grew too long: what was printed after that is not in it",
        });
    } catch (error) {
      if (!(error instanceof Unread)) throw error;
      gaps.push({ what: path, why: error.message });
    }
  }
  return { files, gaps };
}

/** The address of a step's output: as the list has it, and for another try a new one, since it is good for minutes. */
function fresh(job: Job, at: number, action: Shape): () => Promise<URL> {
  let known: Shape | undefined = action;
  return async () => {
    const text = (known ?? (await actionsOf(job))[at])?.text("output_url");
    known = undefined;
    if (text === undefined) throw new Unread("expired", "its output is no more");
    return absolute(text, job.server.access.base);
  };
}

async function actionsOf({ server, project, number }: Job): Promise<readonly Shape[]> {
  const { value } = await server.json(server.address(`api/v1.1/project/${project}/${number}`));
  return new Shape(value).list("steps").flatMap((step) => step.list("actions"));
}
