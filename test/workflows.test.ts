import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { parse } from "yaml";

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly uses?: string;
  readonly "timeout-minutes"?: number;
  readonly steps?: readonly {
    readonly uses?: string;
    readonly run?: string;
    readonly with?: Record<string, unknown>;
  }[];
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const FOLDER = ".github/workflows";
const workflows = readdirSync(FOLDER).map((name) => {
  const text = readFileSync(`${FOLDER}/${name}`, "utf8");
  return { name, text, workflow: parse(text) as Workflow };
});
const release = workflows.find(({ name }) => name === "release.yml")!.workflow;

for (const { name, text, workflow } of workflows) {
  const jobs = Object.entries(workflow.jobs);
  const steps = jobs.flatMap(([, job]) => job.steps ?? []);

  test(`${name}: each action is pinned to a commit, with its version beside it`, () => {
    for (const line of text.split("\n").filter((each) => /\buses: (?!\.\/)/.test(each)))
      assert.match(line, /uses: [\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test(`${name}: a job may write only if it says so itself, and ends some time`, () => {
    for (const value of Object.values(workflow.permissions)) assert.equal(value, "read");
    for (const [id, job] of jobs) assert.ok(job.uses !== undefined || job["timeout-minutes"] !== undefined, id);
  });

  test(`${name}: a checkout leaves no credentials, and no expression stands in a script`, () => {
    for (const step of steps) {
      if (step.uses?.startsWith("actions/checkout@")) assert.equal(step.with?.["persist-credentials"], false);
      assert.doesNotMatch(step.run ?? "", /\$\{\{/);
    }
  });

  test(`${name}: no secret is used, and no request runs with rights of the base`, () => {
    assert.doesNotMatch(text, /secrets\.|NODE_AUTH_TOKEN|pull_request_target|workflow_run/);
  });
}

test("what publishes runs for tags only, after everything was checked", () => {
  assert.deepEqual(release.on, { push: { tags: ["v[0-9]+.[0-9]+.[0-9]+"] } });
  const needs = Object.entries(release.jobs).map(([id, job]) => [id, (job as { needs?: string }).needs]);
  assert.deepEqual(needs, [
    ["ci", undefined],
    ["package", "ci"],
    ["npm", "package"],
    ["github", "npm"],
  ]);
  assert.deepEqual(release.jobs.npm?.permissions, { "id-token": "write" });
});

test("every workflow for GitHub that is shown is checked by actionlint", () => {
  const shown = readdirSync("docs/workflows").filter((name) => name !== "gitlab-ci.yml");
  const line = /actionlint@.*/.exec(workflows.find(({ name }) => name === "ci.yml")!.text)![0];
  for (const name of shown) assert.ok(line.split(" ").includes(`docs/workflows/${name}`), name);
});

test("the image has the bundle and nothing else, and no rights", () => {
  const image = readFileSync("Dockerfile", "utf8");
  assert.deepEqual(
    [...image.matchAll(/^COPY (.*) \S+$/gm)].map(([, what]) => what),
    ["LICENSE", "dist"],
  );
  assert.match(image, /^USER node$/m);
  assert.doesNotMatch(image, /^(?:ADD|RUN .*(?:npm|curl|wget))\b/m);
  assert.deepEqual(
    readFileSync(".dockerignore", "utf8")
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("#")),
    ["*", "!dist", "!LICENSE"],
  );
});
