import { has, id, list, text } from "../claims.ts";
import { jobHints } from "./exchange.ts";
import { facts, type Profile } from "./profile.ts";

/** GitLab CI ID tokens, and `CI_JOB_JWT` before them (docs.gitlab.com/ci/secrets/id_token_authentication). */
export const GITLAB_CI: Profile = {
  name: "GitLab CI ID token",
  provider: "gitlab",
  dictionary: "gitlab",
  detect: ({ claims }) =>
    has(claims, "project_path", "namespace_path") || /^project_path:/.test(text(claims, "sub") ?? ""),
  read: ({ claims }) => ({
    kind: "workload",
    principal: "workload",
    facts: facts({
      repository: text(claims, "project_path") ?? /^project_path:([^:]+)/.exec(text(claims, "sub") ?? "")?.[1],
      project: id(claims, "project_id"),
      org: text(claims, "namespace_path"),
      ref: text(claims, "ref"),
      "ref protected": flag(claims.ref_protected),
      "deployment environment": text(claims, "environment"),
      tier: text(claims, "deployment_tier"),
      event: text(claims, "pipeline_source"),
      runner: text(claims, "runner_environment"),
      visibility: text(claims, "project_visibility"),
      job: id(claims, "job_id"),
    }),
    hints: jobHints(list(claims, "aud")),
  }),
};

/** GitLab writes `"true"`, and a library may make a boolean of it. */
function flag(value: unknown): string | undefined {
  return typeof value === "boolean" || value === "true" || value === "false" ? String(value) : undefined;
}
