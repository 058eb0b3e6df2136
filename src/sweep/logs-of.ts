import { grouped } from "../model/index.ts";
import type { ProviderName } from "../providers/provider.ts";
import { LOGS } from "../report/counted.ts";
import { type Host, hostsOf } from "./hosts.ts";
import type { Listing, Target } from "./target.ts";

/** Hosts that have the CI logs of their repositories. */
const WITH_LOGS: readonly (Host["kind"] & ProviderName)[] = ["github", "gitlab"];

/** Why logs are not handed out to workers, and what to do instead: what was read of them is known to the store alone. */
export const BY_ONE_MACHINE =
  "--logs is for one machine: sweep with --queue, sweep with --logs into another store, and put both together with leakreach merge";

type Environment = Readonly<Record<string, string | undefined>>;

/** The CI logs of repositories, each a target of its own; of folders, and of other hosts, no logs are known. */
export function logsOf(targets: readonly Target[], env: Environment): Listing {
  const logs = targets.flatMap((target) => logsOfOne(target, env) ?? []);
  const left = targets.length - logs.length;
  const why = "they are folders, or on hosts whose CI logs are not fetched; leakreach logs reads logs from files";
  return { targets: logs, gaps: left > 0 ? [{ what: `CI logs of ${amount(left)}`, why }] : [] };
}

const amount = (count: number): string => (count === 1 ? "1 repository" : `${grouped(count)} repositories`);

function logsOfOne({ repository, at, pushedAt }: Target, env: Environment): Target | undefined {
  if (at.kind !== "remote") return undefined;
  const hosts = WITH_LOGS.map((kind) => hostsOf(env)[kind]);
  const found = hosts.find(({ web }) => repository.id === `${new URL(web).host}/${repository.name}`);
  if (!found) return undefined;
  return {
    repository: { ...repository, id: repository.id + LOGS.id, name: LOGS.name + repository.name },
    at: { kind: "logs", provider: found.kind as ProviderName, project: repository.name },
    ...(pushedAt !== undefined && { pushedAt }),
  };
}

/** The environment that providers read, with the hosts that a sweep lists repositories of. */
export function providersEnvironment(env: Environment): Environment {
  const { github, gitlab } = hostsOf(env);
  return { ...env, GITHUB_API_URL: github.api, GITLAB_URL: gitlab.web };
}
