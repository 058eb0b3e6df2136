import assert from "node:assert/strict";
import dns from "node:dns/promises";
import { readFileSync } from "node:fs";
import { mock as mocked, test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { Report } from "../../src/model/index.ts";
import { asRepository } from "../../src/report/as-repository.ts";
import { htmlPieces } from "../../src/report/html/document.ts";
import { render } from "../../src/report/index.ts";
import { findingOf, logOf, placesOf } from "../logs/reading.ts";
import { makeOptions } from "../report/make-report.ts";
import { token } from "../scan/running.ts";
import { api, archiveOf, at, type Run } from "./github-service.ts";
import { type Answer, type Asked, gapsOf, type Service, service, swept } from "./service.ts";
import { logText, MOCKS, type Mock, sound } from "./systems.ts";

const SECRET = token(901);

/** A system of which only the log of job 3 holds a secret, unless `loud` says otherwise. */
async function systemOf(mock: Mock, change: (asked: Asked, before: number) => Answer | undefined, loud = [3]) {
  const self: Service = await service((asked, before) => {
    const job = mock.logOf(asked);
    if (job !== undefined) return { body: loud.includes(job) ? logText(mock, job) : mock.log("all is well") };
    return change(asked, before) ?? sound(mock, () => self.url)(asked);
  });
  return self;
}

const sweepOf = (mock: Mock, url: string, secret = SECRET) =>
  swept({ provider: mock.provider, projects: [mock.project], env: mock.env(url, secret) });

const leftOf = (report: Report, seed = 3) => logOf(placesOf(report, token(seed))[0]).left;

for (const mock of MOCKS) {
  const asks = !["gitlab", "travis"].includes(mock.provider);

  test(`${mock.provider}: what a run left is asked for where something was found, and nowhere else`, async () => {
    const self = await systemOf(mock, () => undefined);
    const report = await sweepOf(mock, self.url);
    const { deletion, ...left } = leftOf(report) ?? {};
    assert.deepEqual(left, mock.left ?? {});
    assert.equal(self.asked.filter(mock.isBeside).length, asks ? 1 : 0);
    assert.deepEqual(gapsOf(report), []);
    const [, log, beside] = findingOf(report, token(3))!.reach.remedies;
    if (mock.left) assert.match(log!.action, /: .*2 artifacts beside it \(/);
    if (mock.left?.kept) assert.match(log!.action, /marked to be kept/);
    assert.equal(deletion !== undefined, mock.provider === "buildkite");
    if (deletion !== undefined) {
      assert.match(beside!.action, /^Delete 2 artifacts of that run, too/);
      assert.equal(beside!.command, deletion);
      assert.match(deletion, /-X DELETE \S+\/jobs\/j-3\/artifacts\/\{\}$/);
      assert.ok(!deletion.includes(SECRET));
    }
  });

  if (asks)
    for (const status of [401, 403, 404, 500])
      test(`${mock.provider}: ${status} for the artifacts loses no finding, is no gap, and is said`, async () => {
        const self = await systemOf(mock, (asked) => (mock.isBeside(asked) ? { status } : undefined));
        const report = await sweepOf(mock, self.url);
        assert.deepEqual([report.findings.length, gapsOf(report), report.complete], [1, [], true]);
        const [why] = leftOf(report)?.unknown ?? [];
        assert.match(why ?? "", new RegExp(`^its artifacts are not known: .*\\b${status}\\b`));
        assert.ok(!why!.includes(SECRET));
        assert.match(findingOf(report, token(3))!.reach.remedies[1]!.action, /\bdelete\b/);
      });
}

test("a provider that does not answer is asked three times, and not for every log", async () => {
  const mock = MOCKS.find(({ provider }) => provider === "buildkite")!;
  const self = await systemOf(mock, (asked) => (mock.isBeside(asked) ? { status: 502 } : undefined), [5, 4, 3, 2, 1]);
  const report = await sweepOf(mock, self.url);
  assert.equal(report.findings.length, 5);
  assert.equal(new Set(self.asked.filter(mock.isBeside).map(({ path }) => path)).size, 3);
  assert.ok(
    report.stats.notices.some((text) => /runs of 2 more logs left was not asked for, after 3: .*502/.test(text)),
  );
});

/** docs.github.com/rest/actions/artifacts: "List workflow run artifacts". */
const artifact = (id: number, name: string, more: object = {}) => ({
  id,
  name,
  size_in_bytes: 1_000_000,
  expired: false,
  created_at: "2026-11-03T00:00:00Z",
  expires_at: `2027-02-0${id}T00:00:00Z`,
  ...more,
});

const run = (id: number, more: Partial<Run> = {}): Run => ({
  id,
  created_at: "2026-11-01T00:00:00Z",
  updated_at: "2026-11-02T00:00:00Z",
  ...more,
});

interface Github {
  readonly artifacts: Answer;
  readonly retention: Answer;
  readonly runs?: readonly Run[];
}

async function githubOf({ artifacts, retention, runs = [run(7)] }: Github) {
  const blobs = await service(({ path }) => ({
    body: archiveOf(path.startsWith("/9") ? "all is well" : `X=${token(Number(path.split("/")[1]))}`),
  }));
  const list = api(runs, (id, attempt) => at(`${blobs.url}/${id}/${attempt}`));
  const self = await service((asked) => {
    if (asked.path.endsWith("/artifacts")) return artifacts;
    return asked.path.endsWith("/actions/permissions/artifact-and-log-retention") ? retention : list(asked);
  });
  const env = { GITHUB_API_URL: self.url, GITHUB_TOKEN: SECRET };
  return { self, report: await swept({ provider: "github", projects: ["acme/app"], env }) };
}

const three = {
  body: {
    total_count: 4,
    artifacts: [
      artifact(3, "coverage"),
      artifact(1, "dist"),
      artifact(2, "<script>alert(1)</script>\n::add-mask::x"),
      artifact(4, "old", { expired: true }),
    ],
  },
};
const ninety = { body: { days: 90, maximum_allowed_days: 90 } };

test("github: artifacts of a run and how long its log is kept, asked once for all attempts", async () => {
  const runs = [run(7, { run_attempt: 3 }), run(8), run(9)];
  const { self, report } = await githubOf({ artifacts: three, retention: ninety, runs });
  const asked = (end: string) => self.asked.filter(({ path }) => path.endsWith(end)).map(({ path }) => path);
  assert.deepEqual(
    asked("/artifacts").toSorted(),
    [7, 8].map((id) => `/repos/acme/app/actions/runs/${id}/artifacts`),
  );
  assert.equal(asked("/artifact-and-log-retention").length, 1);
  const { deletion, ...left } = leftOf(report, 7)!;
  const names = ["coverage", "dist", "<script>alert(1)</script>::add-mask::x"];
  assert.deepEqual(left, {
    artifacts: { count: 3, names, bytes: 3_000_000, expires: "2027-02-01" },
    days: 90,
    until: "2027-01-31",
  });
  const [, log, beside] = findingOf(report, token(7))!.reach.remedies;
  assert.match(
    log!.action,
    /3 artifacts beside it .*the first to expire on 2027-02-01; the log is kept until about 2027-01-31 \(90 days\)$/,
  );
  assert.match(log!.command!, /runs\/7\/logs$/);
  assert.equal(beside!.command, deletion);
  assert.match(
    deletion!,
    /^gh api --hostname \S+ --paginate repos\/acme\/app\/actions\/runs\/7\/artifacts .*xargs .*-X DELETE repos\/acme\/app\/actions\/artifacts\/\{\}$/,
  );
});

test("github: who may not ask for the settings is told so, and has the rest", async () => {
  for (const status of [403, 404, 500]) {
    const { report } = await githubOf({ artifacts: three, retention: { status, body: { message: "no" } } });
    const left = leftOf(report, 7)!;
    assert.equal(left.artifacts?.count, 3);
    assert.match(
      left.unknown!.join(),
      status === 500 ? /is not known: .*500/ : /^GitHub says .* to who may administer the repository alone$/,
    );
    assert.match(
      findingOf(report, token(7))!.reach.remedies[1]!.action,
      /90 days unless the settings say otherwise.*; 3 artifacts/,
    );
    assert.deepEqual([gapsOf(report), report.complete], [[], true]);
  }
});

test("github: a list that is none, and a run that left nothing", async () => {
  const odd = await githubOf({ artifacts: { body: { artifacts: "none" } }, retention: ninety });
  assert.match(leftOf(odd.report, 7)!.unknown!.join(), /no list of artifacts/);
  const { report } = await githubOf({ artifacts: { body: { total_count: 0, artifacts: [] } }, retention: ninety });
  assert.deepEqual(leftOf(report, 7)!.artifacts, { count: 0, names: [] });
  assert.ok(findingOf(report, token(7))!.reach.remedies.every(({ command }) => !command?.includes("artifacts")));
  const more = await githubOf({
    artifacts: { body: { total_count: 140, artifacts: Array.from({ length: 100 }, () => artifact(1, "a")) } },
    retention: ninety,
  });
  assert.match(
    findingOf(more.report, token(7))!.reach.remedies[1]!.action,
    /more than 100 artifacts beside it \(a, a, a, …; 100\.0 MB\)/,
  );
});

test("text, JSON, SARIF and HTML have what a run left; names of artifacts are escaped in each", async () => {
  const { report } = await githubOf({ artifacts: three, retention: ninety });
  const options = makeOptions();
  const text = render("text", report, options).replace(/\s+/g, " ");
  assert.match(
    text,
    /Log .*3 artifacts beside it \(coverage, dist, <script>.*; 3\.0 MB\), the first to expire on 2027-02-01; the log is kept until about 2027-01-31/,
  );
  const json = render("json", report, options);
  const validate = new Ajv2020({ formats: { "date-time": true } }).compile(
    JSON.parse(readFileSync("docs/report.schema.json", "utf8")),
  );
  assert.ok(validate(JSON.parse(json)), JSON.stringify(validate.errors));
  const { left } = JSON.parse(json).findings[0].exposures[0].log;
  assert.deepEqual([left.artifacts.count, left.days, left.until], [3, 90, "2027-01-31"]);
  const [result] = JSON.parse(render("sarif", report, options)).runs[0].results;
  assert.deepEqual([result.properties.left.artifacts.count, result.properties.left.until], [3, "2027-01-31"]);
  const html = [...htmlPieces([asRepository(report, options)], options)].join("");
  assert.match(html, /3 artifacts beside it/);
  assert.ok(!html.includes("<script>alert"));
});

/** Who may read a log, by what is said to somebody without a login. */
const ANSWERS: readonly (readonly [says: Answer, exposure: string])[] = [
  [{ headers: { "content-type": "TYPE" }, body: "{}" }, "public"],
  [{ headers: { "content-type": "text/html" }, body: "<form>Sign in</form>" }, "internal"],
  [{ status: 302, headers: { location: "https://login.example/" } }, "internal"],
  [{ status: 401 }, "internal"],
  [{ status: 403 }, "internal"],
  [{ status: 404 }, "internal"],
  [{ status: 500 }, "internal"],
  [{ status: 429, headers: { "retry-after": "1000" } }, "internal"],
];

const ASKED: Readonly<Record<string, readonly [type: string, ours: RegExp]>> = {
  circleci: ["application/json", /^\/api\/v1\.1\/project\/gh\/acme\/app\/\d+$/],
  jenkins: ["text/plain", /^\/job\/team\/job\/app\/\d+\/consoleText$/],
};

const exposuresOf = ({ findings }: Report) => [
  ...new Set(findings.map(({ reach }) => reach.factors.find(({ name }) => name === "exposure")?.value)),
];

const isAnonymous = ({ headers }: Asked) => !headers.authorization && !headers["circle-token"];

/** As if the server of a test had this address. */
function addressed(address: string) {
  return mocked.method(dns, "lookup", (async () => [{ address, family: 4 }]) as unknown as typeof dns.lookup);
}

for (const mock of MOCKS.filter(({ provider }) => provider in ASKED)) {
  const [type, ours] = ASKED[mock.provider]!;

  test(`${mock.provider}: a log that is given without a login is public; it is asked for once, without the credential`, async (t) => {
    const lookup = addressed("93.184.215.14");
    t.after(() => lookup.mock.restore());
    for (const [says, exposure] of ANSWERS) {
      const answer =
        "headers" in says && says.headers?.["content-type"] === "TYPE"
          ? { ...says, headers: { "content-type": type } }
          : says;
      const self: Service = await service((asked) =>
        isAnonymous(asked) ? answer : sound(mock, () => self.url)(asked),
      );
      const report = await sweepOf(mock, self.url);
      const anonymous = self.asked.filter((asked) => isAnonymous(asked) && !asked.path.startsWith("/output/"));
      assert.equal(anonymous.length, 1, JSON.stringify(says));
      assert.match(anonymous[0]!.path, ours);
      assert.ok(!JSON.stringify(anonymous[0]!.headers).includes(SECRET));
      assert.deepEqual([exposuresOf(report), gapsOf(report)], [[exposure], []], JSON.stringify(says));
      assert.equal(report.findings.length, mock.jobs.length);
    }
  });

  test(`${mock.provider}: nobody is asked where nothing was found, nor where no credential was sent before`, async (t) => {
    const lookup = addressed("93.184.215.14");
    t.after(() => lookup.mock.restore());
    const clean = await systemOf(mock, () => undefined, []);
    assert.equal((await sweepOf(mock, clean.url)).findings.length, 0);
    assert.ok(clean.asked.every((asked) => !isAnonymous(asked) || asked.path.startsWith("/output/")));
    const open = await systemOf(mock, () => undefined);
    const report = await sweepOf(mock, open.url, "");
    assert.deepEqual(exposuresOf(report), ["public"]);
    const logs = open.asked.filter(({ path }) => ours.test(path)).map(({ path }) => path);
    assert.equal(new Set(logs).size, logs.length, "no log is asked for twice");
  });

  for (const address of [
    "127.0.0.1",
    "10.1.2.3",
    "172.20.0.1",
    "192.168.1.1",
    "169.254.1.1",
    "fd00::1",
    "::1",
    "::ffff:10.0.0.1",
  ])
    test(`${mock.provider}: what only the network of ${address} reaches is not public`, async (t) => {
      const lookup = addressed(address);
      t.after(() => lookup.mock.restore());
      const self = await systemOf(mock, () => undefined);
      assert.deepEqual(exposuresOf(await sweepOf(mock, self.url)), ["internal"]);
      assert.ok(self.asked.every((asked) => !isAnonymous(asked) || asked.path.startsWith("/output/")));
    });
}
