import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonSweepReport } from "../../src/report/sweep-report.ts";
import { api, archiveOf, at, type Run } from "../providers/github-service.ts";
import { type Service, service } from "../providers/service.ts";
import { leak } from "../scan/running.ts";
import { foundIn, gapsIn, many, place, sweepingSo } from "./sweeping.ts";

const DAY = "2025-03-15T00:00:00Z";

/** A host with one repository that cannot be cloned, and the logs of its runs: run `n` printed secret `n`. */
async function host(runs: Run[]): Promise<Service> {
  const answer = api(runs, (run) => at(`${started.url}/archive/${run}`));
  const started = await service((asked) => {
    if (asked.path === "/orgs/acme/repos") return { body: [{ full_name: "acme/shop", visibility: "private" }] };
    const [, run] = /^\/archive\/(\d+)$/.exec(asked.path) ?? [];
    if (run) return { body: archiveOf(leak(Number(run)).trim()) };
    return /^\/repos\/acme\/shop\/actions\//.test(asked.path) ? answer(asked) : { status: 404, body: {} };
  });
  return started;
}

async function sweptLogs({ url }: Service, store: string, ...args: readonly string[]): Promise<JsonSweepReport> {
  const env = { GITHUB_SERVER_URL: url, GITHUB_API_URL: url, GITHUB_TOKEN: "secret" };
  const { stdout, stderr } = await sweepingSo({ env }, store, ...args, "--logs", "--format", "json");
  assert.equal(stderr, "");
  return JSON.parse(stdout) as JsonSweepReport;
}

const fetchedOf = ({ asked }: Service): string[] =>
  asked.flatMap(({ path }) => (path.startsWith("/archive/") ? path : []));

test("--logs reads the CI logs of each repository, the next sweep only new ones, and what was found stays", async () => {
  const runs = [{ id: 1, created_at: DAY }];
  const acme = await host(runs);
  const store = place();
  const first = await sweptLogs(acme, store, "github:acme");
  const names = first.repositories.map(({ repository }) => repository.name);
  assert.deepEqual(names, ["acme/shop", "CI logs of acme/shop"]);
  assert.equal(foundIn(first)["CI logs of acme/shop"]!.length, 1);
  assert.deepEqual(fetchedOf(acme), ["/archive/1"]);

  runs.push({ id: 2, created_at: DAY });
  const second = await sweptLogs(acme, store, "github:acme");
  assert.equal(foundIn(second)["CI logs of acme/shop"]!.length, 2);
  assert.deepEqual(fetchedOf(acme), ["/archive/1", "/archive/2"]);
  const logs = ({ repositories }: JsonSweepReport) => repositories[1]!.report.findings;
  assert.ok(logs(first).every(({ fingerprint }) => logs(second).some((each) => each.fingerprint === fingerprint)));
  assert.ok(logs(second).every(({ baseline }) => baseline === undefined));
});

test("--logs-since leaves out what was printed before", async () => {
  const acme = await host([{ id: 1, created_at: DAY }]);
  const report = await sweptLogs(acme, place(), "github:acme", "--logs-since", "2025-06-01");
  assert.deepEqual(foundIn(report)["CI logs of acme/shop"], []);
});

test("that folders have no logs is said", async () => {
  const { stdout } = await sweepingSo({}, place(), many(2), "--logs", "--format", "json");
  const report = JSON.parse(stdout) as JsonSweepReport;
  assert.match(gapsIn(report).join("\n"), /^CI logs of 2 repositories: they are folders, or on hosts/);
  assert.equal(report.repositories.length, 2);
});

test("--logs-since without --logs is a mistake", async () => {
  const { code, stderr } = await sweepingSo({}, place(), many(1), "--logs-since", "30d");
  assert.equal(code, 2);
  assert.match(stderr, /--logs-since is for the logs that --logs reads/);
});
