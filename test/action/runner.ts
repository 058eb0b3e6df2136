import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { folder } from "../config/folder.ts";
import { git } from "../sources/repository.ts";

interface Metadata {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly description: string }>>;
  readonly runs: { readonly using: string; readonly main: string };
}

/** `action.yml`, as the runner reads it. */
export const ACTION = parse(readFileSync("action.yml", "utf8")) as Metadata;

/** What a step of a workflow is given. */
export interface Step {
  readonly event: string;
  readonly payload?: unknown;
  readonly workspace: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

interface Exposure {
  readonly path: string;
  readonly line: number;
  readonly commit?: string;
}

/** What a step leaves behind. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly annotations: readonly string[];
  readonly report:
    | {
        readonly findings: readonly {
          readonly rule: string;
          readonly exposures: readonly Exposure[];
          readonly suppression?: { readonly by: string };
        }[];
        readonly gaps: readonly { readonly what: string; readonly why: string }[];
        readonly stats: {
          readonly notices: readonly string[];
          readonly complete: boolean;
          readonly suppressed: Readonly<Record<string, number>>;
        };
      }
    | undefined;
}

/** Runs the committed bundle as the runner does: `node MAIN` in the workspace, inputs in the environment, files to write to. */
export async function step({ event, payload, workspace, inputs = {}, env = {} }: Step): Promise<Ended> {
  const files = folder({ output: "", summary: "", "event.json": JSON.stringify(payload ?? {}) });
  const temp = folder({});
  const given = Object.entries(ACTION.inputs).map(([name, { default: value }]) => [
    `INPUT_${name.toUpperCase()}`,
    // An expression is filled in before the action is started.
    inputs[name] ?? (value.startsWith("${{") ? "" : value),
  ]);
  const child = spawn(process.execPath, [resolve(ACTION.runs.main)], {
    cwd: workspace,
    env: {
      PATH: process.env.PATH,
      HOME: temp,
      GIT_CONFIG_NOSYSTEM: "1",
      GITHUB_ACTIONS: "true",
      GITHUB_EVENT_NAME: event,
      GITHUB_EVENT_PATH: join(files, "event.json"),
      GITHUB_OUTPUT: join(files, "output"),
      GITHUB_STEP_SUMMARY: join(files, "summary"),
      GITHUB_WORKSPACE: workspace,
      RUNNER_TEMP: temp,
      ...Object.fromEntries(given),
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const)
    child[name].setEncoding("utf8").on("data", (text: string) => {
      said[name] += text;
    });
  const code = await new Promise<number | null>((done, fail) => child.on("error", fail).on("close", done));
  const outputs = outputsIn(readFileSync(join(files, "output"), "utf8"));
  const json = outputs["report-json"];
  return {
    code,
    ...said,
    summary: readFileSync(join(files, "summary"), "utf8"),
    outputs,
    annotations: said.stdout.split("\n").filter((line) => /^::(?:error|warning|notice)[ :]/.test(line)),
    report: json && existsSync(json) ? JSON.parse(readFileSync(json, "utf8")) : undefined,
  };
}

/** Reads the file of outputs as the runner does (actions/runner, FileCommandManager.cs). */
function outputsIn(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  const lines = text.split("\n");
  for (let at = 0; at < lines.length - 1; at++) {
    const [, name, delimiter] = /^([^=<]+)<<(.+)$/.exec(lines[at]!) ?? [];
    const end = delimiter === undefined ? -1 : lines.indexOf(delimiter, at + 1);
    if (name === undefined || end < 0) throw new Error(`the runner would refuse this line of outputs: ${lines[at]}`);
    outputs[name] = lines.slice(at + 1, end).join("\n");
    at = end;
  }
  return outputs;
}

export const head = (root: string): string => git(root, "rev-parse", "HEAD").trim();

/** Writes files, or removes those that are null, and commits. */
export function commit(root: string, files: Readonly<Record<string, string | null>>): string {
  for (const [path, content] of Object.entries(files)) {
    if (content === null) git(root, "rm", "-q", path);
    else {
      writeFileSync(join(root, path), content);
      git(root, "--literal-pathspecs", "add", "-f", path);
    }
  }
  git(root, "commit", "-q", "--allow-empty", "-m", "change");
  return head(root);
}

/** What GitHub is to a checkout: a bare repository that gives out any commit by its id, with refs of pull requests. */
export function server(origin: string): string {
  const root = folder({});
  git(root, "clone", "-q", "--mirror", origin, join(root, "remote.git"));
  const remote = join(root, "remote.git");
  for (const name of ["allowReachableSHA1InWant", "allowTipSHA1InWant", "allowAnySHA1InWant", "allowFilter"])
    git(remote, "config", `uploadpack.${name}`, "true");
  return remote;
}

/** Checks out one commit as actions/checkout does. */
export function checkout(
  remote: string,
  id: string,
  { depth = 1, ref = "refs/remotes/origin/work", filter = "" } = {},
): string {
  const root = folder({});
  git(root, "init", "-q");
  git(root, "remote", "add", "origin", `file://${remote}`);
  const deep = depth > 0 ? [`--depth=${depth}`] : ["+refs/heads/*:refs/remotes/origin/*"];
  git(
    root,
    "fetch",
    "-q",
    "--no-tags",
    ...(filter === "" ? [] : [`--filter=${filter}`]),
    ...(depth > 0 ? deep : []),
    "origin",
    `+${id}:${ref}`,
    ...(depth > 0 ? [] : deep),
  );
  git(root, "checkout", "-q", "--force", id);
  return root;
}

/** A pull request: its base, its last commit, and the commit GitHub makes of both. */
export interface PullRequest {
  readonly origin: string;
  readonly base: string;
  readonly head: string;
  readonly merge: string;
  readonly payload: unknown;
}

/** Makes a pull request of a branch `topic` into `main`, both in `origin`; checks out `topic` meanwhile. */
export function pullRequest(origin: string): PullRequest {
  const [base, tip] = ["main", "topic"].map((branch) => git(origin, "rev-parse", branch).trim()) as [string, string];
  git(origin, "checkout", "-q", "--detach", "main");
  git(origin, "merge", "-q", "--no-ff", "-m", "Merge topic into main", "topic");
  const merge = head(origin);
  git(origin, "update-ref", "refs/pull/7/merge", merge);
  git(origin, "update-ref", "refs/pull/7/head", tip);
  git(origin, "checkout", "-q", "topic");
  const commits = Number(git(origin, "rev-list", "--count", "main..topic"));
  const payload = {
    action: "synchronize",
    number: 7,
    pull_request: { number: 7, commits, base: { sha: base, ref: "main" }, head: { sha: tip, ref: "topic" } },
    repository: { default_branch: "main" },
  };
  return { origin, base, head: tip, merge, payload };
}

/** A repository on `main` with this in its first commit, and a new branch `topic` checked out. */
export function started(files: Readonly<Record<string, string>>): string {
  const root = folder(files);
  git(root, "init", "-q", "-b", "main");
  git(root, "add", "-A", "-f");
  git(root, "commit", "-qm", "first", "--allow-empty");
  git(root, "checkout", "-q", "-b", "topic");
  return root;
}
