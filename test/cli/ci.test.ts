import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { CI_SYSTEMS, ciRun } from "../../src/setup/ci-systems.ts";
import { checkout, commit, head, pullRequest, server, started } from "../action/runner.ts";
import { folder } from "../config/folder.ts";
import { leak } from "../scan/running.ts";
import { git } from "../sources/repository.ts";
import { leakreach } from "./leakreach.ts";

/** What CI systems set that may be set here, too. */
const NONE = {
  GITHUB_ACTIONS: "",
  GITLAB_CI: "",
  CIRCLECI: "",
  TF_BUILD: "",
  BUILDKITE: "",
  TRAVIS: "",
  DRONE: "",
  CI: "",
};

/** What each system says of a request into `main`, and of a push. */
const systems: [name: string, request: Record<string, string>, push: Record<string, string>][] = [
  [
    "GitHub Actions",
    { GITHUB_ACTIONS: "true", GITHUB_BASE_REF: "main", GITHUB_SHA: "HEAD" },
    { GITHUB_ACTIONS: "true", GITHUB_BASE_REF: "", GITHUB_SHA: "HEAD", GITHUB_EVENT_PATH: "PAYLOAD" },
  ],
  [
    "GitLab",
    { GITLAB_CI: "true", CI_MERGE_REQUEST_DIFF_BASE_SHA: "BEFORE", CI_COMMIT_SHA: "HEAD" },
    { GITLAB_CI: "true", CI_COMMIT_BEFORE_SHA: "BEFORE", CI_COMMIT_SHA: "HEAD" },
  ],
  ["CircleCI", { CIRCLECI: "true", CIRCLE_SHA1: "HEAD" }, { CIRCLECI: "true", CIRCLE_SHA1: "HEAD" }],
  [
    "Azure Pipelines",
    { TF_BUILD: "True", SYSTEM_PULLREQUEST_TARGETBRANCH: "refs/heads/main", SYSTEM_PULLREQUEST_SOURCECOMMITID: "HEAD" },
    { TF_BUILD: "True", BUILD_SOURCEVERSION: "HEAD" },
  ],
  [
    "Buildkite",
    { BUILDKITE: "true", BUILDKITE_PULL_REQUEST_BASE_BRANCH: "main", BUILDKITE_COMMIT: "HEAD" },
    {
      BUILDKITE: "true",
      BUILDKITE_PULL_REQUEST_BASE_BRANCH: "",
      BUILDKITE_PIPELINE_DEFAULT_BRANCH: "main",
      BUILDKITE_COMMIT: "HEAD",
    },
  ],
  [
    "Travis CI",
    { TRAVIS: "true", TRAVIS_PULL_REQUEST: "7", TRAVIS_BRANCH: "main", TRAVIS_PULL_REQUEST_SHA: "HEAD" },
    {
      TRAVIS: "true",
      TRAVIS_PULL_REQUEST: "false",
      TRAVIS_BRANCH: "topic",
      TRAVIS_COMMIT: "HEAD",
      TRAVIS_COMMIT_RANGE: "BEFORE...HEAD",
    },
  ],
  [
    "Bitbucket Pipelines",
    { BITBUCKET_BUILD_NUMBER: "1", BITBUCKET_PR_DESTINATION_BRANCH: "main", BITBUCKET_COMMIT: "HEAD" },
    { BITBUCKET_BUILD_NUMBER: "1", BITBUCKET_COMMIT: "HEAD" },
  ],
  [
    "Drone",
    { DRONE: "true", DRONE_BUILD_EVENT: "pull_request", DRONE_TARGET_BRANCH: "main", DRONE_COMMIT_SHA: "HEAD" },
    { DRONE: "true", DRONE_BUILD_EVENT: "push", DRONE_COMMIT_BEFORE: "BEFORE", DRONE_COMMIT_SHA: "HEAD" },
  ],
  [
    "Woodpecker",
    { CI: "woodpecker", CI_COMMIT_TARGET_BRANCH: "main", CI_COMMIT_SHA: "HEAD" },
    { CI: "woodpecker", CI_COMMIT_TARGET_BRANCH: "", CI_PREV_COMMIT_SHA: "BEFORE", CI_COMMIT_SHA: "HEAD" },
  ],
  [
    "Jenkins",
    { JENKINS_URL: "https://ci.example.org/", CHANGE_TARGET: "main", GIT_COMMIT: "HEAD" },
    { JENKINS_URL: "https://ci.example.org/", GIT_PREVIOUS_SUCCESSFUL_COMMIT: "BEFORE", GIT_COMMIT: "HEAD" },
  ],
];

test("every system that is recognised is in the table of this test", () => {
  assert.deepEqual(systems.map(([name]) => name).sort(), [...CI_SYSTEMS].sort());
});

test("an ordinary environment is no CI system", () => {
  assert.equal(ciRun({ PATH: "/bin", CI: "true" }), undefined);
});

/** A whole checkout of a branch with a leak in its middle commit; the base has a leak, too. */
function branched() {
  const origin = started({ "old.env": leak(9) });
  commit(origin, { "b.env": leak(1) });
  const tip = commit(origin, { "b.env": null });
  const base = git(origin, "rev-parse", "main").trim();
  const workspace = checkout(server(origin), tip, { depth: 0 });
  git(workspace, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main");
  return { workspace, base, tip };
}

for (const [name, request, push] of systems)
  for (const [kind, environment] of Object.entries({ request, push }))
    test(`${name}: a ${kind} is what its commits add`, async () => {
      const { workspace, base, tip } = branched();
      const payload = join(folder({ "event.json": JSON.stringify({ before: base }) }), "event.json");
      const env = Object.fromEntries(
        Object.entries(environment).map(([key, value]) => [
          key,
          value.replace("HEAD", tip).replace("BEFORE", base).replace("PAYLOAD", payload),
        ]),
      );
      const { code, stdout } = await leakreach(["ci", "--format", "json"], {
        cwd: workspace,
        env: { ...NONE, ...env },
      });
      const { findings, stats } = JSON.parse(stdout);
      assert.deepEqual(
        [code, findings.map((each: { exposures: [{ path: string }] }) => each.exposures[0].path)],
        [1, ["b.env"]],
      );
      assert.ok(
        stats.notices.some((text: string) => text.startsWith(`${name}: since`)),
        stats.notices.join(),
      );
    });

/** Whatever could switch the scanner off, in a commit that brings a leak. */
const OFF = {
  ".leakreach.yml":
    "paths: {exclude: ['**']}\nallow: [{path: '**', rules: ['*'], reason: off}]\nreport: {failOn: critical}\n",
  ".gitleaksignore": "b.env:github-pat:1\n",
  "b.env": `${leak(1).trimEnd()} # leakreach:allow github-pat -- off\n`,
};

/** A branch of two commits: the first switches everything off, the second brings the leak; and what its run says. */
function switchedOff(files: Readonly<Record<string, string>> = OFF) {
  const origin = started({ "a.txt": "a\n" });
  const { "b.env": brought, ...settings } = files;
  const before = commit(origin, settings);
  const tip = commit(origin, { "b.env": brought! });
  const workspace = checkout(server(origin), tip, { depth: 0 });
  git(workspace, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main");
  return { workspace, before, base: git(origin, "rev-parse", "main").trim(), tip };
}

for (const [name, request, push] of systems)
  for (const [kind, environment] of Object.entries({ request, push }))
    test(`${name}: a ${kind} does not switch off what looks at it, and is told so`, async () => {
      const { workspace, base, before, tip } = switchedOff();
      // A push that began behind the commit that switches everything off.
      const since = kind === "push" ? before : base;
      const payload = join(folder({ "event.json": JSON.stringify({ before: since }) }), "event.json");
      const env = Object.fromEntries(
        Object.entries(environment).map(([key, value]) => [
          key,
          value.replace("HEAD", tip).replace("BEFORE", since).replace("PAYLOAD", payload),
        ]),
      );
      const { code, stdout } = await leakreach(["ci", "--format", "json"], {
        cwd: workspace,
        env: { ...NONE, ...env },
      });
      const { findings, stats } = JSON.parse(stdout);
      assert.equal(code, 1);
      assert.deepEqual(
        findings.map((each: { suppression?: object }) => each.suppression),
        [undefined],
      );
      const said = stats.notices.join("\n");
      assert.match(said, new RegExp(`settings, ignore files and baseline are those of the base ${base.slice(0, 12)}`));
      for (const path of [".leakreach.yml", ".gitleaksignore"])
        assert.ok(said.includes(`this request changes ${path}: that counts once it is merged`), said);
      assert.match(said, /allow nothing before they are merged: b\.env:1$/m);
    });

test("files that are named are those of the base; elsewhere they are taken as they are", async () => {
  const { workspace, base, tip } = switchedOff({ "own.yml": "paths: {exclude: ['**']}\n", "b.env": leak(1) });
  const env = { ...gitlab(tip), CI_MERGE_REQUEST_DIFF_BASE_SHA: base };
  const own = await leakreach(["ci", "--config", "own.yml"], { cwd: workspace, env });
  assert.equal(own.code, 1);
  assert.match(own.stdout.replace(/\s+/g, " "), /the base has no own\.yml \(--config\): it counts once it is merged/);
  const missing = await leakreach(["ci", "--baseline", "x.json"], { cwd: workspace, env });
  assert.equal(missing.code, 2);
  assert.match(missing.stderr, /--baseline is \S*x\.json: neither the base nor the checkout has that file/);
  const elsewhere = join(folder({ "own.yml": "report: {failOn: none}\npaths: {exclude: [b.env]}\n" }), "own.yml");
  assert.equal((await leakreach(["ci", "--config", elsewhere], { cwd: workspace, env })).code, 0);
});

test("on the default branch its own settings and comments count", async () => {
  const origin = started({ "a.txt": "a\n" });
  git(origin, "checkout", "-q", "main");
  const tip = commit(origin, { ...OFF, ".leakreach.yml": "allow: []\n", ".gitleaksignore": "" });
  const workspace = checkout(server(origin), tip, { depth: 0 });
  git(workspace, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main");
  const { code, stdout } = await leakreach(["ci", "--format", "json"], { cwd: workspace, env: gitlab(tip) });
  assert.deepEqual([code, JSON.parse(stdout).stats.suppressed], [0, { leakreach: 1 }]);
});

test("where the settings of the base cannot be read, none are used and the run is incomplete", async () => {
  const origin = started({ "a.txt": "a\n" });
  commit(origin, { ".leakreach.yml": "gaps: [{what: '**', reason: off}]\n" });
  const { base, head: tip } = pullRequest(origin);
  const env = { ...gitlab(tip), CI_MERGE_REQUEST_DIFF_BASE_SHA: base };
  const { code, stdout } = await leakreach(["ci"], { cwd: checkout(server(origin), tip), env });
  assert.equal(code, 3);
  assert.match(stdout.replace(/\s+/g, " "), /settings of the base .* GIT_DEPTH: 0/);
});

const gitlab = (id: string) => ({ ...NONE, GITLAB_CI: "true", CI_COMMIT_SHA: id });

test("a checkout of one commit is incomplete, never clean", async () => {
  const origin = started({ "a.txt": "a\n" });
  commit(origin, { "b.txt": "b\n" });
  const { base, head: tip } = pullRequest(origin);
  const env = { ...gitlab(tip), CI_MERGE_REQUEST_DIFF_BASE_SHA: base };
  assert.equal((await leakreach(["ci"], { cwd: checkout(server(origin), tip), env })).code, 3);
});

test("on the default branch without a word of what was before, the last commit is looked at, and it says so", async () => {
  const origin = started({ "old.env": leak(9) });
  git(origin, "checkout", "-q", "main");
  const tip = commit(origin, { "b.env": leak(1) });
  const workspace = checkout(server(origin), tip, { depth: 0 });
  git(workspace, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main");
  const { code, stdout } = await leakreach(["ci"], {
    cwd: workspace,
    env: { ...NONE, CIRCLECI: "true", CIRCLE_SHA1: tip },
  });
  assert.equal(code, 1);
  assert.match(stdout, /only\s+the\s+last\s+commit/);
  assert.doesNotMatch(stdout, /old\.env/);
});

test("names of branches are names only", async () => {
  const { workspace, tip } = branched();
  for (const name of [
    "--upload-pack=touch x",
    "main..topic",
    "../../../../etc/passwd",
    "main^{commit}",
    "x\n::error::y",
  ]) {
    const env = { ...gitlab(tip), CI_MERGE_REQUEST_TARGET_BRANCH_NAME: name };
    const { code, stdout, stderr } = await leakreach(["ci"], { cwd: workspace, env });
    assert.equal(code, 1, `${name}: ${stderr}`);
    assert.doesNotMatch(stdout + stderr, /^::/m);
  }
});

test("what was there before a forced push may be gone: then the default branch is the base", async () => {
  const { workspace, tip } = branched();
  const gone = "f".repeat(40);
  const { code, stdout } = await leakreach(["ci"], {
    cwd: workspace,
    env: { ...gitlab(tip), CI_COMMIT_BEFORE_SHA: gone },
  });
  assert.equal(code, 1);
  assert.match(stdout, /since the default branch/);
  assert.doesNotMatch(stdout, /old\.env/);
  git(workspace, "update-ref", "refs/remotes/origin/main", tip);
  const forced = await leakreach(["ci"], { cwd: workspace, env: { ...gitlab(tip), CI_COMMIT_BEFORE_SHA: gone } });
  assert.equal(forced.code, 2, "of a forced push to the default branch it is not known what it brought");
  assert.match(forced.stderr, new RegExp(`no commit ${gone.slice(0, 12)} `));
});

/** A run of GitHub Actions for an event with this payload, in a whole checkout of a commit. */
async function onGitHub(event: string, payload: unknown, sha: string, origin: string) {
  const workspace = checkout(server(origin), sha, { depth: 0 });
  const path = join(folder({ "event.json": JSON.stringify(payload) }), "event.json");
  const env = { GITHUB_ACTIONS: "true", GITHUB_EVENT_NAME: event, GITHUB_EVENT_PATH: path, GITHUB_SHA: sha };
  return { workspace, env: { ...NONE, GITHUB_BASE_REF: "", ...env } };
}

test("GitHub: on pull_request_target the head of the payload is looked at, though the base is checked out", async () => {
  const origin = started({ "old.env": leak(9) });
  git(origin, "checkout", "-q", "main");
  commit(origin, { "more.txt": "more\n" });
  git(origin, "checkout", "-q", "-B", "topic");
  commit(origin, { "b.env": leak(1) });
  const { base, head: tip, payload } = pullRequest(origin);
  const { workspace, env } = await onGitHub("pull_request_target", payload, base, origin);
  const run = () => leakreach(["ci"], { cwd: workspace, env: { ...env, GITHUB_BASE_REF: "main" } });
  const { code, stdout } = await run();
  assert.equal(code, 1);
  assert.match(stdout, /b\.env/);
  git(workspace, "update-ref", "-d", "refs/remotes/origin/topic");
  git(workspace, "-c", "gc.reflogExpire=now", "-c", "gc.pruneExpire=now", "gc", "-q", "--prune=now");
  const without = await run();
  assert.equal(without.code, 2, "a head that is not there is never clean");
  assert.match(without.stderr, new RegExp(`no commit ${tip.slice(0, 12)} .*git fetch origin with its whole id`));
});

test("GitHub: a merge group is held against its own base, and what counts is said by that", async () => {
  const origin = started({ "old.env": leak(9) });
  git(origin, "branch", "release");
  git(origin, "checkout", "-q", "release");
  const base = commit(origin, { "release.env": leak(8) });
  git(origin, "checkout", "-q", "-B", "topic");
  const tip = commit(origin, OFF);
  const payload = { merge_group: { base_sha: base, head_sha: tip } };
  const { workspace, env } = await onGitHub("merge_group", payload, tip, origin);
  const { code, stdout } = await leakreach(["ci"], { cwd: workspace, env });
  assert.equal(code, 1);
  assert.match(stdout, /b\.env/);
  assert.doesNotMatch(stdout, /release\.env/);
});

test("without a CI system it says what to do instead", async () => {
  const { code, stderr } = await leakreach(["ci"], { cwd: started({}), env: NONE });
  assert.equal(code, 2);
  assert.match(stderr, /no CI system is recognised .*leakreach range/);
});

test("where the remote's branches are not known, all that is not on another branch is looked at", async () => {
  const origin = started({ "a.txt": "a\n" });
  commit(origin, { "b.env": leak(1) });
  const { code } = await leakreach(["ci"], { cwd: origin, env: { ...gitlab(head(origin)) } });
  assert.equal(code, 1);
});

test("the table of the documentation names the variables that are read", () => {
  const source = readFileSync("src/setup/ci-systems.ts", "utf8");
  const read = new Set([...source.matchAll(/env\.([A-Z0-9_]+)/g)].map(([, name]) => name!));
  const table = /## CI systems\n([\s\S]*?)\nWhere none/.exec(readFileSync("docs/usage.md", "utf8"))![1]!;
  const told = new Set([...table.matchAll(/`([A-Z][A-Z0-9_]{3,})`/g)].map(([, name]) => name!));
  for (const name of told) assert.ok(read.has(name), `${name} is documented and not read`);
  const markers = new Set([
    "GITHUB_ACTIONS",
    "GITHUB_EVENT_PATH",
    "GITLAB_CI",
    "CIRCLECI",
    "TF_BUILD",
    "BUILDKITE",
    "TRAVIS",
  ]);
  const kinds = new Set([
    "TRAVIS_PULL_REQUEST",
    "BITBUCKET_BUILD_NUMBER",
    "DRONE",
    "DRONE_BUILD_EVENT",
    "CI",
    "JENKINS_URL",
  ]);
  for (const name of read)
    assert.ok(told.has(name) || markers.has(name) || kinds.has(name), `${name} is read and not documented`);
});
