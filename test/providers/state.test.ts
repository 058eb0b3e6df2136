import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { leakreach } from "../cli/leakreach.ts";
import { folder } from "../config/folder.ts";
import { token } from "../scan/running.ts";
import { api, archiveOf, at, type Run } from "./github-service.ts";
import { type Answer, service } from "./service.ts";

const TOKEN = token(99);
const run = (id: number): Run => ({ id, created_at: new Date(Date.UTC(2025, 2, 15, 0, id)).toISOString() });

/** A project whose runs and logs can change between two runs of the command. */
async function project() {
  const here = { runs: [] as Run[], logs: new Map<number, Answer>() };
  const blobs = await service(({ path }) => here.logs.get(Number(path.slice(1))) ?? { body: archiveOf("all well") });
  const gone = (id: number) => (here.logs.get(id) as { status?: number } | undefined)?.status === 410;
  const github = await service((asked) =>
    api(here.runs, (id) => (gone(id) ? { status: 410, body: {} } : at(`${blobs.url}/${id}`)))(asked),
  );
  const state = join(folder({}), "logs.state");
  const sweep = async (...more: string[]) => {
    const env = { GITHUB_API_URL: github.url, GITHUB_TOKEN: TOKEN };
    const before = blobs.asked.length;
    const args = ["logs", "github", "acme/app", "--format", "json", "--state", state, ...more];
    const ran = await leakreach(args, { env });
    const fetched = blobs.asked.slice(before).map(({ path }) => Number(path.slice(1)));
    return { ...ran, fetched: fetched.sort((a, b) => a - b), report: ran.stdout ? JSON.parse(ran.stdout) : undefined };
  };
  return { here, blobs, github, state, sweep };
}

test("a second sweep fetches only what is new, and what was a gap; known findings count no more", async () => {
  const { here, state, sweep } = await project();
  here.runs = [run(1), run(2), run(3)];
  here.logs.set(1, { body: archiveOf(`X=${token(1)}`) });
  here.logs.set(2, { status: 410 });
  const first = await sweep();
  assert.deepEqual([first.code, first.fetched, first.report.findings.length], [1, [1, 3], 1], first.stderr);
  const text = readFileSync(state, "utf8");
  assert.ok(!text.includes(token(1)) && !text.includes(TOKEN), "no secret is kept");
  here.runs = [...here.runs, run(4)];
  here.logs.set(2, { body: archiveOf("restored") });
  const second = await sweep();
  assert.deepEqual([second.code, second.fetched, second.report.findings.length], [0, [2, 4], 0], second.stderr);
  assert.ok(second.report.stats.notices.some((notice: string) => /2 logs were fetched; 2 were known/.test(notice)));
  here.logs.set(5, { body: archiveOf(`X=${token(1)}`) });
  here.runs = [...here.runs, run(5)];
  const third = await sweep();
  assert.deepEqual([third.code, third.report.findings[0].baseline], [0, "unchanged"]);
  assert.equal((await sweep("--fail-on-known")).code, 1);
});

test("what a time left out of the report is read again when more is asked for", async () => {
  const { here, sweep } = await project();
  here.runs = [run(1)];
  here.logs.set(1, { body: archiveOf(`X=${token(1)}`) });
  const narrow = await sweep("--since", "2025-03-14T00:00:00Z", "--until", "2025-03-15T01:00:00Z");
  assert.deepEqual([narrow.code, narrow.fetched, narrow.report.findings.length], [0, [1], 0], narrow.stderr);
  const whole = await sweep();
  assert.deepEqual([whole.code, whole.fetched], [1, [1]]);
  assert.deepEqual((await sweep()).fetched, []);
});

test("killed in the middle, a sweep has lost nothing: logs without a finding are known, those with one are read again", async () => {
  const { here, state } = await project();
  here.runs = Array.from({ length: 80 }, (_, i) => run(i + 1));
  let asked = 0;
  let ready = () => {};
  const stuck = new Promise<void>((resolve) => {
    ready = resolve;
  });
  const slow = await service(({ path }) => {
    const id = Number(path.slice(1));
    if (++asked > 60) ready();
    return { body: archiveOf(id % 10 === 0 ? `X=${token(id)}` : "all well") };
  });
  const other = await service((request) => api(here.runs, (id) => at(`${slow.url}/${id}`))(request));
  const env = { GITHUB_API_URL: other.url, GITHUB_TOKEN: TOKEN };
  const ran = await leakreach(["logs", "github", "acme/app", "--state", state, "--format", "json"], {
    env,
    during: (child) => void stuck.then(() => child.kill("SIGKILL")),
  });
  assert.notEqual(ran.code, 0);
  const again = await leakreach(["logs", "github", "acme/app", "--state", state, "--format", "json"], { env });
  const report = JSON.parse(again.stdout);
  assert.equal(report.findings.length, 8, "every finding is reported");
});

const damages: readonly [name: string, change: (text: string) => string, why: RegExp][] = [
  ["a changed byte", (text) => text.replace("github/", "gothub/"), /is damaged: remove the file/],
  ["another file", () => "hello\n", /is no state of a sweep of logs/],
  ["half of it", (text) => text.slice(0, text.length / 2), /is damaged/],
  ["a later format", (text) => text.replace("state 1 ", "state 2 "), /is of format 2/],
  ["nothing", () => "", /is no state/],
];

for (const [name, change, why] of damages) {
  test(`a state that is damaged is an error, not a sweep that passes something over: ${name}`, async () => {
    const { here, state, sweep } = await project();
    here.runs = [run(1)];
    await sweep();
    writeFileSync(state, change(readFileSync(state, "utf8")));
    const ran = await sweep();
    assert.equal(ran.code, 2);
    assert.match(ran.stderr, why);
  });
}

test("settings that change make every log be read again", async () => {
  const { here, sweep } = await project();
  here.runs = [run(1)];
  await sweep();
  const settings = join(folder({ "s.yml": "rules: {disable: [jwt]}\n" }), "s.yml");
  const ran = await sweep("--config", settings);
  assert.deepEqual(ran.fetched, [1]);
  assert.ok(ran.report.stats.notices.some((notice: string) => /every log is read again/.test(notice)));
});

test("nothing that was fetched stays behind, whatever the end", async () => {
  const { here, github } = await project();
  here.runs = [run(1), run(2)];
  const temp = mkdtempSync(join(tmpdir(), "leakreach-test-"));
  const env = { GITHUB_API_URL: github.url, GITHUB_TOKEN: TOKEN, TMPDIR: temp };
  assert.equal((await leakreach(["logs", "github", "acme/app"], { env })).code, 0);
  assert.equal((await leakreach(["logs", "github", "acme/app", "--state", "/nowhere/x"], { env })).code, 2);
  assert.deepEqual(readdirSync(temp), []);
});
