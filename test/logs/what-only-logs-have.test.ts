import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { scanLogs } from "../../src/index.ts";
import { folder } from "../config/folder.ts";
import { mint, seededRandom } from "../mint/mint.ts";
import { reportOf, token } from "../scan/running.ts";
import { findingOf, logOf, placesOf, read } from "./reading.ts";

const random = seededRandom(11);
const opaque = () => mint("{{alnum 24}}", random);
const stamp = (second: number) => `2025-03-14T09:26:${String(second).padStart(2, "0")}.0000000Z `;
const github = (...lines: string[]) => lines.map((line, at) => `${stamp(at)}${line}\n`).join("");
const now = Date.UTC(2025, 5, 1) / 1000;

test("masks are no findings, whatever system wrote them", async () => {
  const masks = [
    "***",
    "****",
    "********",
    "[MASKED]",
    "[secure]",
    "[REDACTED]",
    "xxxxxxxxxxxxxxxx",
    "<redacted>",
    "[Filtered]",
  ];
  const lines = masks.flatMap((mask) => [
    `+ export API_TOKEN=${mask}`,
    `  DB_PASSWORD: ${mask}`,
    `> Authorization: Bearer ${mask}`,
    `docker login -u bot -p ${mask} ghcr.io`,
    `git clone https://bot:${mask}@github.com/acme/app.git`,
    `npm config set //registry.npmjs.org/:_authToken=${mask}`,
    `curl -u bot:${mask} https://api.acme.io/`,
    `{"password": "${mask}"}`,
  ]);
  const report = await read(github(...lines));
  assert.deepEqual(
    report.findings.filter(({ reach }) => reach.level !== "none"),
    [],
  );
});

const printed: readonly [name: string, line: (secret: string) => string, rule: string][] = [
  ["the env group of a step", (secret) => `  DEPLOY_TOKEN: ${secret}`, "generic-secret"],
  ["a password in the env group", (secret) => `  DB_PASSWORD: ${secret.slice(0, 11)}7`, "generic-password"],
  ["a trace of set -x", (secret) => `+ export DEPLOY_TOKEN=${secret}`, "generic-secret"],
  ["headers of curl -v", (secret) => `> Authorization: Bearer ${secret}`, "bearer-token"],
  ["docker login", (secret) => `+ docker login -u bot -p ${secret} registry.corp.net`, "docker-login"],
  ["npm config", (secret) => `npm config set //registry.corp.net/:_authToken ${secret}`, "npmrc-auth-token"],
  ["git clone", (secret) => `Cloning https://bot:${secret}@git.corp.net/a/b.git`, "url-userinfo"],
  ["git push with a token alone", (secret) => `+ git push https://${secret}@github.com/acme/app.git`, "url-token"],
  ["git remote", (secret) => `+ git remote add ci https://oauth2:${secret}@git.corp.net/a/b.git`, "url-userinfo"],
  ["npm config without a registry", (secret) => `+ npm config set _authToken ${secret}`, "npm-config-token"],
  ["yarn config", (secret) => `+ yarn config set npmAuthToken ${secret}`, "npm-config-token"],
  ["an .npmrc that is written", (secret) => `+ echo //registry.corp.net/:_authToken=${secret}`, "npmrc-auth-token"],
  [
    "docker login with long flags",
    (secret) => `+ docker login --username bot --password ${secret} r.io`,
    "docker-login",
  ],
  ["helm registry login", (secret) => `+ helm registry login -u bot -p ${secret} r.io`, "docker-login"],
  ["az login", (secret) => `+ az login --service-principal -u id -p ${secret} --tenant t`, "command-login"],
  ["sshpass", (secret) => `+ sshpass -p ${secret} ssh root@10.1.2.3`, "command-login"],
  ["twine upload", (secret) => `+ twine upload -u bot -p ${secret} dist/x.whl`, "command-login"],
  ["curl with a login", (secret) => `+ curl -u bot:${secret} https://ci.corp.net/x`, "curl-login"],
  ["a header that curl was given", (secret) => `+ curl -H 'X-Api-Key: ${secret}' https://corp.net`, "generic-secret"],
  ["headers of curl -v over HTTP/2", (secret) => `* [HTTP/2] [1] [authorization: Bearer ${secret}]`, "bearer-token"],
  ["GitHub's scheme in a header", (secret) => `> authorization: token ${secret}`, "authorization-header-token"],
  ["a trace without export", (secret) => `++ DEPLOY_TOKEN=${secret}`, "generic-secret"],
  ["psql", (secret) => `+ PGPASSWORD=${secret} psql -h db.corp.net`, "generic-password"],
  [
    "aws configure",
    (secret) => `+ aws configure set aws_secret_access_key ${secret.repeat(2).slice(0, 40)}`,
    "aws-secret-access-key",
  ],
  ["a variable of Azure", (secret) => `##vso[task.setvariable variable=DB_PASSWORD]${secret}`, "ci-command-variable"],
  ["an output of GitHub", (secret) => `::set-output name=token::${secret}`, "ci-command-variable"],
  ["pip", (secret) => `Looking in indexes: https://bot:${secret}@pypi.corp.net/simple`, "url-userinfo"],
];

for (const [name, line, rule] of printed) {
  test(`${name}: what is not masked is found`, async () => {
    const secret = `${opaque()}4`;
    const text = line(secret);
    const report = await read(
      github("##[group]Run ./deploy.sh", "shell: /usr/bin/bash -e {0}", "env:", text, "##[endgroup]"),
    );
    assert.deepEqual(
      report.findings.map((finding) => finding.rule),
      [rule],
    );
    const { system, step } = logOf(report.findings[0]!.exposures[0]);
    assert.equal(step, system === "github" ? "Run ./deploy.sh" : undefined);
  });
}

test("a dollar in a password of an env group is a character of it; a variable that a log shows as it is stays one", async () => {
  const made = () => mint("{{alnum 12}}", random);
  const [upper, word] = [`k7${made()}$Bc9${made()}`, `k7${made()}$b4Kd$X2z`];
  const variables = [
    "$FOO",
    "$FOO_BAR9",
    "${FOO}",
    "$(cat file9)",
    "${{ secrets.FOO9 }}",
    "abc9$FOO",
    "abc9$FOO/x7",
    "abc9$FOO_BAR9",
    "abc9$foo2-x",
    "abc9$fooBar",
    "abc9$SecretValue",
    "abc9$foo_bar",
    "abc9${FOO}",
    "abc9$(cat x)",
  ];
  const group = ["##[group]Run ./deploy.sh", "./deploy.sh", "env:"];
  const values = [upper, word, ...variables].map((value, at) => `  DB${at}_PASSWORD: ${value}`);
  const report = await read(github(...group, ...values, "##[endgroup]"));
  for (const secret of [upper, word]) assert.equal(placesOf(report, secret).length, 1, secret);
  assert.equal(report.findings.length, 2);
});

test("a dollar begins a variable where a log shows a command, or text is no log", async () => {
  const value = `k7${mint("{{alnum 12}}", random)}$Bc9`;
  const report = await read(github(`+ export DB_PASSWORD=${value}`, `curl -d PASSWORD: ${value} and more`));
  assert.deepEqual(report.findings, []);
  const root = folder({ "notes.txt": `  DB_PASSWORD: ${value}\n` });
  assert.deepEqual((await reportOf({ paths: [root] })).findings, []);
});

test("a name that is masked in one line and plain in another is said so, and makes the value surer", async () => {
  const secret = opaque();
  const plain = await read(github("##[group]Run a", "  NPM_AUTH: ok", `NPM_TOKEN=${secret}`));
  const masked = await read(github("##[group]Run a", "  NPM_TOKEN: ***", `NPM_TOKEN=${secret}`));
  assert.equal(logOf(placesOf(plain, secret)[0]).maskedAt, undefined);
  assert.equal(logOf(placesOf(masked, secret)[0]).maskedAt, 2);
  const [before, after] = [findingOf(plain, secret)!, findingOf(masked, secret)!];
  assert.ok(after.reach.score > before.reach.score);
  const certainty = after.reach.factors.find(({ name }) => name === "certainty");
  assert.match(certainty?.reason ?? "", /masked value in line 2/);
});

/** What tj-actions/changed-files printed: lines of the runner's memory in base64, twice. */
function dump(secrets: Readonly<Record<string, string>>): string {
  const lines = Object.entries(secrets).map(
    ([name, value]) => `"${name}":${JSON.stringify({ value, isSecret: true })}`,
  );
  const once = Buffer.from(`${lines.join("\n")}\n`).toString("base64");
  return Buffer.from(`${once}\n`).toString("base64");
}

test("base64 twice over, as tj-actions/changed-files printed it, gives every secret and names the case", async () => {
  const [ghs, password, key] = [mint("ghs_{{crc32-base62 30}}", random), "blue-horse-7", opaque()];
  const printedDump = dump({ github_token: ghs, DOCKER_PASSWORD: password, DEPLOY: key });
  const log = github("##[group]changed-files", printedDump, "##[endgroup]");
  const report = await read(log, { now });
  for (const secret of [ghs, password, key]) {
    const [place] = placesOf(report, secret);
    assert.ok(place, "found");
    assert.equal(place.region.line, 2);
    assert.deepEqual(place.encodings, ["base64", "base64"]);
  }
  assert.equal(findingOf(report, password)?.rule, "github-runner-memory");
  const fact = findingOf(report, ghs)!.facts.find(({ name }) => name === "memory dump");
  assert.match(fact?.value ?? "", /github_token.*CVE-2025-30066/);
});

test("in a dump of a runner's memory a password counts however plain it looks; shown in a page, it does not", async () => {
  const plain = ["changeme", "abcDEF123456ghiJKL"];
  const named = Object.fromEntries(plain.map((value, at) => [`SECRET_${at}`, value]));
  const level = (report: Awaited<ReturnType<typeof read>>, secret: string) => findingOf(report, secret)?.reach.level;
  const printed = await read(github("##[group]changed-files", dump(named), "##[endgroup]"), { now });
  const shown = await read(plain.map((value) => `"NAME":{"value":"${value}","isSecret":true}`).join("\n"), { now });
  for (const value of plain) {
    assert.ok(!["none", undefined].includes(level(printed, value)), value);
    assert.equal(level(shown, value) ?? "none", "none", value);
  }
});

const march = { since: Date.UTC(2025, 2, 14) / 1000, until: Date.UTC(2025, 2, 17) / 1000 - 1 };

test("since and until choose by the times of the log, and say what is undecided", async () => {
  const [early, inside, late, unknown] = [token(1), token(2), token(3), token(4)];
  const timed = (day: number, text: string) => `2025-03-${day}T09:26:53.5897932Z ${text}\n`;
  const log = `${timed(10, "##[group]Run a")}${timed(10, early)}${timed(15, inside)}${timed(20, late)}${timed(20, "end")}`;
  const report = await read(log, { ...march, now });
  assert.deepEqual(
    report.findings.map(({ secret }) => secret.reveal()),
    [inside],
  );
  assert.ok(report.stats.notices.some((notice) => notice.startsWith("1 secret printed in that time; 2 outside")));
  const plain = await read(`${unknown}\n`, { ...march, now });
  assert.equal(plain.findings.length, 1);
  assert.ok(plain.stats.notices.some((notice) => notice.startsWith("undecided: 1 secret")));
});

test("a line without a time of its own is undecided if its log reaches into the time that is asked for", async () => {
  const log = (start: number, end: number) =>
    `travis_fold:start:a\r\x1b[0Ktravis_time:end:01cd3e14:start=1,finish=${start}000000000\r\x1b[0K\n${token(5)}\ntravis_time:end:01cd3e14:start=1,finish=${end}000000000\r\x1b[0K\n`;
  const { since, until } = march;
  const answers = async (start: number, end: number) => {
    const report = await read(log(start, end), { ...march, now });
    const undecided = report.stats.notices.some((notice) => notice.startsWith("undecided"));
    return `${report.findings.length}${undecided ? " undecided" : ""}`;
  };
  assert.equal(await answers(since + 60, since + 90), "1");
  assert.equal(await answers(since - 60, since + 90), "1 undecided");
  assert.equal(await answers(until - 60, until + 90), "1 undecided");
  assert.equal(await answers(since - 90, since - 60), "0");
  assert.equal(await answers(until + 60, until + 90), "0");
});

const life = (report: Awaited<ReturnType<typeof read>>, secret: string) =>
  findingOf(report, secret)?.reach.factors.find(({ name }) => name === "life");

test("tokens of a job have ended with it", async () => {
  const ghs = mint("ghs_{{crc32-base62 30}}", random);
  const glcbt = mint("glcbt-{{hex 2}}_{{base64url 20}}", random);
  const soon = Date.UTC(2025, 2, 14, 9, 27) / 1000;
  const report = await read(github("##[group]Run a", `GITHUB_TOKEN=${ghs}`, `CI_JOB_TOKEN=${glcbt}`, "end"), {
    now: soon,
  });
  assert.equal(life(report, ghs)?.value, "expired");
  assert.equal(life(report, glcbt)?.reason, "ended with its job, 57 s ago");
  const app = await read(github("##[group]Run a", `APP_TOKEN=${ghs}`, "end"), { now: soon });
  assert.equal(life(app, ghs)?.value, "1h", "an app's own token lasts an hour");
});

test("an identity token is judged by the end of its job, not by today", async () => {
  const { signed } = await import("./identity.ts");
  const ended = Date.UTC(2025, 2, 14, 9, 26, 2) / 1000;
  const outlives = signed(ended + 300);
  const before = signed(ended - 1);
  const report = await read(github("##[group]Run a", outlives, before), { now });
  assert.equal(life(report, outlives)?.value, "1h");
  assert.match(
    life(report, outlives)?.reason ?? "",
    /end of its job, 2025-03-14 09:26 UTC: it was valid for another 5 min/,
  );
  assert.equal(life(report, before)?.value, "expired");
});

test("CircleCI: the time of the last message is the end of its job, also where it is the only one", async () => {
  const { signed } = await import("./identity.ts");
  const ended = Date.UTC(2025, 2, 14, 9, 26, 2) / 1000;
  const jwt = signed(ended + 300);
  const at = (seconds: number) => new Date((ended - seconds) * 1000).toISOString();
  const last = { message: `token ${jwt}\r\n`, time: at(0), type: "out" };
  const first = { message: "Checkout\r\n", time: at(60), type: "out" };
  for (const [messages, space] of [
    [[last], 0],
    [[last], 2],
    [[first, last], 0],
  ] as const) {
    const report = await read(JSON.stringify(messages, null, space), { now }, "step.json");
    assert.match(life(report, jwt)?.reason ?? "", /end of its job, 2025-03-14 09:26 UTC: .* another 5 min/);
    const of = await read(JSON.stringify(messages, null, space), { since: ended + 1, now }, "step.json");
    assert.deepEqual(of.findings, [], "nothing of it was printed after its end");
  }
});

test("a public log is a fact of the score, and what to do names the call that deletes it", async () => {
  const secret = token(6);
  const log = github("##[group]Run a", secret);
  const [own, open] = [await read(log), await read(log, { public: true })];
  const exposure = (report: typeof own) =>
    findingOf(report, secret)?.reach.factors.find(({ name }) => name === "exposure")?.value;
  assert.deepEqual([exposure(own), exposure(open)], ["internal", "public"]);
  const commands = findingOf(open, secret)!.reach.remedies.map(({ command }) => command ?? "");
  assert.ok(commands.some((command) => command.includes("actions/runs/{run_id}/logs")));
});

/** Breaks lines as a terminal of such a width does. */
const folded = (text: string, width: number): string =>
  text
    .split("\n")
    .flatMap((line) => line.match(new RegExp(`.{1,${width}}`, "g")) ?? [""])
    .join("\n");

const prose = "the quick brown fox jumps over the lazy dog and comes back ".repeat(6);

for (const width of [80, 120])
  for (const [name, ends, stamps] of [
    ["plain", "\n", false],
    ["with carriage returns", "\r\n", false],
    ["stamped by GitHub", "\n", true],
  ] as const)
    test(`a token that a terminal of ${width} columns broke is one, ${name}`, async () => {
      const secret = token(21);
      for (const before of [width - 4, width - 20, 2 * width - 39]) {
        const text = folded(`${prose}\n${"x".repeat(before - 8)}; token=${secret} end\n${prose}\n`, width);
        const lines = text.split("\n").map((line, at) => (stamps ? `${stamp(at)}${line}` : line));
        const report = await read(lines.join(ends));
        const [place, ...more] = placesOf(report, secret);
        assert.ok(place && more.length === 0, `${before}`);
        assert.deepEqual(report.findings.length, 1);
        const broken = lines.findIndex(
          (line) => line.includes(secret.slice(0, 4)) || line.endsWith(secret.slice(0, 3)),
        );
        assert.equal(place.region.line, broken + 1);
        assert.equal(place.region.endLine, broken + 2);
      }
    });

test("where lines are as long as they like, a full one is not taken to be broken", async () => {
  const half = token(22);
  const line = `${"x".repeat(80 - 20)} ${half.slice(0, 19)}`;
  const report = await read(`${prose}\n${line}\n${half.slice(19)}\n${prose}\n`);
  assert.equal(placesOf(report, half).length, 0);
});

test("a step that is called like its command gives no secret away, in no format and not while it is read", async () => {
  const mine = mint("ghp_{{crc32-base62 30}}", random);
  const other = mint("glpat-{{base64url 20}}", random);
  const sha = "11bd71901bbe5b1630ceea73d27597364c9af683";
  const words = mint("{{alnum 6}}-{{alnum 5}}", random);
  const log = github(
    `##[group]Run curl -H "Authorization: token ${mine}" --user bob:${words} https://x.example`,
    `GITLAB=${other}`,
    `++ mysql --user bob --password=${words}`,
    `##[group]Run deploy --with a long command line before the token which is cut in its midst at the end --token ${other}`,
    `GITHUB=${mine}`,
    `##[group]Run actions/checkout@${sha}`,
    `AGAIN=${mine}`,
  );
  const report = await read(log, { now });
  const secrets = report.findings.map(({ secret }) => secret.reveal());
  assert.ok(
    [mine, other, words].every((secret) => secrets.includes(secret)),
    "all are found",
  );
  const titles = report.findings.flatMap(({ exposures }) => exposures.map((match) => logOf(match).step ?? ""));
  assert.ok(titles.includes(`Run actions/checkout@${sha}`));
  assert.ok(titles.some((title) => title.startsWith('Run curl -H "Authorization: token …" --user bob:… https')));
  for (const title of titles)
    for (const secret of [mine, other, words]) assert.ok(!title.includes(secret.slice(0, 10)), title);
  for await (const event of scanLogs({ jobs: 1, paths: [join(folder({ "a.log": log }), "a.log")] }))
    if (event.type === "match")
      assert.ok(!(logOf(event.match).step ?? "").includes(event.match.secret.reveal()), "while it is read");
});
