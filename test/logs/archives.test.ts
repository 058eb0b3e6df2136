import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { leakreach } from "../cli/leakreach.ts";
import { folder } from "../config/folder.ts";
import { mint, seededRandom } from "../mint/mint.ts";
import { token } from "../scan/running.ts";
import { gz, zip, zipped } from "../sources/pack.ts";
import { findingOf, lineColumnOf, logOf, placesOf, read, reportOn } from "./reading.ts";

const stamp = "2025-03-14T09:26:53.5897932Z ";
const lines = (...texts: string[]) => texts.map((text) => `${stamp}${text}\n`).join("");

test("GitHub's archive: of a job and its steps each line counts once, and a step without its job is read", async () => {
  const [whole, lone] = [token(1), token(2)];
  const archive = zipped({
    "build/1_Set up job.txt": lines("Current runner version: '2.322.0'"),
    "build/2_Run tests.txt": lines("##[group]Run tests", whole),
    "0_build.txt": lines("Current runner version: '2.322.0'", "##[group]Run tests", whole),
    "deploy (1)/3_Run deploy.txt": lines("##[group]Run deploy", lone),
  });
  const report = await read(archive, {}, "logs_12345678.zip");
  const [place, ...more] = placesOf(report, whole);
  assert.equal(more.length, 0);
  assert.equal(lineColumnOf(place!), `3:${stamp.length + 1}`);
  const { run, job, step } = logOf(place);
  assert.deepEqual([run, job, step], ["12345678", "build", "Run tests"]);
  const found = logOf(placesOf(report, lone)[0]);
  assert.deepEqual([found.job, found.step], ["deploy (1)", "Run deploy"]);
  assert.deepEqual(report.stats.skipped, { "a step whose job's log has every line of it": 2 });
  assert.equal(report.stats.files, 1);
});

test("an archive of other texts is read whole", async () => {
  const archive = zipped({ "0_a.txt": `${token(1)}\n`, "b/1_c.txt": `${token(2)}\n` });
  const report = await read(archive, {}, "some.zip");
  assert.equal(report.findings.length, 2);
  assert.deepEqual(report.stats.skipped, {});
});

test("packed logs are read: gzip, archives in archives", async () => {
  const secret = token(3);
  const report = await read(zip([{ name: "a.log.gz", content: gz(lines("##[group]Run a", secret)) }]), {}, "logs.zip");
  assert.equal(logOf(placesOf(report, secret)[0]).system, "github");
});

test("a zip bomb is a gap, and what stands before it is read", async () => {
  const secret = token(4);
  const report = await read(zipped({ "0_a.txt": lines(secret), "1_b.txt": Buffer.alloc(64 << 20) }), {}, "bomb.zip");
  assert.equal(placesOf(report, secret).length, 1);
  assert.match(report.gaps[0]?.why ?? "", /zip bomb/);
  assert.equal(report.complete, false);
});

test("the same token in several logs is one finding with all its places", async () => {
  const secret = token(5);
  const root = folder({ "a.log": lines(secret), "b/c.log": `x ${secret.slice(0, 9)}\x1b[0m${secret.slice(9)}\n` });
  const report = await reportOn({ paths: [root] });
  assert.equal(report.findings.length, 1);
  assert.deepEqual(
    findingOf(report, secret)!
      .exposures.map(({ provenance }) => provenance.path)
      .sort(),
    ["a.log", "b/c.log"],
  );
});

test("what only a name speaks for in one log, and a provider's rule in another, is one credential of the provider", async () => {
  const secret = mint("{{hex 40}}", seededRandom(9));
  const root = folder({ "a.log": `export READ_ONLY_TOKEN=${secret}\n`, "b.log": `sonar.login=${secret}\n` });
  const { findings } = await reportOn({ paths: [root] });
  assert.equal(findings.length, 1);
  assert.match(findings[0]!.rule, /^sonar/);
  assert.equal(findings[0]!.exposures.length, 2);
});

test("standard input is read as a log, and no report holds the secret", async () => {
  const secret = token(6);
  const input = lines("##[group]Run deploy", `  TOKEN: ${secret.slice(0, 9)}\x1b[0m${secret.slice(9)}`);
  for (const format of ["text", "json", "jsonl", "sarif"]) {
    const { code, stdout, stderr } = await leakreach(["logs", "-", "--format", format], { input });
    assert.equal(code, 1);
    assert.match(stdout, /Run deploy/);
    assert.ok(!(stdout + stderr).includes(secret.slice(9, 30)));
  }
});

test("a log is named in words: system, job, step and time", async () => {
  const root = folder({ "0_build.txt": lines("##[group]Run deploy", "  API: ***", token(7)) });
  const { stdout } = await leakreach(["logs", join(root, "0_build.txt"), "--public"]);
  assert.match(stdout, /Log {5}GitHub Actions, job build, step Run deploy, at 2025-03-14T09:26:53Z/);
});

test("since later than until is a mistake, and so is no path", async () => {
  const { code, stderr } = await leakreach(["logs", ".", "--since", "2025-03-16", "--until", "2025-03-14"]);
  assert.equal(code, 2);
  assert.match(stderr, /--since is later than --until/);
  assert.equal((await leakreach(["logs"])).code, 2);
});
