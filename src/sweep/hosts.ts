/** A login for one host, from the environment. */
export interface Credentials {
  /** `https://github.com`: it goes nowhere else. */
  readonly origin: string;
  readonly user: string;
  readonly password: string;
}

/** A host of repositories that can be asked what it has. */
export interface Host {
  readonly kind: "github" | "gitlab" | "gitea" | "bitbucket";
  /** Where people and git go: `https://github.com`. */
  readonly web: string;
  /** Where its API begins. */
  readonly api: string;
  readonly user: string;
  readonly token?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The hosts that the environment names, and those that are well known. */
export function hostsOf(env: Environment): Readonly<Record<Host["kind"], Host>> {
  const github = trimmed(env.GITHUB_SERVER_URL ?? "https://github.com");
  const gitlab = trimmed(env.GITLAB_URL ?? env.CI_SERVER_URL ?? "https://gitlab.com");
  const gitea = trimmed(env.GITEA_URL ?? "https://gitea.com");
  const bitbucket = trimmed(env.BITBUCKET_URL ?? "https://bitbucket.org");
  const githubApi = github === "https://github.com" ? "https://api.github.com" : `${github}/api/v3`;
  const bitbucketApi = bitbucket === "https://bitbucket.org" ? "https://api.bitbucket.org/2.0" : `${bitbucket}/2.0`;
  return {
    github: host("github", github, env.GITHUB_API_URL ?? githubApi, "x-access-token", env.GITHUB_TOKEN ?? env.GH_TOKEN),
    gitlab: host("gitlab", gitlab, `${gitlab}/api/v4`, "oauth2", env.GITLAB_TOKEN),
    gitea: host("gitea", gitea, `${gitea}/api/v1`, "oauth2", env.GITEA_TOKEN),
    bitbucket: env.BITBUCKET_TOKEN
      ? host("bitbucket", bitbucket, bitbucketApi, "x-token-auth", env.BITBUCKET_TOKEN)
      : host("bitbucket", bitbucket, bitbucketApi, env.BITBUCKET_USER ?? "", env.BITBUCKET_APP_PASSWORD),
  };
}

function host(kind: Host["kind"], web: string, api: string, user: string, token: string | undefined): Host {
  return { kind, web, api: trimmed(api), user, ...(token ? { token } : {}) };
}

const trimmed = (url: string): string => url.replace(/\/+$/, "");

/** The login for an address: only of the host that it is for. Without one, git asks its own helpers. */
export function loginFor(url: string, env: Environment): Credentials | undefined {
  if (!URL.canParse(url) || !/^https?:/.test(url)) return undefined;
  const { origin } = new URL(url);
  const found = Object.values(hostsOf(env)).find(({ web, token }) => token && originOf(web) === origin);
  return found && { origin, user: found.user, password: found.token! };
}

const originOf = (url: string): string | undefined => (URL.canParse(url) ? new URL(url).origin : undefined);
