import { type Gap, type LogOrigin, ScanError } from "../model/index.ts";
import { type AskLeft, artifactsOf, once, orUnknown } from "./learned.ts";
import { pages, withToken } from "./pages.ts";
import {
  type Begin,
  type FetchedLog,
  folderOf,
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
import { visible } from "./visibility.ts";

const ADVICE =
  "Give a token in AZURE_DEVOPS_EXT_PAT with the scope Build (read), or in SYSTEM_ACCESSTOKEN that of a job, and check the names";
const VERSION = "7.1";

/** Logs of Azure Pipelines (learn.microsoft.com/rest/api/azure/devops/build). `project` is ORGANIZATION/PROJECT. */
export const openAzure: OpenProvider = (project, wanted, { env, ...surroundings }) => {
  const [, organization, name] = /^([^/?#\\%]{1,100})\/([^/?#\\%]{1,100})$/.exec(project) ?? [];
  if (!organization || !name || /^\.+$/.test(organization) || /^\.+$/.test(name))
    throw new ScanError("usage", "leakreach logs azure wants ORGANIZATION/PROJECT");
  if (wanted.workflow !== undefined && !/^\d{1,10}$/.test(wanted.workflow))
    throw new ScanError(
      "usage",
      "--workflow is the number of a definition for Azure Pipelines (definitionId in its address)",
    );
  const base = baseAddress(env.AZURE_DEVOPS_URL || "https://dev.azure.com", "AZURE_DEVOPS_URL");
  const server = new Server({ base, headers: credentials(env), advice: ADVICE, ...surroundings });
  const path = `${encodeURIComponent(organization)}/${encodeURIComponent(name)}`;
  const folder = `azure/${base.host === "dev.azure.com" ? "" : `${folderOf(base.host)}/`}${folderOf(organization)}/${folderOf(name)}`;
  return { name: `azure:${project}`, atOnce: 4, logs: () => logs(server, path, folder, wanted) };
};

function credentials({
  AZURE_DEVOPS_EXT_PAT: pat,
  SYSTEM_ACCESSTOKEN: token,
}: Readonly<Record<string, string | undefined>>) {
  if (pat) return { authorization: `Basic ${Buffer.from(`:${pat}`).toString("base64")}` };
  return token ? { authorization: `Bearer ${token}` } : {};
}

async function* logs(server: Server, path: string, folder: string, wanted: Wanted): AsyncGenerator<Listed> {
  const { run, workflow, branch, since } = wanted;
  const builds = `${path}/_apis/build/builds`;
  if (run !== undefined) {
    const { value } = await server.json(
      server.address(`${builds}/${encodeURIComponent(run)}`, { "api-version": VERSION }),
    );
    return yield* listed(server, builds, folder, wanted, new Shape(value));
  }
  // Times are those of the order: what had ended before has printed nothing since.
  const list = server.address(builds, {
    "api-version": VERSION,
    $top: "100",
    queryOrder: "finishTimeDescending",
    definitions: workflow,
    branchName: branch === undefined || branch.startsWith("refs/") ? branch : `refs/heads/${branch}`,
    minTime: since === undefined ? undefined : new Date(since * 1000).toISOString(),
  });
  const next = (answer: { readonly headers: Headers }) =>
    withToken(list, "continuationToken", answer.headers.get("x-ms-continuationtoken"));
  for await (const page of pages(server, list, next))
    for (const build of new Shape(page).list("value")) yield* listed(server, builds, folder, wanted, build);
}

function* listed(server: Server, builds: string, folder: string, wanted: Wanted, build: Shape): Generator<Listed> {
  const [from, to] = [build.time("startTime"), build.time("finishTime")];
  if (from === undefined || !isOf(wanted, from, to)) return;
  const id = build.id("id");
  const name = `${folder}/builds/${id}`;
  if (build.text("status") !== "completed") return yield unfinished(wanted, name);
  yield {
    type: "log",
    log: {
      name,
      fetch: (begin) => whole(server, `${builds}/${id}`, name, originOf(server, builds, build), begin),
      left: leftOf(server, `${builds}/${id}`, build.flag("keepForever") || build.flag("retainedByRelease")),
    },
  };
}

/** Artifacts - List, and what the build itself says; log and artifacts go with it. */
function leftOf(server: Server, build: string, kept: boolean): AskLeft {
  return once(async () => {
    const beside = await orUnknown("its artifacts are not known", async () => {
      const { value } = await server.json(server.address(`${build}/artifacts`, { "api-version": VERSION }));
      return artifactsOf(new Shape(value).list("value").map((artifact) => ({ name: artifact.text("name") })));
    });
    return { ...beside, ...(kept && { kept }) };
  });
}

function originOf(server: Server, builds: string, build: Shape): LogOrigin {
  const id = build.id("id");
  const page = server.address(builds.replace("_apis/build/builds", "_build/results"), { buildId: id }).href;
  const deletion = `curl -X DELETE --user ":$AZURE_DEVOPS_EXT_PAT" '${server.address(`${builds}/${id}`, { "api-version": VERSION }).href}'`;
  return {
    system: "azure",
    run: id,
    page,
    deletion,
    ...visible(build.part("project").text("visibility") === "public"),
  };
}

/** Each task has a log of its own; the timeline has its name, and that of its job. */
async function whole(
  server: Server,
  build: string,
  name: string,
  origin: LogOrigin,
  begin: Begin,
): Promise<FetchedLog> {
  const query = { "api-version": VERSION };
  const { value } = await server.json(server.address(`${build}/logs`, query)).catch((error: unknown) => {
    throw error instanceof Unread && error.trouble === "missing"
      ? new Unread("expired", "it has expired, or was deleted: its build is there, and it is not (404)")
      : error;
  });
  const titles = await titlesOf(server, build);
  const files: LogFile[] = [];
  const gaps: Gap[] = [];
  for (const log of new Shape(value).list("value")) {
    const id = log.id("id");
    const path = `${name}/${id}.txt`;
    try {
      await server.download(
        () => server.address(`${build}/logs/${id}`, query),
        () => begin(path),
        "text/plain",
      );
      files.push({ path, origin: { ...origin, ...titles.get(id) } });
    } catch (error) {
      if (!(error instanceof Unread)) throw error;
      gaps.push({ what: path, why: error.message });
    }
  }
  return { files, gaps };
}

type Titles = ReadonlyMap<string, Pick<LogOrigin, "job" | "step">>;

/** What the logs of a build are called, by their number (Timeline - Get). Without it they are read all the same. */
async function titlesOf(server: Server, build: string): Promise<Titles> {
  const found = await server
    .json(server.address(`${build}/timeline`, { "api-version": VERSION }))
    .catch((error: unknown) => {
      if (error instanceof Unread) return undefined;
      throw error;
    });
  const records = new Shape(found?.value).maybeList("records");
  const byId = new Map(records.map((record) => [record.text("id") ?? "", record]));
  return new Map(
    records.flatMap((record) => {
      const log = record.part("log").number("id");
      if (log === undefined) return [];
      const isTask = record.text("type") === "Task";
      const job = (isTask ? byId.get(record.text("parentId") ?? "") : record)?.text("name");
      const step = isTask ? record.text("name") : undefined;
      return [[`${log}`, { ...(job && { job }), ...(step && { step }) }] as const];
    }),
  );
}
