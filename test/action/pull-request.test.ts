import assert from "node:assert/strict";
import { existsSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { leak, token } from "../scan/running.ts";
import { git } from "../sources/repository.ts";
import { checkout, commit, type Ended, type PullRequest, pullRequest, server, started, step } from "./runner.ts";

/** `path:line commit` of each exposure. */
const places = ({ report }: Ended): string[] =>
  report!.findings
    .flatMap(({ exposures }) => exposures.map(({ path, line, commit: id }) => `${path}:${line} ${id?.slice(0, 8)}`))
    .sort();

/** Runs the action on a pull request, from a checkout of one commit of what GitHub made of it. */
function run({ origin, merge, payload }: PullRequest, inputs: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const workspace = checkout(server(origin), merge, { ref: "refs/remotes/pull/7/merge" });
  return step({ event: "pull_request", payload, workspace, inputs });
}

test("a token in the middle commit of a request is found, though the last one takes it away", async () => {
  const origin = started({ "a.txt": "a\n", "old.env": leak(9) });
  commit(origin, { "b.txt": "b\n" });
  const middle = commit(origin, { "deploy.env": `# deploy\n${leak(1)}` });
  commit(origin, { "deploy.env": null });
  const ended = await run(pullRequest(origin));
  assert.equal(ended.code, 1, ended.stdout + ended.stderr);
  assert.deepEqual(places(ended), [`deploy.env:2 ${middle.slice(0, 8)}`]);
  assert.equal(ended.report!.stats.complete, true);
  assert.deepEqual([ended.outputs.findings, ended.outputs.worst, ended.outputs.incomplete], ["1", "critical", "false"]);
  assert.match(ended.summary, /deploy\.env:2<\/code> \(commit <code>[0-9a-f]{12}<\/code>, removed later/);
  assert.match(ended.annotations[0]!, /^::error title=CRITICAL .*no longer stands there/);
});

test("what stands in the base is not the request's, and a request without a leak is clean", async () => {
  const origin = started({ "old.env": leak(9) });
  commit(origin, { "b.txt": "b\n" });
  const ended = await run(pullRequest(origin));
  assert.equal(ended.code, 0, ended.stdout + ended.stderr);
  assert.match(ended.summary, /no leaked secret found<\/h3>/);
});

test("a base that went on far beyond where the request left it is fetched as deep as needed", async () => {
  const origin = started({ "a.txt": "a\n", "old.env": leak(9) });
  const added = commit(origin, { "b.env": leak(1) });
  git(origin, "checkout", "-q", "main");
  for (let i = 0; i < 60; i++) commit(origin, { "main.txt": `${i}\n` });
  const ended = await run(pullRequest(origin));
  assert.equal(ended.code, 1, ended.stdout + ended.stderr);
  assert.deepEqual(places(ended), [`b.env:1 ${added.slice(0, 8)}`]);
  assert.equal(ended.report!.stats.complete, true);
});

test("a secret that only a merge of the request brings is found", async () => {
  const origin = started({ "a.txt": "a\n" });
  commit(origin, { "b.txt": "b\n" });
  git(origin, "checkout", "-q", "-b", "side", "main");
  commit(origin, { "c.txt": "c\n" });
  git(origin, "checkout", "-q", "topic");
  git(origin, "merge", "-q", "--no-ff", "--no-commit", "side");
  const evil = commit(origin, { "evil.env": leak(1) });
  const ended = await run(pullRequest(origin));
  assert.deepEqual(places(ended), [`evil.env:1 ${evil.slice(0, 8)}`]);
});

test("where nothing may be fetched, it ends incomplete with the line to add, never clean", async () => {
  const origin = started({ "a.txt": "a\n" });
  commit(origin, { "b.txt": "b\n" });
  const ended = await run(pullRequest(origin), { fetch: "false" });
  assert.equal(ended.code, 3);
  assert.equal(ended.outputs.incomplete, "true");
  assert.match(ended.stdout, /add `fetch-depth: 0`/);
  assert.match(ended.annotations[0]!, /^::error title=leakreach%3A not everything was read::/);
  assert.match(ended.summary, /fetch-depth: 0/);
});

test("where the remote cannot be reached, it ends incomplete and says why", async () => {
  const origin = started({ "a.txt": "a\n" });
  commit(origin, { "b.env": leak(1) });
  const request = pullRequest(origin);
  const workspace = checkout(server(origin), request.merge);
  git(workspace, "remote", "set-url", "origin", "file:///nowhere/at/all.git");
  const ended = await step({ event: "pull_request", payload: request.payload, workspace });
  assert.equal(ended.code, 1, "what the checkout has is looked at all the same");
  assert.equal(ended.report!.stats.complete, false);
  assert.match(ended.report!.gaps.map(({ why }) => why).join(), /nowhere.*fetch-depth: 0/s);
});

test("a whole checkout needs no remote", async () => {
  const origin = started({ "a.txt": "a\n" });
  commit(origin, { "b.env": leak(1) });
  const request = pullRequest(origin);
  const workspace = checkout(server(origin), request.merge, { depth: 0 });
  git(workspace, "remote", "remove", "origin");
  const ended = await step({ event: "pull_request", payload: request.payload, workspace });
  assert.deepEqual([ended.code, ended.report!.stats.complete], [1, true]);
});

test("pull_request_target looks at the head, fetched by its id, and reads no settings of it", async () => {
  const origin = started({ "a.txt": "a\n" });
  const added = commit(origin, { "b.env": leak(1), ".leakreach.yml": "paths: { exclude: ['**'] }\n" });
  const request = pullRequest(origin);
  const workspace = checkout(server(origin), request.base);
  const ended = await step({ event: "pull_request_target", payload: request.payload, workspace });
  assert.equal(ended.code, 1, ended.stdout + ended.stderr);
  assert.deepEqual(places(ended), [`b.env:1 ${added.slice(0, 8)}`]);
  assert.match(ended.report!.stats.notices.join("\n"), /this request changes \.leakreach\.yml/);
});

for (const event of ["pull_request_review", "pull_request_review_comment"])
  test(`${event} is of a request, which does not switch off what looks at it`, async () => {
    const origin = started({ "a.txt": "a\n" });
    const added = commit(origin, { "b.env": leak(1), ".leakreach.yml": "paths: { exclude: ['**'] }\n" });
    const { payload, merge } = pullRequest(origin);
    const ended = await step({ event, payload, workspace: checkout(server(origin), merge) });
    assert.deepEqual([ended.code, places(ended)], [1, [`b.env:1 ${added.slice(0, 8)}`]], ended.stdout);
    assert.match(ended.summary, /this request changes \.leakreach\.yml/);
  });

test("a partial checkout: files of the request and settings of the base are fetched by their ids", async () => {
  const origin = started({ "a.txt": "a\n", ".leakreach.yml": "rules: { files: [rules.yml] }\n" });
  git(origin, "checkout", "-q", "main");
  commit(origin, {
    "rules.yml":
      "rules:\n  - { id: acme-token, name: Acme, keywords: [acme_], pattern: '\\b(?<secret>acme_[a-z0-9]{32})\\b' }\n",
  });
  git(origin, "checkout", "-q", "-B", "topic");
  const added = commit(origin, { "b.env": leak(1), "c.txt": `acme_${token(1).slice(4, 36).toLowerCase()}\n` });
  commit(origin, { "b.env": null, "c.txt": null, ".leakreach.yml": "# none\n", "rules.yml": "# none\n" });
  const { payload, merge } = pullRequest(origin);
  const remote = server(origin);
  const workspace = checkout(remote, merge, { filter: "blob:none" });
  const ended = await step({ event: "pull_request", payload, workspace, inputs: { "min-level": "none" } });
  assert.deepEqual(ended.report!.gaps, []);
  assert.deepEqual(
    [ended.code, places(ended)],
    [1, [`b.env:1 ${added.slice(0, 8)}`, `c.txt:1 ${added.slice(0, 8)}`]],
    ended.stdout,
  );
  const again = checkout(remote, merge, { filter: "blob:none" });
  const refused = await step({ event: "pull_request", payload, workspace: again, inputs: { fetch: "false" } });
  assert.deepEqual([refused.code, refused.outputs.incomplete], [3, "true"]);
});

test("settings of the base that are a link are read where it leads, and a change there is said", async () => {
  const origin = started({ "ci.yml": "paths: { exclude: [b.env] }\n" });
  git(origin, "checkout", "-q", "main");
  symlinkSync("ci.yml", join(origin, ".leakreach.yml"));
  git(origin, "add", "-A");
  git(origin, "commit", "-qm", "link");
  git(origin, "checkout", "-q", "-B", "topic");
  const added = commit(origin, { "b.env": leak(1), "c.env": leak(2), "ci.yml": "paths: { exclude: ['**'] }\n" });
  const request = pullRequest(origin);
  const workspace = checkout(server(origin), request.merge);
  const ended = await step({ event: "pull_request", payload: request.payload, workspace });
  assert.deepEqual([ended.code, places(ended)], [1, [`c.env:1 ${added.slice(0, 8)}`]], ended.stdout);
  assert.match(ended.summary, /this request changes ci\.yml/);
});

for (const target of ["/etc/hostname", "../../x.yml", ".leakreach.yml", "nothing.yml"])
  test(`settings of the base that are a link to ${target} are never read, and the run is incomplete`, async () => {
    const origin = started({ "a.txt": "a\n" });
    git(origin, "checkout", "-q", "main");
    symlinkSync(target, join(origin, ".leakreach.yml"));
    git(origin, "add", "-A");
    git(origin, "commit", "-qm", "link");
    git(origin, "checkout", "-q", "-B", "topic");
    commit(origin, { "b.txt": "b\n" });
    const { payload, merge } = pullRequest(origin);
    const ended = await step({ event: "pull_request", payload, workspace: checkout(server(origin), merge) });
    assert.deepEqual([ended.code, ended.outputs.incomplete], [3, "true"], ended.stdout);
    assert.ok(ended.report!.gaps.some(({ what }) => what.startsWith(".leakreach.yml of the base")));
  });

test("a merge group is a request, too", async () => {
  const origin = started({ "a.txt": "a\n" });
  const added = commit(origin, { "b.env": leak(1) });
  const { base, head: tip } = pullRequest(origin);
  const payload = {
    action: "checks_requested",
    merge_group: { base_sha: base, head_sha: tip, base_ref: "refs/heads/main" },
  };
  const ended = await step({ event: "merge_group", payload, workspace: checkout(server(origin), tip) });
  assert.deepEqual([ended.code, ...places(ended)], [1, `b.env:1 ${added.slice(0, 8)}`]);
});

test("settings, ignore file and baseline of the request do not count, and it is told so", async () => {
  const origin = started({ ".leakreach.yml": "report: { failOn: low }\n" });
  commit(origin, {
    ".leakreach.yml": "rules: { disable: ['*'] }\n",
    ".gitleaksignore": "b.env:github-pat:1\n",
    "known.json": '{"fingerprints": []}\n',
    "b.env": leak(1),
  });
  const ended = await run(pullRequest(origin), { baseline: "known.json" });
  assert.equal(ended.code, 1, ended.stdout + ended.stderr);
  for (const path of [".leakreach.yml", ".gitleaksignore", "known.json"])
    assert.ok(
      ended.report!.stats.notices.includes(
        `this request changes ${path}: that counts once it is merged, and not in this check`,
      ),
      path,
    );
  assert.match(ended.summary, /the base has no known\.json \(the input baseline\)/);
});

test("settings of the base count, with the files they name", async () => {
  const rules =
    "rules:\n  - { id: acme-token, name: Acme, keywords: [acme_], pattern: '\\b(?<secret>acme_[a-z0-9]{32})\\b' }\n";
  const origin = started({ "ci/leakreach.yml": "rules: { files: [more/rules.yml] }\n", "ci/more/rules.yml": rules });
  git(origin, "rm", "-q", "-r", "ci");
  commit(origin, { "b.txt": `acme_${token(1).slice(4, 36).toLowerCase()}\n` });
  const ended = await run(pullRequest(origin), { config: "ci/leakreach.yml", "fail-on": "any" });
  assert.equal(ended.code, 1, ended.stdout + ended.stderr);
  assert.deepEqual(
    ended.report!.findings.map(({ rule }) => rule),
    ["acme-token"],
  );
});

test("an input that names no file anywhere is a mistake, not a default", async () => {
  const origin = started({ "a.txt": "a\n" });
  const ended = await run(pullRequest(origin), { config: "leakraech.yml" });
  assert.equal(ended.code, 2);
  assert.match(ended.annotations[0]!, /^::error title=leakreach::the input config is leakraech\.yml: neither/);
});

test("a comment that the request brings allows nothing yet, and is listed", async () => {
  const origin = started({ "a.txt": "a\n" });
  commit(origin, { "b.env": `${leak(1).trimEnd()} # gitleaks:allow\n` });
  const ended = await run(pullRequest(origin));
  assert.equal(ended.code, 1);
  assert.match(ended.summary, /Comments of this request[\s\S]*<code>b\.env:1<\/code>: <code>gitleaks:allow/);
});

test("with scan: tree, comments count in files that the request leaves alone", async () => {
  const origin = started({ "old.env": `${leak(1).trimEnd()} # gitleaks:allow\n` });
  commit(origin, { "new.env": `${leak(2).trimEnd()} # gitleaks:allow\n` });
  const ended = await run(pullRequest(origin), { scan: "tree" });
  assert.equal(ended.code, 1);
  const open = ended.report!.findings.filter(({ suppression }) => !suppression);
  assert.deepEqual(
    open.map(({ exposures }) => exposures[0]!.path),
    ["new.env"],
  );
});

test("an annotation has the line that the file has in the end, not that of the commit that brought it", async () => {
  const origin = started({ "a.txt": "a\n" });
  commit(origin, { "b.env": leak(1) });
  commit(origin, { "b.env": `# one\n# two\n${leak(1)}` });
  const ended = await run(pullRequest(origin));
  assert.match(ended.annotations[0]!, /,file=b\.env,line=3,endLine=3,col=10,/);
});

test("secrets are masked before anything else is said, and never printed otherwise", async () => {
  const origin = started({ "a.txt": "a\n" });
  commit(origin, { "b.env": leak(1) });
  const ended = await run(pullRequest(origin));
  assert.ok(ended.stdout.startsWith(`::add-mask::${token(1)}\n`));
  assert.equal(ended.stdout.split(token(1)).length, 2);
  for (const text of [ended.stderr, ended.summary, JSON.stringify(ended.outputs), JSON.stringify(ended.report)])
    assert.ok(!text.includes(token(1)));
});

test("a request of a fork needs nothing but to read: no branch has its head, no ref changes", async () => {
  const origin = started({ "a.txt": "a\n" });
  const added = commit(origin, { "b.env": leak(1) });
  const request = pullRequest(origin);
  const remote = server(origin);
  git(remote, "update-ref", "-d", "refs/heads/topic");
  git(remote, "config", "uploadpack.allowAnySHA1InWant", "false");
  git(remote, "config", "http.receivepack", "false");
  const workspace = checkout(remote, request.merge, { ref: "refs/remotes/pull/7/merge" });
  const refs = () => [
    git(remote, "for-each-ref"),
    git(workspace, "for-each-ref"),
    git(workspace, "status", "--porcelain"),
  ];
  const before = refs();
  const ended = await step({ event: "pull_request", payload: request.payload, workspace });
  assert.deepEqual([ended.code, ...places(ended)], [1, `b.env:1 ${added.slice(0, 8)}`]);
  assert.deepEqual(refs(), before);
});

test("fetching runs nothing that the repository's settings name", async () => {
  const origin = started({ "a.txt": "a\n" });
  commit(origin, { "b.env": leak(1) });
  const request = pullRequest(origin);
  const workspace = checkout(server(origin), request.merge);
  const trap = `touch ${join(workspace, "run")}`;
  for (const hook of ["reference-transaction", "post-checkout", "pre-auto-gc", "fsmonitor-watchman"])
    writeFileSync(join(workspace, ".git", "hooks", hook), `#!/bin/sh\n${trap}\n`, { mode: 0o755 });
  git(workspace, "config", "core.fsmonitor", trap);
  const ended = await step({ event: "pull_request", payload: request.payload, workspace });
  assert.equal(ended.code, 1);
  assert.ok(!existsSync(join(workspace, "run")));
});

test("what an address holds of a login is not said", async () => {
  const origin = started({ "a.txt": "a\n" });
  commit(origin, { "b.txt": "b\n" });
  const request = pullRequest(origin);
  const workspace = checkout(server(origin), request.merge);
  const login = token(77);
  git(workspace, "remote", "set-url", "origin", `http://x-access-token:${login}@127.0.0.1:9/o/r.git`);
  const ended = await step({ event: "pull_request", payload: request.payload, workspace });
  assert.equal(ended.code, 3);
  for (const text of [ended.stdout, ended.stderr, ended.summary]) assert.ok(!text.includes(login));
});

test("a token in the history of a merged base is not the request's, however shallow the checkout", async () => {
  const origin = started({ "a.txt": "a\n" });
  git(origin, "checkout", "-q", "main");
  commit(origin, { "old.env": leak(9) });
  git(origin, "checkout", "-q", "topic");
  commit(origin, { "b.txt": "b\n" });
  git(origin, "merge", "-q", "--no-ff", "-m", "catch up", "main");
  const ended = await run(pullRequest(origin));
  assert.deepEqual([ended.code, places(ended), ended.outputs.incomplete], [0, [], "false"], ended.stdout);
});
