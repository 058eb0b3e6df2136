import { type LogLeft, ScanError } from "../model/index.ts";
import { type AskLeft, artifactsOf, once, orUnknown, seeing } from "./learned.ts";
import { folderOf, isOf, type Listed, type OpenProvider, unfinished, type Wanted } from "./provider.ts";
import { baseAddress, Server } from "./server.ts";
import { Shape } from "./shape.ts";
import { singleLog } from "./single-log.ts";
import { Unread } from "./unread.ts";

const ADVICE =
  "Give JENKINS_USER_ID and JENKINS_API_TOKEN (the user's page, Security, API Token) of somebody who may read the job";

/**
 * Logs of Jenkins (jenkins.io/doc/book/using/remote-access-api). `project` is the address of a job, a folder or one build,
 * or its path with `JENKINS_URL`; user and token are in the variables of Jenkins' own command line.
 */
export const openJenkins: OpenProvider = (project, wanted, { env, ...surroundings }) => {
  const whole = /^https?:/i.test(project);
  const site = baseAddress(whole ? project : (env.JENKINS_URL ?? ""), whole ? "the address of the job" : "JENKINS_URL");
  const given = whole ? site.pathname : `${site.pathname.replace(/\/+$/, "")}/${project}`;
  const [, prefix, jobs, build] =
    /^(.*?)((?:\/job\/[^/]+)+)(?:\/(\d{1,10}))?\/*$/.exec(`/${given.replace(/^\/+/, "")}`) ?? [];
  if (prefix === undefined || jobs === undefined)
    throw new ScanError(
      "usage",
      "leakreach logs jenkins wants the address of a job or folder, such as https://ci.example.com/job/NAME",
    );
  if (wanted.workflow !== undefined) throw new ScanError("usage", "--workflow is not for Jenkins: name the job");
  const base = new URL(prefix || "/", site);
  const { JENKINS_USER_ID: user, JENKINS_API_TOKEN: token } = env;
  const headers = user && token ? { authorization: `Basic ${Buffer.from(`${user}:${token}`).toString("base64")}` } : {};
  const server = new Server({ base, headers, advice: ADVICE, ...surroundings });
  const names = jobs
    .split("/job/")
    .slice(1)
    .map((name) => decoded(name));
  return {
    name: `jenkins:${base.host}${jobs}`,
    // Its log is made by the controller, in its memory (jenkinsci/jenkins#16619).
    atOnce: 1,
    logs: () => logs({ server, wanted: { ...wanted, run: wanted.run ?? build } }, names, 0),
  };
};

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    throw new ScanError("usage", "the address of the job has a % that means nothing");
  }
}

interface Search {
  readonly server: Server;
  readonly wanted: Wanted;
}

const DEEPEST = 10;
const PAGE = 100;
const MOST_PAGES = 1000;

/** The logs of a job, or of all jobs in a folder. */
async function* logs(search: Search, names: readonly string[], depth: number): AsyncGenerator<Listed> {
  const { server, wanted } = search;
  const path = names.map((name) => `job/${encodeURIComponent(name)}`).join("/");
  const { value } = await server.json(server.address(`${path}/api/json`, { tree: "_class,jobs[name]" }));
  const children = new Shape(value).maybeList("jobs");
  if (children.length === 0) return yield* builds(search, path, names);
  if (depth === DEEPEST) throw new Unread("broken", `folders stand in one another more than ${DEEPEST} deep`);
  for (const child of children) {
    const name = child.text("name");
    if (name === undefined || (isMultibranch(value) && wanted.branch !== undefined && decoded(name) !== wanted.branch))
      continue;
    yield* logs(search, [...names, name], depth + 1);
  }
}

/** A job whose parts are branches: they are called like them, escaped. */
const isMultibranch = (value: unknown): boolean => /MultiBranchProject$/.test(new Shape(value).text("_class") ?? "");

async function* builds({ server, wanted }: Search, path: string, names: readonly string[]): AsyncGenerator<Listed> {
  const seen = new Set<string>();
  const open = seeingBuilds(server);
  for (let page = 0; page < MOST_PAGES; page++) {
    // `builds` ends after 100; a range of `allBuilds` can be asked for.
    const tree = `allBuilds[number,timestamp,duration,building]{${page * PAGE},${(page + 1) * PAGE}}`;
    const { value } = await server.json(server.address(`${path}/api/json`, { tree }));
    const list = new Shape(value).maybeList("allBuilds");
    let fresh = 0;
    for (const build of list) {
      const number = build.id("number");
      if (seen.has(number)) continue;
      seen.add(number);
      fresh++;
      const from = (build.number("timestamp") ?? 0) / 1000;
      const to = build.flag("building") ? undefined : from + (build.number("duration") ?? 0) / 1000;
      if ((wanted.run !== undefined && wanted.run !== number) || !isOf(wanted, from, to)) continue;
      yield listed({ server, wanted }, path, names, number, to === undefined, open);
    }
    if (list.length < PAGE) return;
    if (fresh === 0) throw new Unread("broken", "the list of builds goes round in circles");
  }
}

function listed(
  { server, wanted }: Search,
  path: string,
  names: readonly string[],
  number: string,
  running: boolean,
  open: Seeing,
): Listed {
  const { base } = server.access;
  const job = names.join("/");
  const name = `jenkins/${folderOf(base.host)}/${names.map(folderOf).join("/")}/${number}`;
  if (running) return unfinished(wanted, name);
  const page = server.address(`${path}/${number}/`).href;
  const deletion = `curl -X POST --user "$JENKINS_USER_ID:$JENKINS_API_TOKEN" '${page}doDelete'`;
  const origin = { system: "jenkins" as const, run: number, job, page, deletion };
  const log = singleLog(server, name, server.address(`${path}/${number}/consoleText`), origin);
  return { type: "log", log: { ...log, left: leftOf(server, `${path}/${number}`), open: open(`${path}/${number}`) } };
}

/** Who has no login may read what the permissions of `anonymous` say (jenkins.io/doc/book/security/access-control/permissions). */
const seeingBuilds = (server: Server) =>
  seeing(server, (build: string) => server.address(`${build}/consoleText`), "text/plain");

type Seeing = ReturnType<typeof seeingBuilds>;

const leftOf = (server: Server, build: string): AskLeft =>
  once(() => orUnknown("its artifacts are not known", () => artifacts(server, build)));

/** They are files of the build, read from its disk by the controller: of one build they cost little, of a list of builds much. */
async function artifacts(server: Server, build: string): Promise<LogLeft> {
  const tree = `keepLog,artifacts[relativePath]{0,${PAGE + 1}}`;
  const { value } = await server.json(server.address(`${build}/api/json`, { tree }));
  const found = new Shape(value);
  const all = found.maybeList("artifacts").map((artifact) => ({ name: artifact.text("relativePath") }));
  return { ...artifactsOf(all.slice(0, PAGE), all.length > PAGE), ...(found.flag("keepLog") && { kept: true }) };
}
