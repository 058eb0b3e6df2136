import { readSmall } from "../git/regular-file.ts";

/** What a CI system says of a run in its environment. Names of branches are anybody's. */
export interface CiRun {
  readonly system: string;
  /** Where the range starts, the best first: ids of commits, or branches of the remote. What is not there is left out. */
  readonly bases: readonly { readonly id?: string | undefined; readonly branch?: string | undefined }[];
  /** The commit that is tested. */
  readonly head: string;
  /** Whether it is to be merged into something. */
  readonly isRequest: boolean;
  /** The name of the default branch, where that is said. */
  readonly defaultBranch?: string | undefined;
}

export type Environment = Readonly<Record<string, string | undefined>>;

interface CiSystem {
  readonly name: string;
  readonly is: (env: Environment) => boolean;
  readonly run: (env: Environment) => Omit<CiRun, "system">;
}

const SYSTEMS: readonly CiSystem[] = [
  {
    // docs.github.com/en/actions/reference/workflows-and-actions/variables; on pull requests HEAD is a merge of both sides.
    name: "GitHub Actions",
    is: (env) => env.GITHUB_ACTIONS === "true",
    run: (env) => {
      const payload = objectIn(env.GITHUB_EVENT_PATH);
      const [request, group] = [partOf(payload, "pull_request"), partOf(payload, "merge_group")];
      // There GITHUB_SHA is a commit of the base, and the request is nowhere in the environment.
      const isElsewhere = env.GITHUB_EVENT_NAME === "pull_request_target";
      return {
        bases: [
          { branch: env.GITHUB_BASE_REF },
          { id: textOf(partOf(request, "base"), "sha") },
          { id: textOf(group, "base_sha") },
          { id: textOf(payload, "before") },
        ],
        head: (isElsewhere && textOf(partOf(request, "head"), "sha")) || env.GITHUB_SHA || "HEAD",
        isRequest: Boolean(env.GITHUB_BASE_REF) || textOf(group, "base_sha") !== undefined,
      };
    },
  },
  {
    // docs.gitlab.com/ci/variables/predefined_variables/; with merged results the commit is a merge of both sides.
    name: "GitLab",
    is: (env) => env.GITLAB_CI === "true",
    run: (env) => ({
      bases: [
        { id: env.CI_MERGE_REQUEST_DIFF_BASE_SHA },
        { branch: env.CI_MERGE_REQUEST_TARGET_BRANCH_NAME },
        { id: env.CI_COMMIT_BEFORE_SHA },
        { branch: env.CI_DEFAULT_BRANCH },
      ],
      head: env.CI_MERGE_REQUEST_SOURCE_BRANCH_SHA || env.CI_COMMIT_SHA || "HEAD",
      isRequest: Boolean(env.CI_MERGE_REQUEST_DIFF_BASE_SHA || env.CI_MERGE_REQUEST_TARGET_BRANCH_NAME),
      defaultBranch: env.CI_DEFAULT_BRANCH,
    }),
  },
  {
    // circleci.com/docs/reference/variables/: what a branch started from is not among them.
    name: "CircleCI",
    is: (env) => env.CIRCLECI === "true",
    run: (env) => ({ bases: [], head: env.CIRCLE_SHA1 ?? "HEAD", isRequest: false }),
  },
  {
    // learn.microsoft.com/en-us/azure/devops/pipelines/build/variables
    name: "Azure Pipelines",
    is: (env) => env.TF_BUILD?.toLowerCase() === "true",
    run: (env) => ({
      bases: [{ branch: env.SYSTEM_PULLREQUEST_TARGETBRANCH?.replace(/^refs\/heads\//, "") }],
      head: env.SYSTEM_PULLREQUEST_SOURCECOMMITID || env.BUILD_SOURCEVERSION || "HEAD",
      isRequest: Boolean(env.SYSTEM_PULLREQUEST_TARGETBRANCH),
    }),
  },
  {
    // buildkite.com/docs/pipelines/configure/environment-variables
    name: "Buildkite",
    is: (env) => env.BUILDKITE === "true",
    run: (env) => ({
      bases: [{ branch: env.BUILDKITE_PULL_REQUEST_BASE_BRANCH }, { branch: env.BUILDKITE_PIPELINE_DEFAULT_BRANCH }],
      head: env.BUILDKITE_COMMIT ?? "HEAD",
      isRequest: Boolean(env.BUILDKITE_PULL_REQUEST_BASE_BRANCH),
      defaultBranch: env.BUILDKITE_PIPELINE_DEFAULT_BRANCH,
    }),
  },
  {
    // docs.travis-ci.com/user/environment-variables/: the range is empty for new branches; TRAVIS_BRANCH is a request's target.
    name: "Travis CI",
    is: (env) => env.TRAVIS === "true",
    run: (env) => {
      const isRequest = (env.TRAVIS_PULL_REQUEST ?? "false") !== "false";
      const before = env.TRAVIS_COMMIT_RANGE?.split("...")[0];
      return {
        bases: isRequest ? [{ branch: env.TRAVIS_BRANCH }, { id: before }] : [{ id: before }],
        head: env.TRAVIS_PULL_REQUEST_SHA || env.TRAVIS_COMMIT || "HEAD",
        isRequest,
      };
    },
  },
  {
    // support.atlassian.com/bitbucket-cloud/docs/variables-and-secrets/
    name: "Bitbucket Pipelines",
    is: (env) => env.BITBUCKET_BUILD_NUMBER !== undefined,
    run: (env) => ({
      bases: [{ branch: env.BITBUCKET_PR_DESTINATION_BRANCH }],
      head: env.BITBUCKET_COMMIT ?? "HEAD",
      isRequest: Boolean(env.BITBUCKET_PR_DESTINATION_BRANCH),
    }),
  },
  {
    // docs.drone.io/pipeline/environment/reference/
    name: "Drone",
    is: (env) => env.DRONE === "true",
    run: (env) => ({
      bases:
        env.DRONE_BUILD_EVENT === "pull_request"
          ? [{ branch: env.DRONE_TARGET_BRANCH }]
          : [{ id: env.DRONE_COMMIT_BEFORE }],
      head: env.DRONE_COMMIT_SHA ?? "HEAD",
      isRequest: env.DRONE_BUILD_EVENT === "pull_request",
    }),
  },
  {
    // woodpecker-ci.org/docs/usage/environment
    name: "Woodpecker",
    is: (env) => env.CI === "woodpecker",
    run: (env) => ({
      bases: [{ branch: env.CI_COMMIT_TARGET_BRANCH }, { id: env.CI_PREV_COMMIT_SHA }],
      head: env.CI_COMMIT_SHA ?? "HEAD",
      isRequest: Boolean(env.CI_COMMIT_TARGET_BRANCH),
    }),
  },
  {
    // jenkins.io/doc/book/pipeline/jenkinsfile/ and plugins.jenkins.io/git/#environment-variables: CHANGE_* of a multibranch pipeline.
    name: "Jenkins",
    is: (env) => env.JENKINS_URL !== undefined,
    run: (env) => ({
      bases: [
        { branch: env.CHANGE_TARGET },
        { id: env.GIT_PREVIOUS_SUCCESSFUL_COMMIT },
        { id: env.GIT_PREVIOUS_COMMIT },
      ],
      head: env.GIT_COMMIT ?? "HEAD",
      isRequest: Boolean(env.CHANGE_TARGET),
    }),
  },
];

/** The CI system that this runs in, and what it says; nothing where none is recognised. */
export function ciRun(env: Environment): CiRun | undefined {
  const system = SYSTEMS.find(({ is }) => is(env));
  return system && { system: system.name, ...system.run(env) };
}

/** The names of all that are recognised. */
export const CI_SYSTEMS: readonly string[] = SYSTEMS.map(({ name }) => name);

const LARGEST_PAYLOAD = 64 << 20;

/** The payload of GitHub's event; nothing where there is none that can be read. */
function objectIn(path: string | undefined): unknown {
  try {
    return path ? JSON.parse(readSmall(path, LARGEST_PAYLOAD)?.toString("utf8") ?? "") : undefined;
  } catch {
    return undefined;
  }
}

function partOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

function textOf(value: unknown, key: string): string | undefined {
  const text = partOf(value, key);
  return typeof text === "string" ? text : undefined;
}
