import type { Hint } from "../../model/index.ts";
import { type Claims, hostOf, isUnder, list, text } from "../claims.ts";
import { exchangeHints, jobHints } from "./exchange.ts";
import { facts, hints, type Profile } from "./profile.ts";

/** A CI system's ID token, exchanged wherever its issuer is trusted. */
function job(
  name: string,
  provider: string,
  knows: (claims: Claims) => boolean,
  says: (claims: Claims) => Parameters<typeof facts>[0],
): Profile {
  return {
    name,
    provider,
    detect: ({ claims }) => knows(claims),
    read: ({ claims }) => ({
      kind: "workload",
      principal: "workload",
      facts: facts(says(claims)),
      hints: jobHints(list(claims, "aud")),
    }),
  };
}

const issuedBy = (pattern: RegExp) => (claims: Claims) => pattern.test(text(claims, "iss") ?? "");

/** circleci.com/docs, "OpenID Connect tokens". */
const CIRCLECI = job("CircleCI ID token", "circleci", issuedBy(/^https:\/\/oidc\.circleci\.com\/org\//), (claims) => ({
  org: /\/org\/([^/]+)/.exec(text(claims, "iss") ?? "")?.[1],
  project: text(claims, "oidc.circleci.com/project-id"),
  context: list(claims, "oidc.circleci.com/context-ids"),
  repository: text(claims, "oidc.circleci.com/vcs-origin"),
  ref: text(claims, "oidc.circleci.com/vcs-ref"),
  "rerun with SSH": claims["oidc.circleci.com/ssh-rerun"] === true ? "yes" : undefined,
}));

/** support.atlassian.com/bitbucket-cloud, "Integrate Pipelines with resource servers using OIDC". */
const BITBUCKET = job(
  "Bitbucket Pipelines ID token",
  "bitbucket",
  issuedBy(/^https:\/\/api\.bitbucket\.org\/2\.0\/workspaces\//),
  (claims) => ({
    org: /\/workspaces\/([^/]+)/.exec(text(claims, "iss") ?? "")?.[1],
    repository: text(claims, "repositoryUuid"),
    ref: text(claims, "branchName"),
    "deployment environment": text(claims, "deploymentEnvironmentUuid"),
  }),
);

/** buildkite.com/docs/agent/v3/cli-oidc. */
const BUILDKITE = job("Buildkite ID token", "buildkite", issuedBy(/^https:\/\/agent\.buildkite\.com/), (claims) => ({
  org: text(claims, "organization_slug"),
  project: text(claims, "pipeline_slug"),
  ref: text(claims, "build_branch"),
  step: text(claims, "step_key"),
}));

/** learn.microsoft.com/azure/devops, "workload identity federation": `sub` is `sc://org/project/connection`. */
const AZURE_PIPELINES = job(
  "Azure Pipelines ID token",
  "azure-devops",
  issuedBy(/^https:\/\/vstoken\.dev\.azure\.com\//),
  (claims) => {
    const [org, project, connection] = (text(claims, "sub") ?? "").replace(/^sc:\/\//, "").split("/");
    return { org, project, "service connection": connection };
  },
);

/** docs.gitlab.com has no counterpart; spacelift.io, semaphore.io, codefresh.io and harness.io document theirs alike. */
const OTHERS = job(
  "CI ID token",
  "ci",
  (claims) => isUnder(hostOf(text(claims, "iss")), "spacelift.io", "semaphoreci.com", "codefresh.io", "harness.io"),
  (claims) => ({
    "ci system": hostOf(text(claims, "iss")),
    org: text(claims, "org") ?? text(claims, "account_id") ?? text(claims, "account_name"),
    project: text(claims, "prj") ?? text(claims, "project_id") ?? text(claims, "pipeline_name"),
    repository: text(claims, "repo") ?? text(claims, "scm_repo_url"),
    ref: text(claims, "ref") ?? text(claims, "scm_ref"),
  }),
);

/** HCP Terraform workload identity; a run that applies can change what a plan only reads (developer.hashicorp.com/terraform). */
const TERRAFORM: Profile = {
  name: "HCP Terraform ID token",
  provider: "terraform",
  detect: ({ claims }) =>
    text(claims, "terraform_run_phase") !== undefined ||
    /^https:\/\/app\.terraform\.io$/.test(text(claims, "iss") ?? ""),
  read: ({ claims }) => ({
    kind: "workload",
    principal: "workload",
    facts: facts({
      org: text(claims, "terraform_organization_name") ?? text(claims, "terraform_organization_id"),
      project: text(claims, "terraform_project_name") ?? text(claims, "terraform_project_id"),
      workspace: text(claims, "terraform_workspace_name") ?? text(claims, "terraform_workspace_id"),
      "run phase": text(claims, "terraform_run_phase"),
    }),
    hints: terraformHints(text(claims, "terraform_run_phase"), list(claims, "aud")),
  }),
};

function terraformHints(phase: string | undefined, audiences: readonly string[]): readonly Hint[] {
  const plan = phase === "plan";
  return [
    ...(exchangeHints(audiences) ?? jobHints(audiences)),
    ...hints({
      power: [plan ? 3 : 4, plan ? "plans infrastructure: reads it and its state" : "applies infrastructure changes"],
      breadth: ["multi", "a workspace holds several services"],
    }),
  ];
}

/** TeamCity access tokens: the payload is for the server only (jetbrains.com/help/teamcity, "Managing User Account"). */
const TEAMCITY: Profile = {
  name: "TeamCity access token",
  provider: "teamcity",
  detect: ({ header }) => text(header, "typ") === "TCV2",
  read: () => ({
    kind: "access",
    principal: "user",
    expires: "unknown",
    hints: hints({
      power: [4, "acts as its owner on the TeamCity server"],
      breadth: ["multi", "every project its owner reaches"],
      reach: ["mints", "builds run with other credentials"],
      data: ["confidential", "code, build logs and parameters"],
    }),
  }),
};

export const CI: readonly Profile[] = [CIRCLECI, BITBUCKET, BUILDKITE, AZURE_PIPELINES, TERRAFORM, TEAMCITY, OTHERS];
