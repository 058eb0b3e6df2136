import assert from "node:assert/strict";
import { test } from "node:test";
import type { LogPlace } from "../../src/index.ts";
import { token } from "../scan/running.ts";
import { lineColumn, lineColumnOf, logOf, placesOf, read } from "./reading.ts";

const secret = token(1);
const half = secret.slice(0, 17);
const rest = secret.slice(17);
const time = Date.UTC(2025, 2, 14, 9, 26, 53) / 1000;

/** What is printed, where the raw place of the token begins, and what is known of it. */
const cases: readonly [name: string, log: string, start: string, about: Partial<LogPlace>][] = [
  [
    "GitHub Actions: a stamp before each line, the first behind a byte order mark",
    `\ufeff2025-03-14T09:26:50.5897932Z Current runner version: '2.322.0'\n2025-03-14T09:26:52.5897932Z ##[group]Run ./deploy.sh\n2025-03-14T09:26:53.5897932Z TOKEN=\x1b[36;1m${secret}\x1b[0m\n2025-03-14T09:27:00.0000000Z Cleaning up\n`,
    secret,
    { system: "github", step: "Run ./deploy.sh", time, exact: true, ended: time + 7 },
  ],
  [
    "GitHub Actions: cut by a colour",
    `2025-03-14T09:26:50.5897932Z ##[group]Run x\n2025-03-14T09:26:53.5897932Z a ü ${half}\x1b[1m\x1b[31m${rest} b\n`,
    half,
    { system: "github", time, exact: true },
  ],
  [
    "GitLab: sections one in another, a token cut by a stamp",
    `2025-03-14T09:26:50.462966Z 00O Running with gitlab-runner 17.9.1\n2025-03-14T09:26:50.462966Z 00O section_start:1741944410:step_script\r\x1b[0K\x1b[36;1mExecuting\n2025-03-14T09:26:51.462966Z 00O section_start:1741944411:deploy[collapsed=true]\r\x1b[0Kdeploy\n2025-03-14T09:26:52.462966Z 01O section_end:1741944412:deploy\r\x1b[0K\n2025-03-14T09:26:53.462966Z 00O export T=${half}\n2025-03-14T09:26:53.562966Z 00O+${rest}\n`,
    half,
    { system: "gitlab", step: "step_script", time, exact: true },
  ],
  [
    "Jenkins: a ConsoleNote in the token, and stamps",
    `Started by user \x1b[8mha:////4${"QUJDREVG".repeat(20)}=\x1b[0madmin\n[2025-03-14T09:26:52.123Z] [Pipeline] { (Deploy)\n[2025-03-14T09:26:53.123Z] + export TOKEN=${half}\x1b[8mha:////4${"QUJDREVG".repeat(20)}=\x1b[0m${rest}\nFinished: SUCCESS\n`,
    half,
    { system: "jenkins", step: "Deploy", time, exact: true },
  ],
  [
    "Azure Pipelines: a variable that is set in the open",
    `2025-03-14T09:26:50.5897932Z ##[section]Starting: Publish\n2025-03-14T09:26:53.5897932Z ##vso[task.setvariable variable=TOKEN;issecret=false]${secret}\n2025-03-14T09:26:54.5897932Z ##[section]Finishing: Publish\n`,
    secret,
    { system: "azure", step: "Publish", time, exact: true, ended: time + 1 },
  ],
  [
    "Buildkite: APC stamps, one of them in the token",
    `\x1b_bk;t=${time - 1}000\x07~~~ Running agent hook\r\n\x1b_bk;t=${time - 1}500\x07--- Deploy\r\n\x1b_bk;t=${time}000\x07TOKEN=${half}\x1b_bk;t=${time}000\x07${rest}\r\n`,
    half,
    { system: "buildkite", step: "Deploy", time, exact: true },
  ],
  [
    "Travis: folds and times on one line",
    `travis_fold:start:worker_info\r\x1b[0KWorker\r\ntravis_fold:end:worker_info\r\x1b[0Ktravis_time:start:01cd3e14\r\x1b[0Ktravis_time:end:01cd3e14:start=${time - 1}453733042,finish=${time}929453451,duration=196410748,event=agent\r\x1b[0Ktravis_fold:start:deploy\r\x1b[0K$ export T=${half}\x1b[0m${rest}\r\n`,
    half,
    { system: "travis", step: "deploy", time },
  ],
  [
    "CircleCI: cut between two messages, in JSON",
    `[{"message":"\\u001b[36mdeploy\\u001b[0m\\r\\n","time":"2025-03-14T09:26:52.000Z","type":"out"},{"message":"say \\"hi\\"\\nTOKEN=${half}","time":"2025-03-14T09:26:53.000Z","type":"out"},{"message":"${rest}\\r\\n","time":"2025-03-14T09:26:54.000Z","type":"out","truncated":false}]`,
    half,
    { system: "circleci", time: time - 1 },
  ],
  ["plain text", `\x1b[31mdocker login -p ${half}\x1b[4m${rest}\x1b[0m\n`, half, { system: "plain" }],
];

for (const [name, log, start, about] of cases) {
  test(name, async () => {
    const report = await read(log);
    const places = placesOf(report, secret);
    assert.equal(places.length, 1, "one credential in one place");
    assert.equal(lineColumnOf(places[0]!), lineColumn(log, start));
    const raw = Buffer.from(log);
    const { span } = places[0]!;
    assert.equal(raw.toString("utf8", span.start, span.start + 4), "ghp_");
    assert.equal(raw.toString("utf8", span.end - 4, span.end), secret.slice(-4));
    assert.deepEqual({ ...logOf(places[0]), ...about }, logOf(places[0]));
    assert.equal(report.gaps.length, 0);
    assert.equal(report.stats.bytes, raw.length);
  });
}
