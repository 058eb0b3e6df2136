import assert from "node:assert/strict";
import { test } from "node:test";
import { logOf, placesOf } from "../logs/reading.ts";
import { token } from "../scan/running.ts";
import { api, archiveOf, at, type Run, stamped } from "./github-service.ts";
import { type Asked, gapsOf, type Service, service, swept } from "./service.ts";

const TOKEN = token(99);
const request = (url: string, more: object = {}) => ({
  provider: "github" as const,
  projects: ["acme/app"],
  env: { GITHUB_API_URL: url, GITHUB_TOKEN: TOKEN },
  ...more,
});

const minute = (n: number): string => new Date(Date.UTC(2025, 2, 15, 9, n)).toISOString().replace(".000Z", "Z");
const run = (id: number, more: Partial<Run> = {}): Run => ({ id, created_at: minute(id % 50000), ...more });
const tokenless = ({ asked }: Service): boolean =>
  asked.every(({ headers, query }: Asked) => !JSON.stringify([headers, [...query]]).includes(TOKEN));

/** A storage that has the log of every attempt: one secret by run, one line each. */
const storage = (secretOf: (run: number, attempt: number) => string) =>
  service(({ path }) => {
    const [, id, attempt] = /(\d+)\/(\d+)/.exec(path)!;
    return { body: archiveOf(`GH_TOKEN=${secretOf(Number(id), Number(attempt))}`) };
  });

test("the log of a run is fetched from where GitHub keeps it, without the token, and places name run and job", async () => {
  const blobs = await storage((id) => token(id));
  const github = await service(api([run(12345678)], (id, attempt) => at(`${blobs.url}/${id}/${attempt}`)));
  const report = await swept(request(github.url));
  const [place] = placesOf(report, token(12345678));
  const { system, job, run: id, step, page, deletion } = logOf(place);
  assert.deepEqual([system, id, job, step], ["github", "12345678", "build", "Run ./deploy.sh"]);
  assert.match(page ?? "", /\/acme\/app\/actions\/runs\/12345678$/);
  assert.match(deletion ?? "", /^gh api -X DELETE .*repos\/acme\/app\/actions\/runs\/12345678\/logs$/);
  assert.match(place!.provenance.path, /^github\/.*acme\/app\/runs\/12345678\/attempts\/1\/logs_12345678\.zip$/);
  assert.ok(github.asked.every(({ headers }) => headers.authorization === `token ${TOKEN}`));
  assert.ok(tokenless(blobs), "storage sees no token");
  assert.deepEqual([report.complete, gapsOf(report)], [true, []]);
  assert.ok(report.stats.notices.includes("1 log was fetched"));
});

const exposureOf = (report: Awaited<ReturnType<typeof swept>>, seed: number) =>
  report.findings
    .find(({ secret }) => secret.reveal() === token(seed))
    ?.reach.factors.find(({ name }) => name === "exposure")?.value;

test("the log of a public repository is public, as GitHub says of it; what it does not say is not taken for granted", async () => {
  const blobs = await storage((id) => token(id));
  const runs = [run(1, { repository: { private: false } }), run(2, { repository: { private: true } }), run(3)];
  const github = await service(api(runs, (id, attempt) => at(`${blobs.url}/${id}/${attempt}`)));
  const report = await swept(request(github.url));
  assert.deepEqual(
    [1, 2, 3].map((seed) => exposureOf(report, seed)),
    ["public", "internal", "internal"],
  );
});

test("every attempt of a run has a log of its own", async () => {
  const blobs = await storage((id, attempt) => token(id + attempt));
  const runs = [run(20, { run_attempt: 3 })];
  const github = await service(api(runs, (id, attempt) => at(`${blobs.url}/${id}/${attempt}`)));
  const report = await swept(request(github.url));
  assert.deepEqual(new Set(report.findings.map(({ secret }) => secret.reveal())), new Set([21, 22, 23].map(token)));
});

test("pages are read to the end, and a search that is cut at 1,000 runs is gone on with by date", async () => {
  const runs = Array.from({ length: 1203 }, (_, i) => run(i + 1));
  const github = await service(api(runs, () => ({ status: 410, body: { message: "Gone" } })));
  const report = await swept(request(github.url, { branch: undefined }));
  assert.equal(report.gaps.length, 1203);
  assert.ok(report.stats.notices.some((notice) => notice.startsWith("0 logs were fetched; 1,203 had expired")));
});

test("a list that never ends is a gap, not a loop", async () => {
  const same = Array.from({ length: 100 }, (_, i) => ({ ...run(i + 1), status: "queued" }));
  const github = await service(() => ({ body: { total_count: 9e9, workflow_runs: same } }));
  const report = await swept(request(github.url));
  assert.match(gapsOf(report).join("\n"), /goes round in circles/);
  assert.ok(github.asked.length < 50);
});

test("branch, workflow and time are asked for; a run that had ended before is not fetched", async () => {
  const blobs = await storage((id) => token(id));
  const runs = [
    run(1, { created_at: "2025-03-10T00:00:00Z", updated_at: "2025-03-15T10:00:00Z" }),
    run(2, { created_at: "2025-03-10T00:00:00Z", updated_at: "2025-03-10T01:00:00Z" }),
    run(3, { created_at: "2025-03-20T00:00:00Z", updated_at: "2025-03-20T01:00:00Z" }),
  ];
  const github = await service(api(runs, (id, attempt) => at(`${blobs.url}/${id}/${attempt}`)));
  const window = { since: Date.UTC(2025, 2, 14) / 1000, until: Date.UTC(2025, 2, 16) / 1000 };
  const report = await swept(request(github.url, { ...window, workflow: "ci.yml" }));
  assert.deepEqual(
    report.findings.map(({ secret }) => secret.reveal()),
    [token(1)],
  );
  assert.equal(blobs.asked.length, 1);
  assert.equal(github.asked[0]!.path, "/repos/acme/app/actions/workflows/ci.yml/runs");
  assert.equal(github.asked[0]!.query.get("created"), "2025-01-08T00:00:00Z..2025-03-16T00:00:00Z");
  await swept(request(github.url, { branch: "feature/x" }));
  assert.equal(github.asked.at(-1)!.query.get("branch"), "feature/x");
});

test("a run that has not ended is counted; one that was asked for is a gap", async () => {
  const github = await service(api([run(7, { status: "in_progress" })], () => ({ status: 404, body: {} })));
  const listed = await swept(request(github.url));
  assert.deepEqual([listed.complete, listed.stats.skipped], [true, { "logs of what has not ended yet": 1 }]);
  assert.match(gapsOf(await swept(request(github.url, { run: "7" }))).join(), /runs\/7: it has not ended yet/);
});

test("where there is no archive, the logs of its jobs are read; one that is missing is a gap", async () => {
  const blobs = await service(() => ({ body: stamped("##[group]Run a", `X=${token(5)}`) }));
  const jobs = [
    { id: 71, name: "build / linux", conclusion: "success" },
    { id: 72, name: "lint", conclusion: "failure" },
    { id: 73, name: "deploy", conclusion: "skipped" },
  ];
  const list = api([run(7)], () => ({ status: 404, body: { message: "Not Found" } }));
  const github = await service((asked) => {
    if (asked.path.endsWith("/attempts/1/jobs")) return { body: { total_count: 3, jobs } };
    if (asked.path.endsWith("/jobs/71/logs")) return at(`${blobs.url}/71`);
    if (asked.path.endsWith("/jobs/72/logs")) return { status: 410, body: { message: "Gone" } };
    return list(asked);
  });
  const report = await swept(request(github.url));
  assert.equal(logOf(placesOf(report, token(5))[0]).job, "build / linux");
  assert.match(gapsOf(report).join("\n"), /^github\/.*\/jobs\/72\.txt: it has expired/);
  assert.equal(report.complete, false);
});

test("an address that ran out in its minute is asked for once more", async () => {
  const blobs = await service(({ query }) =>
    query.get("sig") === "new" ? { body: archiveOf(`X=${token(6)}`) } : { status: 403, body: "Signature expired" },
  );
  let asked = 0;
  const github = await service(api([run(7)], () => at(`${blobs.url}/7?sig=${asked++ === 0 ? "old" : "new"}`)));
  const report = await swept(request(github.url));
  assert.equal(placesOf(report, token(6)).length, 1);
  assert.deepEqual([blobs.asked.length, report.complete], [2, true]);
});

test("an address that never works is a gap without its signature", async () => {
  const blobs = await service(() => ({ status: 403, body: "Signature expired" }));
  const github = await service(api([run(7)], () => at(`${blobs.url}/7?sig=verysecretsignature`)));
  const report = await swept(request(github.url));
  assert.match(gapsOf(report).join(), /did not work \(403\)/);
  assert.doesNotMatch(JSON.stringify(report.gaps), /signature|sig=/);
  assert.equal(blobs.asked.length, 2);
});

test("a connection that is cut midway is tried again, the list as well as the log", async () => {
  const archive = archiveOf(`X=${token(8)}`);
  const blobs = await service((_, before) => (before < 2 ? { cut: archive } : { body: archive }));
  const list = api([run(7)], () => at(`${blobs.url}/7`));
  const github = await service((asked, before) =>
    asked.path.endsWith("/runs") && before === 0 ? { cut: '{"workflow_runs": []}     '.padEnd(4000) } : list(asked),
  );
  const report = await swept(request(github.url));
  assert.equal(placesOf(report, token(8)).length, 1);
  assert.deepEqual([blobs.asked.length, report.complete], [3, true]);
});

test("a log that is cut every time, an archive that is broken, a list that is no JSON: each is a gap", async () => {
  const archive = archiveOf(`X=${token(8)}`, ...Array.from({ length: 200 }, (_, i) => token(i + 1000)));
  const blobs = await service(({ path }) =>
    path === "/1/1" ? { cut: archive } : { body: archive.subarray(0, archive.length - 600) },
  );
  const github = await service(api([run(1), run(2)], (id, attempt) => at(`${blobs.url}/${id}/${attempt}`)));
  const report = await swept(request(github.url));
  const gaps = gapsOf(report).join("\n");
  assert.match(gaps, /runs\/1\/attempts\/1: the connection was cut midway, 5 times/);
  assert.match(gaps, /runs\/2\/.*\.zip/);
  const odd = await service(() => ({ body: "<html>sign in</html>" }));
  assert.match(gapsOf(await swept(request(odd.url))).join(), /logs of github:.*no list/);
});

const limits: readonly [name: string, status: number, headers: Readonly<Record<string, string>>, body: string][] = [
  [
    "the primary rate limit",
    403,
    { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "soon" },
    "API rate limit exceeded",
  ],
  ["a secondary rate limit", 403, { "retry-after": "2" }, "You have exceeded a secondary rate limit"],
  ["429", 429, { "retry-after": "1" }, "You have exceeded a secondary rate limit"],
  ["an error of the server", 502, {}, "Bad Gateway"],
];

for (const [name, status, given, message] of limits) {
  test(`${name} is waited for, and then all is read`, async () => {
    const blobs = await storage((id) => token(id));
    const list = api([run(7)], (id, attempt) => at(`${blobs.url}/${id}/${attempt}`));
    const headers = Object.fromEntries(
      Object.entries(given).map(([key, value]) => [key, value === "soon" ? `${Math.ceil(Date.now() / 1000)}` : value]),
    );
    const github = await service((asked, before) =>
      before === 0 ? { status, headers, body: { message } } : list(asked),
    );
    const report = await swept(request(github.url));
    assert.deepEqual([placesOf(report, token(7)).length, report.complete, gapsOf(report)], [1, true, []]);
  });
}

test("a limit that lasts too long is a gap for each log, and nothing more is asked in vain", async () => {
  const runs = Array.from({ length: 40 }, (_, i) => run(i + 1));
  const refused = { status: 403, headers: { "retry-after": "3600000" }, body: { message: "secondary rate limit" } };
  const github = await service(api(runs, () => refused));
  const report = await swept(request(github.url));
  assert.equal(report.gaps.length, 40);
  assert.match(gapsOf(report)[0]!, /rate limit ends in \d+ min: run again/);
  assert.ok(github.asked.length < 12, `${github.asked.length} requests`);
});

const refusals: readonly [status: number, why: RegExp][] = [
  [401, /refused it \(401\)\. Give a token in GITHUB_TOKEN/],
  [403, /refused it \(403\)\. Give a token in GITHUB_TOKEN/],
  [404, /no such thing \(404\)\. Give a token in GITHUB_TOKEN/],
];

for (const [status, why] of refusals) {
  test(`${status} for the list is one gap that says what the token needs`, async () => {
    const github = await service(() => ({ status, body: { message: `Bad credentials ${TOKEN}` } }));
    const report = await swept(request(github.url));
    assert.equal(report.gaps.length, 1);
    assert.match(gapsOf(report)[0]!, why);
    assert.ok(!JSON.stringify(report.gaps).includes(TOKEN));
    assert.equal(github.asked.length, 1);
  });
}

test("a repository that was renamed is followed, with the token, since it is the same host", async () => {
  const blobs = await storage((id) => token(id));
  const list = api([run(7)], (id, attempt) => at(`${blobs.url}/${id}/${attempt}`));
  const github = await service((asked) =>
    asked.path === "/repos/acme/app/actions/runs"
      ? { status: 301, headers: { location: "/repositories/1/actions/runs?per_page=100&page=1" }, body: {} }
      : list(asked),
  );
  assert.equal(placesOf(await swept(request(github.url)), token(7)).length, 1);
});

test("a log that is longer than the limit is a gap", async () => {
  const blobs = await service(() => ({ body: Buffer.alloc(3000) }));
  const github = await service(api([run(7)], () => at(`${blobs.url}/7`)));
  const report = await swept(request(github.url, { maxFileSize: 2000 }));
  assert.match(gapsOf(report).join(), /longer than 2000 bytes/);
});

/** What tj-actions/changed-files printed: lines of the runner's memory in base64, twice. */
function dump(secret: string): string {
  const once = Buffer.from(`"github_token":${JSON.stringify({ value: secret, isSecret: true })}\n`).toString("base64");
  return Buffer.from(`${once}\n`).toString("base64");
}

const march = { since: Date.UTC(2025, 2, 14) / 1000, until: Date.UTC(2025, 2, 17) / 1000 - 1 };

test("was I hit by tj-actions/changed-files? The answer is said in words, with what could not be looked at", async () => {
  const lines = new Map([
    [1, "all well"],
    [2, "all well"],
    [3, dump(token(3))],
  ]);
  const blobs = await service(({ path }) => ({
    body: archiveOf("##[group]changed-files", lines.get(Number(path.slice(1)))!),
  }));
  const answer = async (...ids: readonly number[]) => {
    const github = await service(
      api(
        ids.map((id) => run(id)),
        (id) => (lines.has(id) ? at(`${blobs.url}/${id}`) : { status: 410, body: {} }),
      ),
    );
    const { stats } = await swept(request(github.url, march));
    return stats.notices.filter((notice) => /hit|nothing can be said/.test(notice)).join("\n");
  };
  assert.match(
    await answer(1, 2),
    /^no sign that you were hit: none of 2 logs looked at holds what tj-actions\/changed-files printed in March 2025 \(CVE-2025-30066\)$/,
  );
  assert.match(
    await answer(1, 8, 9),
    /none of 1 log looked at .*; 2 logs had expired or could not be read, and nothing is known of them$/,
  );
  assert.match(
    await answer(8, 9),
    /^nothing can be said of what tj-actions.*no log was looked at; 2 logs had expired/m,
  );
  assert.match(
    await answer(1, 3, 9),
    /^you were hit: 1 log of 2 looked at holds what tj-actions.*rotated; 1 log had expired/m,
  );
});
