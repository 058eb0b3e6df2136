import assert from "node:assert/strict";
import { test } from "node:test";
import { findingOf, logOf, placesOf } from "../logs/reading.ts";
import { mint, seededRandom } from "../mint/mint.ts";
import { token } from "../scan/running.ts";
import { type Answer, type Asked, gapsOf, type Service, service, swept } from "./service.ts";
import { logText, MOCKS, type Mock, sound } from "./systems.ts";

const SECRET = mint("{{alnum 32}}", seededRandom(77));
const BASIC = [`:${SECRET}`, `ann:${SECRET}`].map((login) => Buffer.from(login).toString("base64"));

/** Whether a request carries the credential in any form. */
const hasSecret = ({ headers, path, query }: Asked): boolean =>
  [SECRET, ...BASIC].some((text) => JSON.stringify([headers, path, [...query]]).includes(text));

/** A system that answers as `change` says, or, where that says nothing, as it does when all is well. */
async function serviceOf(mock: Mock, change: (asked: Asked, before: number) => Answer | undefined = () => undefined) {
  const self: Service = await service((asked, before) => change(asked, before) ?? sound(mock, () => self.url)(asked));
  return self;
}

const sweepOf = (mock: Mock, url: string, more: object = {}) =>
  swept({ provider: mock.provider, projects: [mock.project], env: mock.env(url, SECRET), ...more });

const found = (report: Awaited<ReturnType<typeof swept>>): string[] =>
  report.findings.map(({ secret }) => secret.reveal()).sort();

/** The call that deletes the log of job 3, as the references of the APIs have it; CircleCI has none. */
const DELETING: Readonly<Record<string, RegExp>> = {
  gitlab:
    /^curl -X POST --header "PRIVATE-TOKEN: \$GITLAB_TOKEN" '\S+\/api\/v4\/projects\/acme%2Fgroup%2Fapp\/jobs\/3\/erase'$/,
  jenkins: /^curl -X POST --user "\$JENKINS_USER_ID:\$JENKINS_API_TOKEN" '\S+\/job\/team\/job\/app\/3\/doDelete'$/,
  azure: /^curl -X DELETE --user ":\$AZURE_DEVOPS_EXT_PAT" '\S+\/_apis\/build\/builds\/3\?api-version=7\.1'$/,
  buildkite: /^curl -X DELETE .*\/v2\/organizations\/acme\/pipelines\/app\/builds\/63\/jobs\/j-3\/log$/,
  travis: /^curl -X DELETE .*\/job\/3\/log$/,
};

/** What a list says of the project of a build, by the system. */
const PROJECT_IN: Readonly<Record<string, string>> = { azure: "project", buildkite: "pipeline" };

for (const mock of MOCKS.filter(({ provider }) => provider in PROJECT_IN))
  test(`${mock.provider}: the logs of a public project are public, as its list says`, async () => {
    for (const visibility of ["public", "private"]) {
      const self: Service = await serviceOf(mock, (asked) => {
        const answer = sound(mock, () => self.url)(asked);
        if (!mock.isList(asked) || !("body" in answer)) return answer;
        const body = answer.body as { value?: object[] } & object[];
        for (const build of body.value ?? body) Object.assign(build, { [PROJECT_IN[mock.provider]!]: { visibility } });
        return answer;
      });
      const { findings } = await sweepOf(mock, self.url);
      assert.ok(findings.length > 0);
      for (const { reach } of findings)
        assert.equal(
          reach.factors.find(({ name }) => name === "exposure")?.value,
          visibility === "public" ? "public" : "internal",
        );
    }
  });

/** What the page of a project says, by the system, and whether its logs are public then. */
const PROJECTS: Readonly<Record<string, readonly (readonly [says: Answer, exposure: string])[]>> = {
  gitlab: [
    [{ body: { visibility: "public", public_jobs: true, builds_access_level: "enabled" } }, "public"],
    [{ body: { visibility: "public", public_jobs: false } }, "internal"],
    [{ body: { visibility: "public", builds_access_level: "private" } }, "internal"],
    [{ body: { visibility: "internal", public_jobs: true } }, "internal"],
    [{ status: 403 }, "internal"],
  ],
  travis: [
    [{ body: { private: false } }, "public"],
    [{ body: { private: true } }, "internal"],
    [{ status: 404 }, "internal"],
  ],
};

for (const mock of MOCKS.filter(({ provider }) => provider in PROJECTS))
  test(`${mock.provider}: the logs of a public project are public, as its own page says`, async () => {
    for (const [says, exposure] of PROJECTS[mock.provider]!) {
      const isPage = ({ path }: Asked) => /(?:%2Fapp|%2FApp)$/i.test(path) && !mock.isList({ path } as Asked);
      const self = await serviceOf(mock, (asked) => (isPage(asked) ? says : undefined));
      const report = await sweepOf(mock, self.url);
      assert.deepEqual(found(report), mock.jobs.map(token).sort());
      assert.equal(self.asked.filter(isPage).length, 1, "it is asked once");
      const told = report.findings.map(({ reach }) => reach.factors.find(({ name }) => name === "exposure")?.value);
      assert.deepEqual([...new Set(told)], [exposure], JSON.stringify(says));
      assert.deepEqual(gapsOf(report), []);
    }
  });

for (const mock of MOCKS) {
  const name = mock.provider;
  const everything = mock.jobs.map(token).sort();

  test(`${name}: all logs of three pages are read, and places name run, job and step`, async () => {
    const self = await serviceOf(mock);
    const report = await sweepOf(mock, self.url);
    assert.deepEqual([found(report), gapsOf(report), report.complete], [everything, [], true]);
    const { run, job, step, system, page } = logOf(placesOf(report, token(3))[0]);
    const remedy = findingOf(report, token(3))!.reach.remedies.find(
      ({ action }) => /delete|erase/.test(action) && /log|output|build|run/.test(action),
    );
    assert.ok(remedy, "what to do includes the log");
    if (name !== "circleci") assert.match(remedy.command ?? "", DELETING[name]!);
    assert.deepEqual([system, run, job, step], [name, ...mock.place]);
    assert.match(page ?? "", /^https?:\/\/\S+$/);
    const own = self.asked.filter(({ path }) => !path.startsWith("/output/") || name !== "circleci");
    assert.ok(own.every(hasSecret), "every request of the API has the credential");
    assert.ok(
      self.asked.every(({ path, query }) => !`${path}?${query}`.includes(SECRET)),
      "and none has it in its address",
    );
  });

  test(`${name}: a log that is kept elsewhere is fetched from there without the credential`, async () => {
    const storage = await service(({ path }) => ({ body: logText(mock, Number(path.slice(1))) }));
    const self = await serviceOf(mock, (asked) => {
      const job = mock.logOf(asked);
      return job === undefined ? undefined : { status: 302, headers: { location: `${storage.url}/${job}` } };
    });
    const report = await sweepOf(mock, self.url);
    assert.deepEqual(found(report), everything);
    assert.ok(storage.asked.length > 0 && !storage.asked.some(hasSecret));
  });

  test(`${name}: limits are waited for, failures of the server and cut connections are tried again`, async () => {
    const self = await serviceOf(mock, (asked, before) => {
      if (mock.isList(asked) && before === 0) return { status: 429, headers: { "retry-after": "1" } };
      if (mock.isList(asked) && before === 1) return { cut: JSON.stringify({}).padEnd(400) };
      const job = mock.logOf(asked);
      if (job === 1 && before === 0) return { status: 503 };
      if (job === 2 && before < 2) return { cut: logText(mock, 2) };
      return undefined;
    });
    const report = await sweepOf(mock, self.url);
    assert.deepEqual([found(report), gapsOf(report)], [everything, []]);
  });

  test(`${name}: a log that has expired, one that is always cut, one that is too long: each is a gap, and the rest is read`, async () => {
    const self = await serviceOf(mock, (asked) => {
      const job = mock.logOf(asked);
      if (job === 1) return { status: 410 };
      if (job === 2) return { cut: logText(mock, 2) };
      if (job === 3) return { body: "x".repeat(70_000) };
      return undefined;
    });
    const report = await sweepOf(mock, self.url, { maxFileSize: 60_000 });
    assert.deepEqual(
      found(report),
      everything.filter((each) => ![1, 2, 3].map(token).includes(each)),
    );
    const gaps = gapsOf(report).sort();
    assert.equal(gaps.length, 3);
    for (const why of [/expired, or was deleted|no more/, /cut midway, 5 times/, /longer than 60000 bytes/])
      assert.equal(gaps.filter((gap) => why.test(gap)).length, 1, `${why}: ${gaps.join("\n")}`);
    assert.equal(report.complete, false);
  });

  test(`${name}: a list that never ends, that is no JSON, or no list: a gap`, async () => {
    const odd: readonly [answer: Answer, why: RegExp][] = [
      [{ body: "<html>Sign in</html>" }, /is no JSON/],
      [{ body: { message: "hello", value: 3, items: "none", builds: {}, allBuilds: 7 } }, /no list of/],
    ];
    for (const [answer, why] of odd) {
      const self = await serviceOf(mock, (asked) => (mock.isList(asked) ? answer : undefined));
      assert.match(gapsOf(await sweepOf(mock, self.url)).join("\n"), why);
    }
    const self = await serviceOf(mock, (asked) => {
      if (!mock.isList(asked)) return undefined;
      // The same page with the same next one, for ever.
      const again = {
        ...asked,
        query: name === "jenkins" ? new URLSearchParams({ tree: "allBuilds{0,100}" }) : new URLSearchParams(),
      };
      return mock.answer(again, self.url);
    });
    const report = await sweepOf(mock, self.url, { jobs: 1 });
    assert.match(gapsOf(report).join("\n"), /circles/);
    assert.ok(self.asked.filter(mock.isList).length < 6);
  });

  test(`${name}: who is refused learns what the token needs, and the token is in no gap`, async () => {
    for (const status of [401, 403, 404]) {
      const self = await serviceOf(mock, () => ({ status, body: { message: SECRET } }));
      const gaps = gapsOf(await sweepOf(mock, self.url));
      assert.equal(gaps.length, 1, gaps.join("\n"));
      assert.match(gaps[0]!, new RegExp(`\\(${status}\\)\\. Give .*${Object.keys(mock.env("", "")).at(-1)}`));
      assert.ok(!gaps[0]!.includes(SECRET));
      assert.equal(self.asked.length, 1);
    }
  });

  test(`${name}: nothing of the time that is asked for: nothing is fetched`, async () => {
    const self = await serviceOf(mock);
    const report = await sweepOf(mock, self.url, { since: Date.UTC(2025, 5, 1) / 1000 });
    assert.deepEqual([found(report), self.asked.filter((asked) => mock.logOf(asked) !== undefined)], [[], []]);
  });
}
