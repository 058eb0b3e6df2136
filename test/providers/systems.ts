import type { LogLeft } from "../../src/model/index.ts";
import type { ProviderName } from "../../src/providers/provider.ts";
import { token } from "../scan/running.ts";
import type { Answer, Asked } from "./service.ts";

/** A system with a project of some jobs, listed on three pages; job n prints `token(n)`. */
export interface Mock {
  readonly provider: ProviderName;
  readonly project: string;
  /** Where it is, and its credential, `secret`. */
  readonly env: (url: string, secret: string) => Readonly<Record<string, string>>;
  /** Numbers of the jobs, in the order of the list. */
  readonly jobs: readonly number[];
  /** Whether a request is one for the list of jobs. */
  readonly isList: (asked: Asked) => boolean;
  /** The job whose log a request asks for. */
  readonly logOf: (asked: Asked) => number | undefined;
  /** Every answer but logs; `url` is the server's own. */
  readonly answer: (asked: Asked, url: string) => Answer;
  /** A log as the system keeps it. */
  readonly log: (text: string) => string;
  /** Whether a request asks for the artifacts of a job, and what is said of those of job 3, as two are listed. */
  readonly isBeside: (asked: Asked) => boolean;
  readonly left: LogLeft | undefined;
  /** What a place says of job 3: run, job, step. */
  readonly place: readonly [run: string | undefined, job: string | undefined, step: string | undefined];
}

const DAY = "2025-03-15T";
const JOBS = [5, 4, 3, 2, 1];
const times = (n: number) => ({ started_at: `${DAY}09:0${n}:00.000Z`, finished_at: `${DAY}09:1${n}:00.000Z` });
const pageOf = <T>(all: readonly T[], page: number): T[] => all.slice(page * 2, page * 2 + 2);
const numbered =
  (pattern: RegExp) =>
  ({ path }: Asked): number | undefined => {
    const found = pattern.exec(path)?.[1];
    return found === undefined ? undefined : Number(found);
  };

/** docs.gitlab.com/api/jobs: "List project jobs", "Get a log file"; docs.gitlab.com/api/rest: "Keyset-based pagination". */
const gitlab: Mock = {
  provider: "gitlab",
  project: "acme/group/app",
  env: (url, secret) => ({ GITLAB_URL: url, GITLAB_TOKEN: secret }),
  jobs: JOBS,
  isList: ({ path }) => path === "/api/v4/projects/acme%2Fgroup%2Fapp/jobs",
  logOf: numbered(/\/jobs\/(\d+)\/trace$/),
  answer: ({ query }, url) => {
    const page = Number(query.get("id_before") ?? 0);
    const body = pageOf(JOBS, page).map((id) => ({
      id,
      name: `job ${id}`,
      ref: "main",
      status: "success",
      created_at: `${DAY}09:00:00.000Z`,
      ...times(id),
      erased_at: null,
      pipeline: { id: 60 + id },
      web_url: `${url}/acme/app/-/jobs/${id}`,
      artifacts: [
        { file_type: "archive", size: 1000, filename: "artifacts.zip", file_format: "zip" },
        { file_type: "metadata", size: 186, filename: "metadata.gz", file_format: "gzip" },
        { file_type: "trace", size: 1500, filename: "job.log", file_format: "raw" },
        { file_type: "junit", size: 750, filename: "junit.xml.gz", file_format: "gzip" },
      ],
      artifacts_expire_at: "2027-02-01T17:54:27.895Z",
    }));
    const link = `<http://proxied.example/api/v4/projects/1/jobs?id_before=${page + 1}&per_page=100>; rel="next"`;
    return { headers: page < 2 ? { link } : {}, body };
  },
  log: (text) =>
    `\x1b[0Ksection_start:1742029200:step_script\r\x1b[0K${text}\nsection_end:1742029201:step_script\r\x1b[0K\n`,
  isBeside: () => false,
  left: { artifacts: { count: 2, names: ["artifacts.zip", "junit.xml.gz"], bytes: 1750, expires: "2027-02-01" } },
  place: ["63", "job 3", "step_script"],
};

const BUILDS = Array.from({ length: 201 }, (_, i) => 201 - i);

/** jenkins.io/doc/book/using/remote-access-api, and the page `api` of every Jenkins: `tree` with ranges, `consoleText`, `keepLog` and `artifacts` of a build. */
const jenkins: Mock = {
  provider: "jenkins",
  project: "job/team/job/app",
  env: (url, secret) => ({ JENKINS_URL: url, JENKINS_USER_ID: "ann", JENKINS_API_TOKEN: secret }),
  jobs: BUILDS,
  isList: ({ query }) => query.get("tree")?.startsWith("allBuilds") ?? false,
  logOf: numbered(/\/(\d+)\/consoleText$/),
  answer: ({ query }) => {
    if (query.get("tree") === "keepLog,artifacts[relativePath]{0,101}")
      return { body: { keepLog: true, artifacts: [{ relativePath: "target/app.jar" }, { relativePath: "b.txt" }] } };
    const range = /\{(\d+),(\d+)\}/.exec(query.get("tree") ?? "");
    if (!range) return { body: { _class: "org.jenkinsci.plugins.workflow.job.WorkflowJob" } };
    const timestamp = Date.parse(`${DAY}09:00:00Z`);
    const allBuilds = BUILDS.slice(Number(range[1]), Number(range[2])).map((number) => ({
      number,
      timestamp,
      duration: 1000,
      building: false,
    }));
    return { body: { _class: "org.jenkinsci.plugins.workflow.job.WorkflowJob", allBuilds } };
  },
  log: (text) => `Started by user ann\n[Pipeline] { (Deploy)\n${text}\n`,
  isBeside: ({ query }) => query.get("tree")?.startsWith("keepLog") ?? false,
  left: { artifacts: { count: 2, names: ["target/app.jar", "b.txt"] }, kept: true },
  place: ["3", "team/app", "Deploy"],
};

/** circleci.com/docs/api/v2: pipelines, workflows, jobs, `next_page_token`, "Get a job's artifacts"; circleci.com/docs/api/v1: "Single job". */
const circleci: Mock = {
  provider: "circleci",
  project: "gh/acme/app",
  env: (url, secret) => ({ CIRCLECI_CLI_HOST: url, CIRCLE_TOKEN: secret }),
  jobs: JOBS,
  isList: ({ path }) => path === "/api/v2/project/gh/acme/app/pipeline",
  logOf: numbered(/\/output\/(\d+)$/),
  answer: ({ path, query }, url) => {
    const id = /[pw]-(\d)\//.exec(path)?.[1];
    if (path.endsWith("/workflow"))
      return { body: { items: [{ id: `w-${id}`, name: "build-and-test", status: "success" }], next_page_token: null } };
    if (path.includes("/v2/workflow/")) {
      const { started_at, finished_at: stopped_at } = times(Number(id));
      const job = { job_number: Number(id), name: `job ${id}`, status: "success", started_at, stopped_at };
      const approval = { name: "hold", type: "approval", status: "success", started_at: null };
      return { body: { items: [approval, job], next_page_token: null } };
    }
    if (path.endsWith("/artifacts")) {
      const items = [
        { path: "coverage/index.html", node_index: 0, url: "https://output.example/1" },
        { path: "app.tgz", node_index: 0, url: "https://output.example/2" },
      ];
      return { body: { items, next_page_token: null } };
    }
    const number = /^\/api\/v1\.1\/project\/gh\/acme\/app\/(\d+)$/.exec(path)?.[1];
    if (number !== undefined) {
      const quiet = { name: "Spin up environment", index: 0, has_output: false };
      const loud = {
        name: "./deploy.sh",
        index: 0,
        has_output: true,
        truncated: false,
        output_url: `${url}/output/${number}`,
      };
      return {
        body: {
          steps: [
            { name: "Spin up environment", actions: [quiet] },
            { name: "./deploy.sh", actions: [loud] },
          ],
        },
      };
    }
    const page = Number(query.get("page-token")?.slice(1) ?? 0);
    const items = pageOf(JOBS, page).map((n) => ({ id: `p-${n}`, number: 60 + n, created_at: `${DAY}09:00:00.000Z` }));
    return { body: { items, next_page_token: page < 2 ? `t${page + 1}` : null } };
  },
  log: (text) => JSON.stringify([{ message: `${text}\r\n`, time: `${DAY}09:03:30.000Z`, type: "out" }]),
  isBeside: ({ path }) => path.endsWith("/artifacts"),
  left: { artifacts: { count: 2, names: ["coverage/index.html", "app.tgz"] } },
  place: ["63", "job 3", "./deploy.sh"],
};

/** learn.microsoft.com/rest/api/azure/devops/build: Builds - List, Builds - Get Build Logs, Builds - Get Build Log, Timeline - Get, Artifacts - List. */
const azure: Mock = {
  provider: "azure",
  project: "acme/My App",
  env: (url, secret) => ({ AZURE_DEVOPS_URL: url, AZURE_DEVOPS_EXT_PAT: secret }),
  jobs: JOBS,
  isList: ({ path }) => path === "/acme/My%20App/_apis/build/builds",
  logOf: numbered(/\/builds\/(\d+)\/logs\/7$/),
  answer: ({ path, query }) => {
    if (path.endsWith("/logs")) return { body: { count: 1, value: [{ id: 7, type: "Container", lineCount: 3 }] } };
    if (path.endsWith("/artifacts")) {
      const value = ["drop", "symbols"].map((name, at) => ({ id: at, name, resource: { type: "Container" } }));
      return { body: { count: 2, value } };
    }
    if (path.endsWith("/timeline")) {
      const job = { id: "a", type: "Job", name: "Linux", log: null };
      return { body: { records: [job, { id: "b", parentId: "a", type: "Task", name: "Deploy", log: { id: 7 } }] } };
    }
    const page = Number(query.get("continuationToken") ?? 0);
    const value = pageOf(JOBS, page).map((id) => {
      const { started_at: startTime, finished_at: finishTime } = times(id);
      return { id, buildNumber: `20250315.${id}`, status: "completed", startTime, finishTime, keepForever: true };
    });
    return {
      headers: page < 2 ? { "x-ms-continuationtoken": `${page + 1}` } : {},
      body: { count: value.length, value },
    };
  },
  log: (text) => `${DAY}09:03:30.1234567Z ##[section]Starting: Deploy\n${DAY}09:03:31.1234567Z ${text}\n`,
  isBeside: ({ path }) => path.endsWith("/artifacts"),
  left: { artifacts: { count: 2, names: ["drop", "symbols"] }, kept: true },
  place: ["3", "Linux", "Deploy"],
};

/** buildkite.com/docs/apis/rest-api: "Pagination"; .../builds: "List builds for a pipeline"; .../jobs: "Get a job's log output"; .../artifacts: "List artifacts for a job". */
const buildkite: Mock = {
  provider: "buildkite",
  project: "acme/app",
  env: (url, secret) => ({ BUILDKITE_API_URL: url, BUILDKITE_API_TOKEN: secret }),
  jobs: JOBS,
  isList: ({ path }) => path === "/v2/organizations/acme/pipelines/app/builds",
  logOf: numbered(/\/jobs\/j-(\d+)\/log\.txt$/),
  answer: ({ path, query }, url) => {
    if (path.endsWith("/artifacts"))
      return {
        body: [
          { id: "a-1", state: "finished", path: "dist/app.tar.gz", filename: "app.tar.gz", file_size: 529_371 },
          { id: "a-2", state: "finished", path: "log/test.log", filename: "test.log", file_size: 1000 },
          { id: "a-3", state: "expired", path: "old.txt", filename: "old.txt", file_size: 7 },
        ],
      };
    const page = Number(query.get("page") ?? 1);
    const body = pageOf(JOBS, page - 1).map((n) => ({
      number: 60 + n,
      state: "passed",
      jobs: [
        { id: `w-${n}`, type: "waiter" },
        { id: `j-${n}`, type: "script", name: `job ${n}`, state: "passed", ...times(n) },
      ],
    }));
    const link = `<${url}/v2/organizations/acme/pipelines/app/builds?page=9>; rel="last", <${url}/v2/organizations/acme/pipelines/app/builds?page=${page + 1}>; rel="next"`;
    return { headers: page < 3 ? { link } : {}, body };
  },
  isBeside: ({ path }) => path.endsWith("/artifacts"),
  left: { artifacts: { count: 2, names: ["dist/app.tar.gz", "log/test.log"], bytes: 530_371 } },
  log: (text) => `\x1b_bk;t=1742029410000\x07--- Deploy\n\x1b_bk;t=1742029411000\x07${text}\n`,
  place: ["63", "job 3", "Deploy"],
};

/** developer.travis-ci.com: "Pagination"; resource/builds, resource/job, resource/log. */
const travis: Mock = {
  provider: "travis",
  project: "acme/app",
  env: (url, secret) => ({ TRAVIS_ENDPOINT: url, TRAVIS_TOKEN: secret }),
  jobs: JOBS,
  isList: ({ path }) => path === "/repo/acme%2Fapp/builds",
  logOf: numbered(/^\/job\/(\d+)\/log\.txt$/),
  answer: ({ query }) => {
    const offset = Number(query.get("offset") ?? 0);
    const builds = JOBS.slice(offset, offset + 2).map((n) => ({
      "@type": "build",
      id: 60 + n,
      state: "passed",
      ...times(n),
      jobs: [{ "@type": "job", id: n, number: `${60 + n}.1`, state: "passed", ...times(n) }],
    }));
    const next = offset + 2 < JOBS.length ? { "@href": `/repo/acme%2Fapp/builds?limit=2&offset=${offset + 2}` } : null;
    return { body: { "@type": "builds", "@pagination": { limit: 2, offset, next }, builds } };
  },
  log: (text) => `travis_fold:start:deploy\r\x1b[0K${text}\r\ntravis_fold:end:deploy\r\x1b[0K\r\n`,
  isBeside: () => false,
  left: undefined,
  place: ["63", "63.1", "deploy"],
};

export const MOCKS: readonly Mock[] = [gitlab, jenkins, circleci, azure, buildkite, travis];

/** The log of job n. */
export const logText = (mock: Mock, n: number): string => mock.log(`DEPLOY_TOKEN=${token(n)}`);

/** Answers everything as the system does when all is well. */
export const sound =
  (mock: Mock, urlOf: () => string) =>
  (asked: Asked): Answer => {
    const job = mock.logOf(asked);
    return job === undefined ? mock.answer(asked, urlOf()) : { body: logText(mock, job) };
  };
