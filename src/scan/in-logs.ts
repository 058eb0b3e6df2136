import {
  type Anatomy,
  artifactCount,
  grouped,
  type Hint,
  type LogPlace,
  type LogSystem,
  leftText,
  type Remedy,
} from "../model/index.ts";
import type { Credential } from "./group.ts";

/** What the logs that a credential was printed in say about it. */
export interface InLogs {
  /** When it was printed last, and when its job had ended. Epoch seconds. */
  readonly seen?: number;
  readonly ended?: number;
  /** The time to judge it by: a token that one job was given is judged by the end of that job. */
  readonly now: number;
  readonly hints: readonly Hint[];
  readonly cleanUp?: readonly Step[];
}

type Step = Omit<Remedy, "owner">;

/** How the logs of a system are deleted, and how long it keeps them if nobody does. */
interface Deleting extends Step {
  readonly keeping?: string;
}

/** Rules of tokens that are worth nothing once their job has ended. */
const OF_A_JOB = /^gitlab-job-token(?:-jwt)?$/;
/** The same of tokens that may also be an app's own, which lasts an hour: their name tells. */
const OF_A_JOB_BY_NAME = /^github-app-installation(?:-jwt)?$/;
const JOB_NAME = /github[._]?token$/i;

/** How long systems keep logs, and how one is deleted (their REST references). */
const DELETING: Readonly<Partial<Record<LogSystem, Deleting>>> = {
  github: {
    action: "Then delete the log of that run, and its artifacts if they hold the same",
    keeping:
      "GitHub keeps both for 90 days unless the settings say otherwise, and whoever can read the repository can read them",
    where: "https://docs.github.com/rest/actions/workflow-runs#delete-workflow-run-logs",
    command: "gh api -X DELETE repos/{owner}/{repo}/actions/runs/{run_id}/logs",
  },
  gitlab: {
    action: "Then erase the job's log and artifacts",
    keeping: "GitLab keeps the log until it is erased",
    where: "https://docs.gitlab.com/api/jobs/#erase-a-job",
    command: 'curl -X POST --header "PRIVATE-TOKEN: $TOKEN" https://{host}/api/v4/projects/{id}/jobs/{job_id}/erase',
  },
  jenkins: {
    action: "Then delete that build",
    keeping: "Jenkins keeps its log and artifacts as long as the build",
    command: "curl -X POST --user {user}:{api token} https://{host}/job/{job}/{number}/doDelete",
  },
  circleci: {
    action: "Then ask CircleCI's support to delete the output of that job, as there is no call for it",
    keeping: "artifacts that hold the same are kept for 30 days unless the plan's settings say less",
    where: "https://circleci.com/docs/artifacts",
  },
  azure: {
    action: "Then delete that run with its logs and artifacts",
    keeping: "Azure keeps them for 30 days unless the settings say otherwise",
    where: "https://learn.microsoft.com/rest/api/azure/devops/build/builds/delete",
    command:
      "curl -X DELETE --user :$PAT 'https://dev.azure.com/{org}/{project}/_apis/build/builds/{id}?api-version=7.1'",
  },
  buildkite: {
    action: "Then delete the job's log, and its artifacts if they hold the same",
    keeping: "Buildkite keeps both apart, as long as the plan says",
    where: "https://buildkite.com/docs/apis/rest-api/jobs#delete-a-jobs-log-output",
    command:
      'curl -X DELETE -H "Authorization: Bearer $TOKEN" https://api.buildkite.com/v2/organizations/{org}/pipelines/{pipeline}/builds/{number}/jobs/{id}/log',
  },
  travis: {
    action: "Then delete the job's log",
    keeping: "Travis names no time after which it goes by itself, and keeps no artifacts",
    where: "https://developer.travis-ci.com/resource/log",
    command:
      'curl -X DELETE -H "Travis-API-Version: 3" -H "Authorization: token $TOKEN" https://api.travis-ci.com/job/{job.id}/log',
  },
  plain: {
    action: "Then delete this log wherever it is kept or was sent to; rewriting it without revoking is useless",
  },
};

/** What is known from the logs of a credential that stands in nothing else. */
export function inLogs({ rule, matches }: Credential, anatomy: Anatomy | undefined, now: number): InLogs {
  const logs = matches.flatMap(({ provenance }) => (provenance.kind === "log" ? [provenance.log] : []));
  if (logs.length < matches.length || logs.length === 0) return { now, hints: [] };
  const seen = latest(logs, ({ time, ended }) => time ?? ended);
  const ended = latest(logs, (log) => log.ended);
  const named = matches.every(({ assignedTo }) => JOB_NAME.test(assignedTo ?? ""));
  const ofJob = OF_A_JOB.test(rule.id) || (OF_A_JOB_BY_NAME.test(rule.id) && named);
  return {
    ...(seen !== undefined && { seen }),
    ...(ofJob && ended !== undefined && ended <= now && { ended }),
    now: isWorkload(anatomy) && ended !== undefined ? Math.min(now, ended) : now,
    hints: [...exposureHints(logs), ...maskHints(logs), ...clockHints(anatomy, ended, now)],
    ...cleanUpOf(logs),
  };
}

/** How the logs are deleted: with the very calls where they were fetched. */
function cleanUpOf(logs: readonly LogPlace[]): Pick<InLogs, "cleanUp"> {
  const way = DELETING[logs[0]!.system];
  if (!way) return {};
  const { keeping, ...step } = way;
  const [call, ...others] = new Set(logs.flatMap(({ deletion }) => deletion ?? []));
  const action = step.action + more(others.length) + because(keeping, others.length === 0 ? logs[0]! : undefined);
  return { cleanUp: [{ ...step, action, ...(call !== undefined && { command: call }) }, ...besideOf(logs)] };
}

/** How the artifacts are deleted that do not go with the log. */
function besideOf(logs: readonly LogPlace[]): Step[] {
  const calls = new Map(
    logs.flatMap(({ left }) => (left?.deletion && left.artifacts?.count ? [[left.deletion, left.artifacts]] : [])),
  );
  const [first, ...others] = calls;
  if (!first) return [];
  const [command, artifacts] = first;
  return [
    {
      action: `Delete ${artifactCount(artifacts)} of that run, too, if they hold the same${more(others.length)}`,
      command,
    },
  ];
}

const more = (others: number): string =>
  others === 0 ? "" : ` (and the same for ${grouped(others)} more: each place names its log)`;

/** Why that is worth the while: how long all is kept, as is known of the system or of this very log. */
function because(keeping: string | undefined, log: LogPlace | undefined): string {
  const left = log?.left;
  const isTold = left?.days !== undefined || left?.kept === true;
  const parts = [isTold ? undefined : keeping, left && leftText(left)].filter(Boolean);
  return parts.length === 0 ? "" : `: ${parts.join("; ")}`;
}

/** The last of some times; nothing unless all are known. */
function latest(logs: readonly LogPlace[], timeOf: (log: LogPlace) => number | undefined): number | undefined {
  const times = logs.map(timeOf);
  return times.includes(undefined) ? undefined : Math.max(...(times as number[]));
}

/** A token that proves to others which job asks: it lasts minutes, and is made for each job. */
const isWorkload = (anatomy: Anatomy | undefined): boolean =>
  anatomy?.authority?.kind === "workload" && typeof anatomy.authority.expires === "number";

/** Systems that are asked for the log itself, as somebody without a login. */
const ASKED: ReadonlySet<LogSystem> = new Set(["circleci", "jenkins"]);

/** The log of a public project is public, whatever else is known of the scan. */
function exposureHints(logs: readonly LogPlace[]): Hint[] {
  if (!logs.some(({ isPublic }) => isPublic)) return [];
  return [
    {
      trait: "exposure",
      value: "public",
      reason: logs.some(({ isPublic, system }) => isPublic && ASKED.has(system))
        ? "its server hands the log to anybody, without a login"
        : "its provider says that the project is public, and so is its log",
    },
  ];
}

/** A system masks what it was told to be secret: the same name's value is no chance find. */
function maskHints(logs: readonly LogPlace[]): Hint[] {
  const line = logs.find(({ maskedAt }) => maskedAt !== undefined)?.maskedAt;
  if (line === undefined) return [];
  const reason = `its name has a masked value in line ${line} of the log: here the mask is missing`;
  return [{ trait: "certainty", value: "structure", reason }];
}

/** Says what the clock was, where it was not today's. */
function clockHints(anatomy: Anatomy | undefined, ended: number | undefined, now: number): Hint[] {
  if (!isWorkload(anatomy) || ended === undefined || ended >= now) return [];
  const left = Number(anatomy?.authority?.expires) - ended;
  const end = new Date(ended * 1000).toISOString().slice(0, 16).replace("T", " ");
  const rest =
    left > 0 ? `it was valid for another ${Math.ceil(left / 60)} min, for whoever read the log then` : "it had expired";
  return [
    { trait: "life", value: left > 0 ? "1h" : "expired", reason: `judged by the end of its job, ${end} UTC: ${rest}` },
  ];
}
