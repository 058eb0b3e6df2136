import { type LogLeft, ScanError } from "../model/index.ts";
import { type AskLeft, artifactsOf, once, orUnknown } from "./learned.ts";
import { linkedNext, pages } from "./pages.ts";
import { EARLIER, isOf, type Listed, type OpenProvider, unfinished, type Wanted } from "./provider.ts";
import { baseAddress, Server } from "./server.ts";
import { listOf, Shape } from "./shape.ts";
import { singleLog } from "./single-log.ts";
import { visible } from "./visibility.ts";

const ADVICE = "Give a token in BUILDKITE_API_TOKEN with the scopes `read_builds` and `read_build_logs`";

/** Logs of Buildkite (buildkite.com/docs/apis/rest-api: builds, jobs). `project` is ORGANIZATION/PIPELINE, as addresses have them. */
export const openBuildkite: OpenProvider = (project, wanted, { env, ...surroundings }) => {
  const [, organization, pipeline] = /^([\w.-]{1,100})\/([\w.-]{1,200})$/.exec(project) ?? [];
  if (!organization || !pipeline) throw new ScanError("usage", "leakreach logs buildkite wants ORGANIZATION/PIPELINE");
  if (wanted.workflow !== undefined)
    throw new ScanError("usage", "--workflow is not for Buildkite: the pipeline is the project");
  const base = baseAddress(env.BUILDKITE_API_URL || "https://api.buildkite.com", "BUILDKITE_API_URL");
  const headers = env.BUILDKITE_API_TOKEN ? { authorization: `Bearer ${env.BUILDKITE_API_TOKEN}` } : {};
  const server = new Server({ base, headers, advice: ADVICE, ...surroundings });
  const path = `v2/organizations/${organization}/pipelines/${pipeline}/builds`;
  return { name: `buildkite:${project}`, atOnce: 4, logs: () => logs(server, path, project, wanted) };
};

async function* logs(server: Server, path: string, project: string, wanted: Wanted): AsyncGenerator<Listed> {
  const { run, branch, since, until } = wanted;
  if (run !== undefined) {
    const address = server.address(`${path}/${encodeURIComponent(run)}`, { include_retried_jobs: "true" });
    return yield* jobs(server, path, project, wanted, new Shape((await server.json(address)).value));
  }
  const iso = (seconds: number) => new Date(seconds * 1000).toISOString();
  const list = server.address(path, {
    per_page: "100",
    include_retried_jobs: "true",
    branch,
    created_from: since === undefined ? undefined : iso(since - EARLIER),
    created_to: until === undefined ? undefined : iso(until),
  });
  for await (const page of pages(server, list, linkedNext))
    for (const build of listOf(page, "builds")) yield* jobs(server, path, project, wanted, build);
}

function* jobs(server: Server, path: string, project: string, wanted: Wanted, build: Shape): Generator<Listed> {
  const number = build.id("number");
  const seen = visible(build.part("pipeline").text("visibility") === "public");
  for (const job of build.maybeList("jobs")) {
    const [from, to] = [job.time("started_at"), job.time("finished_at")];
    // Waiting and triggering steps print nothing, and neither does what never began.
    if (job.text("type") !== "script" || from === undefined || !isOf(wanted, from, to)) continue;
    const [id, title] = [job.id("id"), job.text("name") ?? job.text("step_key")];
    const name = `buildkite/${project}/builds/${number}/jobs/${id}`;
    if (to === undefined) {
      yield unfinished(wanted, name);
      continue;
    }
    const address = server.address(`${path}/${number}/jobs/${id}/log.txt`);
    const deletion = `curl -X DELETE -H "Authorization: Bearer $BUILDKITE_API_TOKEN" ${server.address(`${path}/${number}/jobs/${id}/log`).href}`;
    const page = `https://buildkite.com/${project}/builds/${number}#${id}`;
    const origin = { system: "buildkite" as const, run: number, ...(title && { job: title }), page, deletion, ...seen };
    const left = leftOf(server, `${path}/${number}/jobs/${id}/artifacts`);
    yield { type: "log", log: { ...singleLog(server, name, address, origin), left } };
  }
}

const leftOf = (server: Server, path: string): AskLeft =>
  once(() => orUnknown("its artifacts are not known", () => artifacts(server, path)));

/** buildkite.com/docs/apis/rest-api/artifacts, "List artifacts for a job", "Delete an artifact". */
async function artifacts(server: Server, path: string): Promise<LogLeft> {
  const address = server.address(path, { per_page: "100" });
  const { value, headers } = await server.json(address);
  const there = listOf(value, "artifacts").filter((artifact) => artifact.text("state") === "finished");
  const all = there.map((artifact) => ({ name: artifact.text("path"), bytes: artifact.number("file_size") }));
  const curl = 'curl -H "Authorization: Bearer $BUILDKITE_API_TOKEN"';
  const deletion = `${curl} '${address.href}' | jq -r '.[].id' | xargs -I{} ${curl} -X DELETE ${server.address(path).href}/{}`;
  return { ...artifactsOf(all, linkedNext({ value, headers, address }) !== undefined), deletion };
}
