import { ScanError } from "../model/index.ts";
import { absolute, type Next, pages } from "./pages.ts";
import { EARLIER, folderOf, isOf, type Listed, type OpenProvider, unfinished, type Wanted } from "./provider.ts";
import { baseAddress, Server } from "./server.ts";
import { Shape } from "./shape.ts";
import { singleLog } from "./single-log.ts";
import { type Visibility, visibilityOf } from "./visibility.ts";

const ADVICE = "Give a token in TRAVIS_TOKEN (travis token --com), of somebody who may see the repository";

/** Logs of Travis CI (developer.travis-ci.com: builds, jobs, log; version 3 of its API). `project` is OWNER/REPO. */
export const openTravis: OpenProvider = (project, wanted, { env, ...surroundings }) => {
  if (!/^[\w.-]{1,100}\/[\w.-]{1,100}$/.test(project))
    throw new ScanError("usage", "leakreach logs travis wants OWNER/REPO, such as acme/app");
  if (wanted.workflow !== undefined)
    throw new ScanError("usage", "--workflow is not for Travis: choose by --branch or --run");
  const base = baseAddress(env.TRAVIS_ENDPOINT || "https://api.travis-ci.com", "TRAVIS_ENDPOINT");
  const token = env.TRAVIS_TOKEN;
  const headers = { "travis-api-version": "3", ...(token && { authorization: `token ${token}` }) };
  const server = new Server({ base, headers, advice: ADVICE, ...surroundings });
  const at = base.host === "api.travis-ci.com" ? project : `${folderOf(base.host)}/${project}`;
  return { name: `travis:${at}`, atOnce: 4, logs: () => logs(server, project, `travis/${at}`, wanted) };
};

async function* logs(server: Server, project: string, folder: string, wanted: Wanted): AsyncGenerator<Listed> {
  const { run, branch, since } = wanted;
  const include = "build.jobs";
  const address = server.address(`repo/${encodeURIComponent(project)}`);
  let seen: Visibility | undefined;
  const jobsOf = async (build: Shape) => {
    // developer.travis-ci.com/resource/repository: `private`.
    seen ??= await visibilityOf(server, address, (repository) => repository.denies("private"));
    return jobs(server, project, folder, wanted, build, seen);
  };
  if (run !== undefined) {
    const { value } = await server.json(server.address(`build/${encodeURIComponent(run)}`, { include }));
    return yield* await jobsOf(new Shape(value));
  }
  const list = server.address(`repo/${encodeURIComponent(project)}/builds`, {
    limit: "100",
    include,
    sort_by: "id:desc",
    "branch.name": branch,
  });
  for await (const page of pages(server, list, nextOf)) {
    for (const build of new Shape(page).list("builds")) {
      const from = build.time("started_at");
      if (since !== undefined && from !== undefined && from < since - EARLIER) return;
      yield* await jobsOf(build);
    }
  }
}

/** `@pagination.next.@href` is a path of the API. */
const nextOf: Next = ({ value, address }) => {
  const next = new Shape(value).part("@pagination").part("next").text("@href");
  return next === undefined ? undefined : absolute(next, address);
};

function* jobs(
  server: Server,
  project: string,
  folder: string,
  wanted: Wanted,
  build: Shape,
  seen: Visibility,
): Generator<Listed> {
  for (const job of build.list("jobs")) {
    const [from, to] = [job.time("started_at"), job.time("finished_at")];
    if (from === undefined || !isOf(wanted, from, to)) continue;
    const [id, title] = [job.id("id"), job.text("number")];
    const name = `${folder}/jobs/${id}`;
    if (to === undefined) {
      yield unfinished(wanted, name);
      continue;
    }
    const deletion = `curl -X DELETE -H "Travis-API-Version: 3" -H "Authorization: token $TRAVIS_TOKEN" ${server.address(`job/${id}/log`).href}`;
    const page = `https://app.travis-ci.com/github/${project}/jobs/${id}`;
    const names = { run: build.id("id"), ...(title && { job: title }) };
    const origin = { system: "travis" as const, ...names, page, deletion, ...seen };
    yield { type: "log", log: singleLog(server, name, server.address(`job/${id}/log.txt`), origin) };
  }
}
