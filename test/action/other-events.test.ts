import assert from "node:assert/strict";
import { readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { folder } from "../config/folder.ts";
import { api, archiveOf, at } from "../providers/github-service.ts";
import { type Answer, service } from "../providers/service.ts";
import { leak, token } from "../scan/running.ts";
import { git } from "../sources/repository.ts";
import { checkout, commit, type Ended, head, server, started, step } from "./runner.ts";

const ZEROS = "0".repeat(40);
const repository = { default_branch: "main" };

const found = ({ report }: Ended): string[] =>
  report!.findings.flatMap(({ exposures }) => exposures.map(({ path, line }) => `${path}:${line}`)).sort();

const push = (workspace: string, payload: object) =>
  step({ event: "push", payload: { repository, ...payload }, workspace });

test("a push is what it brought", async () => {
  const origin = started({ "old.env": leak(9) });
  const before = commit(origin, { "a.txt": "a\n" });
  commit(origin, { "b.env": leak(1) });
  const after = commit(origin, { "b.env": null });
  const ended = await push(checkout(server(origin), after), { ref: "refs/heads/topic", before, after });
  assert.deepEqual([ended.code, found(ended), ended.outputs.incomplete], [1, ["b.env:1"], "false"], ended.stdout);
});

test("a new branch is what the default branch has not, whose tip the remote is asked for", async () => {
  const origin = started({ "old.env": leak(9) });
  const after = commit(origin, { "b.env": leak(1) });
  const ended = await push(checkout(server(origin), after), {
    ref: "refs/heads/topic",
    before: ZEROS,
    after,
    created: true,
  });
  assert.deepEqual([ended.code, found(ended), ended.outputs.incomplete], [1, ["b.env:1"], "false"], ended.stdout);
  assert.match(ended.summary, /what topic has and main has not/);
});

test("a new tag is looked at like a new branch, annotated or not", async () => {
  const origin = started({ "old.env": leak(9) });
  const tip = commit(origin, { "b.env": leak(1) });
  git(origin, "tag", "-a", "v1", "-m", "first");
  const tag = git(origin, "rev-parse", "v1").trim();
  const ended = await push(checkout(server(origin), tip), { ref: "refs/tags/v1", before: ZEROS, after: tag });
  assert.deepEqual([ended.code, found(ended), ended.outputs.incomplete], [1, ["b.env:1"], "false"], ended.stdout);
});

test("the first push of the default branch is all of its history", async () => {
  const origin = started({ "old.env": leak(9) });
  git(origin, "checkout", "-q", "main");
  const after = commit(origin, { "old.env": null });
  const ended = await push(checkout(server(origin), after), { ref: "refs/heads/main", before: ZEROS, after });
  assert.deepEqual([ended.code, found(ended), ended.outputs.incomplete], [1, ["old.env:1"], "false"], ended.stdout);
});

test("a forced push whose old end is gone is held against the default branch", async () => {
  const origin = started({ "old.env": leak(9) });
  const after = commit(origin, { "b.env": leak(1) });
  const before = "1234567890".repeat(4);
  const ended = await push(checkout(server(origin), after), { ref: "refs/heads/topic", before, after, forced: true });
  assert.deepEqual([ended.code, found(ended), ended.outputs.incomplete], [1, ["b.env:1"], "false"], ended.stdout);
});

test("a forced push of the default branch whose old end is gone is never clean", async () => {
  const origin = started({ "a.txt": "a\n" });
  git(origin, "checkout", "-q", "main");
  const after = commit(origin, { "b.txt": "b\n" });
  const before = "1234567890".repeat(4);
  const ended = await push(checkout(server(origin), after), { ref: "refs/heads/main", before, after, forced: true });
  assert.deepEqual([ended.code, ended.outputs.incomplete], [3, "true"], ended.stdout);
  assert.match(ended.stdout, /fetch-depth: 0/);
});

test("a deleted branch is nothing to look at, and says so", async () => {
  const origin = started({ "old.env": leak(9) });
  const payload = { ref: "refs/heads/gone", before: head(origin), after: ZEROS, deleted: true };
  const ended = await push(checkout(server(origin), head(origin)), payload);
  assert.equal(ended.code, 0, ended.stdout + ended.stderr);
  assert.match(ended.summary, /gone was deleted: nothing to look at/);
});

for (const event of ["schedule", "workflow_dispatch"])
  test(`${event} is the history, of which a shallow checkout fetches the rest`, async () => {
    const origin = started({ "old.env": leak(9) });
    const tip = commit(origin, { "old.env": null });
    const ended = await step({ event, payload: {}, workspace: checkout(server(origin), tip) });
    assert.deepEqual([ended.code, found(ended), ended.outputs.incomplete], [1, ["old.env:1"], "false"], ended.stdout);
  });

test("a history that may not be fetched is incomplete", async () => {
  const origin = started({ "old.env": leak(9) });
  const tip = commit(origin, { "old.env": null });
  const workspace = checkout(server(origin), tip);
  const ended = await step({ event: "schedule", payload: {}, workspace, inputs: { fetch: "false" } });
  assert.deepEqual([ended.code, ended.outputs.incomplete], [3, "true"]);
  assert.match(ended.annotations[0]!, /add `fetch-depth: 0` to `with:` of actions\/checkout/);
});

test("of a new branch whose default branch may not be asked for, the line to add is said", async () => {
  const origin = started({ "a.txt": "a\n" });
  const after = commit(origin, { "b.txt": "b\n" });
  const payload = { ref: "refs/heads/topic", before: ZEROS, after, repository: { default_branch: "main" } };
  const workspace = checkout(server(origin), after);
  const ended = await step({ event: "push", payload, workspace, inputs: { fetch: "false" } });
  assert.deepEqual([ended.code, ended.outputs.incomplete], [3, "true"]);
  assert.match(ended.summary, /fetch-depth: 0/);
});

test("a partial checkout: the history fetches the files it lacks, and is incomplete where it may not", async () => {
  const origin = started({ "old.env": leak(9) });
  const tip = commit(origin, { "old.env": null });
  const workspace = checkout(server(origin), tip, { filter: "blob:none" });
  const refused = await step({ event: "schedule", payload: {}, workspace, inputs: { fetch: "false" } });
  assert.deepEqual([refused.code, refused.outputs.incomplete], [3, "true"]);
  const ended = await step({ event: "schedule", payload: {}, workspace });
  assert.deepEqual([ended.code, found(ended), ended.outputs.incomplete], [1, ["old.env:1"], "false"], ended.stdout);
});

/** GitHub as it answers a job that may read the logs of run 42 of acme/app, with one token. */
async function logsOfRun(answer: (location: string) => Answer, text = `DEPLOY_TOKEN=${token(5)}`) {
  const blobs = await service(() => ({ body: archiveOf(text) }));
  const run = { id: 42, created_at: "2025-03-15T09:00:00Z" };
  const github = await service((asked) =>
    asked.headers.authorization === `token ${token(98)}`
      ? api([run], () => answer(`${blobs.url}/42`))(asked)
      : { status: 401, body: { message: "Bad credentials" } },
  );
  const origin = started({ "a.txt": "a\n" });
  const ended = (inputs: Readonly<Record<string, string>>, more: Readonly<Record<string, string>> = {}) =>
    step({
      event: "workflow_run",
      payload: { workflow_run: { id: 42, head_sha: head(origin) }, repository: { visibility: "public" } },
      workspace: checkout(server(origin), head(origin)),
      inputs,
      env: { GITHUB_API_URL: github.url, GITHUB_REPOSITORY: "acme/app", ...more },
    });
  return { blobs, ended };
}

test("workflow_run is the logs of that run, fetched with the token of the workflow", async () => {
  const { blobs, ended } = await logsOfRun(at);
  const given: readonly [inputs: Record<string, string>, env: Record<string, string>][] = [
    [{ "github-token": token(98) }, {}],
    [{}, { GITHUB_TOKEN: token(98) }],
  ];
  for (const [inputs, env] of given) {
    const { code, outputs, report, summary, stdout } = await ended(inputs, env);
    assert.deepEqual([code, outputs.findings, outputs.incomplete], [1, "1", "false"], stdout);
    assert.equal(report!.findings[0]!.exposures[0]!.line, 3);
    assert.match(summary, /the logs of run 42/);
    // What was found is masked before anything is said of it.
    assert.ok(stdout.startsWith(`::add-mask::${token(5)}`));
    assert.ok(!stdout.includes(token(98)));
  }
  assert.ok(blobs.asked.every(({ headers }) => headers.authorization === undefined));
});

test("workflow_run whose logs may not be read, or are no more, is incomplete, never clean", async () => {
  const { ended } = await logsOfRun(() => ({ status: 410, body: {} }));
  const cases: readonly [inputs: Record<string, string>, why: RegExp][] = [
    [{}, /refused it \(401\)\. Give a token in GITHUB_TOKEN .*actions: read/],
    [{ "github-token": token(98) }, /it has expired, or was deleted/],
    [{ fetch: "false" }, /logs are not fetched with `fetch: false`/],
  ];
  for (const [inputs, why] of cases) {
    const { code, outputs, summary, stdout } = await ended(inputs);
    assert.deepEqual([code, outputs.incomplete], [3, "true"], stdout);
    assert.match(summary, why);
  }
});

test("scan: logs looks at the paths named, also those that git ignores", async () => {
  const origin = started({ ".gitignore": "logs\n" });
  const workspace = checkout(server(origin), head(origin));
  const logs = folder({ "run/1_build.txt": leak(1) });
  const inputs = { scan: "logs", paths: `${logs}\n` };
  const ended = await step({ event: "workflow_run", payload: { workflow_run: { id: 42 } }, workspace, inputs });
  assert.equal(ended.code, 1, ended.stdout + ended.stderr);
});

const mistakes: [name: string, inputs: Record<string, string>, says: RegExp][] = [
  ["a word that is none", { scan: "everything" }, /the input scan is everything: it may be auto, range/],
  ["a level that is none", { "fail-on": "severe" }, /the input fail-on is severe/],
  ["neither true nor false", { fetch: "maybe" }, /the input fetch is maybe/],
  ["paths of a history", { paths: "src" }, /the input paths is for/],
  ["a range without commits", { scan: "range" }, /needs a pull request/],
];
for (const [name, inputs, says] of mistakes)
  test(`an input with ${name} is a mistake`, async () => {
    const origin = started({ "a.txt": "a\n" });
    const ended = await step({ event: "schedule", workspace: checkout(server(origin), head(origin)), inputs });
    assert.equal(ended.code, 2, ended.stdout + ended.stderr);
    assert.match(ended.annotations[0]!, says);
  });

test("without a checkout it says what to add", async () => {
  const ended = await step({ event: "schedule", workspace: folder({}) });
  assert.equal(ended.code, 2);
  assert.match(ended.annotations[0]!, /put actions\/checkout before this step/);
});

test("a payload that is not GitHub's is a mistake, not an empty range", async () => {
  const origin = started({ "a.txt": "a\n" });
  const workspace = checkout(server(origin), head(origin));
  const payloads = [
    {},
    { pull_request: {} },
    { pull_request: { base: { sha: "main" }, head: { sha: "--upload-pack=x" } } },
  ];
  for (const payload of payloads) {
    const ended = await step({ event: "pull_request", payload, workspace });
    assert.equal(ended.code, 2, JSON.stringify(payload));
  }
});

test("SARIF goes where the workflow says, and no link that was checked out leads it elsewhere", async () => {
  const target = folder({ "precious.txt": "precious" });
  const origin = started({ "a.txt": "a\n" });
  const workspace = checkout(server(origin), head(origin));
  const named = await step({ event: "schedule", workspace, inputs: { "sarif-file": "out.sarif" } });
  assert.equal(named.outputs["sarif-file"], join(workspace, "out.sarif"));
  rmSync(join(workspace, "out.sarif"));
  symlinkSync(target, join(workspace, "links"));
  symlinkSync(join(target, "precious.txt"), join(workspace, "link.sarif"));
  for (const file of ["link.sarif", "links/out.sarif"]) {
    const ended = await step({ event: "schedule", workspace, inputs: { "sarif-file": file } });
    assert.equal(ended.code, 2, file);
  }
  assert.deepEqual(readdirSync(target), ["precious.txt"]);
  assert.equal(readFileSync(join(target, "precious.txt"), "utf8"), "precious");
});

test("the name of a branch is a name, in the log and in the summary", async () => {
  const origin = started({ "a.txt": "a\n" });
  const before = head(origin);
  const after = commit(origin, { "b.txt": "b\n" });
  const ref = "refs/heads/@everyone<script>alert(1)</script>\n::error::x [x](https://attacker.example)";
  const ended = await push(checkout(server(origin), after), { ref, before, after });
  assert.equal(ended.code, 0, ended.stdout + ended.stderr);
  assert.deepEqual(ended.annotations, []);
  assert.doesNotMatch(ended.summary.replace(/<code>[^<]*<\/code>/g, ""), /everyone|script|attacker/);
});
