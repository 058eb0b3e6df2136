import type { Hint } from "../../model/index.ts";
import { type Claims, has, holdsOnly, id, list, number, text, words } from "../claims.ts";
import type { Jose } from "../jose.ts";
import { jobHints } from "./exchange.ts";
import { facts, hints, type Profile, type Reading } from "./profile.ts";

/** github.com, GitHub Enterprise Server and data residency (docs.github.com/actions/reference/security/oidc). */
const ACTIONS =
  /^https:\/\/token\.actions\.(?:githubusercontent\.com|[a-z0-9-]+\.ghe\.com)|^https:\/\/[^/]+\/_services\/token$/;

/** GitHub Actions ID tokens: exchanged for cloud credentials or a registry's. */
export const GITHUB_ACTIONS: Profile = {
  name: "GitHub Actions ID token",
  provider: "github",
  dictionary: "github",
  detect: ({ claims }) => ACTIONS.test(text(claims, "iss") ?? ""),
  read: ({ claims }) => ({
    kind: "workload",
    principal: "workload",
    facts: actionsFacts(claims),
    hints: jobHints(list(claims, "aud")),
  }),
};

/** `repo:O/R:…`, and the immutable `repo:O@id/R@id:…` of repositories made since 2026-07-15. */
function actionsFacts(claims: Claims) {
  const [, owner, name, context] =
    /^repo:([^/@:]+)(?:@\d+)?\/([^@:]+)(?:@\d+)?(?::(.*))?$/.exec(text(claims, "sub") ?? "") ?? [];
  const environment = /^environment:(.*)$/.exec(context ?? "")?.[1];
  return facts({
    repository: text(claims, "repository") ?? (owner && name ? `${owner}/${name}` : undefined),
    org: text(claims, "repository_owner") ?? owner,
    "deployment environment": text(claims, "environment") ?? environment,
    ref: text(claims, "ref") ?? /^ref:(.*)$/.exec(context ?? "")?.[1],
    event: text(claims, "event_name"),
    workflow: text(claims, "job_workflow_ref") ?? text(claims, "workflow_ref"),
    runner: text(claims, "runner_environment"),
    visibility: text(claims, "repository_visibility"),
    run: id(claims, "run_id"),
  });
}

/** `ACTIONS_RUNTIME_TOKEN`: the job's cache, artifacts and results. */
export const GITHUB_RUNTIME: Profile = {
  name: "GitHub Actions runtime token",
  provider: "github",
  detect: ({ claims }) =>
    has(claims, "orchid") ||
    (has(claims, "ac") && has(claims, "scp")) ||
    words(claims, "scp").some((scope) => /^Actions\.(?:Results|Runner|GenericRead|UploadArtifacts):/.test(scope)),
  read: () => ({
    kind: "session",
    principal: "workload",
    scopes: [],
    hints: hints({
      power: [3, "writes caches and artifacts of the workflow run"],
      breadth: ["single", "one repository's workflow run"],
      reach: ["mints", "a poisoned cache or artifact runs in later jobs"],
      data: ["internal", "caches, artifacts and logs of the run"],
    }),
  }),
};

/** A GitHub App's own JWT: makes installation tokens (docs.github.com/apps, "Generating a JSON Web Token"). */
export const GITHUB_APP: Profile = {
  name: "GitHub App JWT",
  provider: "github",
  dictionary: "github",
  detect: isApp,
  read: ({ claims }) => ({
    kind: "assertion",
    principal: "client",
    issuer: id(claims, "iss"),
    client: id(claims, "iss"),
    facts: facts({ app: id(claims, "iss") }),
    hints: hints({
      power: [4, "makes tokens for every installation of the GitHub App"],
      breadth: ["cross", "an App is installed in any number of organizations"],
      reach: ["mints", "makes installation tokens"],
      data: ["confidential", "the repositories of every installation"],
    }),
  }),
};

function isApp({ header, claims, prefix }: Jose): boolean {
  const issuer = id(claims, "iss") ?? "";
  const life = (number(claims, "exp") ?? 0) - (number(claims, "iat") ?? 0);
  // GitHub allows ten minutes, and tells clients to set `iat` a minute back.
  const short = life > 0 && life <= 660;
  return (
    prefix === undefined &&
    text(header, "alg") === "RS256" &&
    /^(?:\d{1,9}|Iv\w?[\w.]{8,24})$/.test(issuer) &&
    short &&
    holdsOnly(claims, "iss", "iat", "exp", "nbf", "alg")
  );
}

/** `ghs_<app id>_<JWT>` (github.blog/changelog 2026-05-15): what its payload holds is not documented. */
export const GITHUB_INSTALLATION: Profile = {
  name: "GitHub App installation token",
  provider: "github",
  dictionary: "github",
  detect: ({ prefix }) => prefix?.startsWith("ghs_") ?? false,
  read: ({ claims, prefix }): Reading => ({
    kind: "access",
    principal: "client",
    client: prefix!.slice("ghs_".length),
    facts: facts({
      app: prefix!.slice("ghs_".length),
      installation: id(claims, "installation_id") ?? id(claims, "inst"),
    }),
    scopes: [],
    roles: [],
    hints: installationHints(),
  }),
};

function installationHints(): readonly Hint[] {
  return hints({
    power: [3, "acts as the GitHub App on the repositories of one installation"],
    breadth: ["multi", "an installation may hold several repositories"],
    reach: ["mints", "may change code and workflows, which run with other credentials"],
    data: ["internal", "the repositories of the installation"],
  });
}
