import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { hostedListing } from "../../src/sweep/sources/hosted.ts";
import type { Target } from "../../src/sweep/target.ts";
import { leakreach } from "../cli/leakreach.ts";
import { folder } from "../config/folder.ts";
import { type Answer, type Asked, QUICK, service } from "../providers/service.ts";
import { leak } from "../scan/running.ts";
import { git, repository } from "../sources/repository.ts";
import { foundIn, NOW, place } from "./sweeping.ts";

const PUSHED = "2026-01-02T03:04:05Z";

interface Mock {
  readonly source: string;
  readonly env: (url: string) => Readonly<Record<string, string>>;
  /** The header that holds the token `secret`. */
  readonly login: readonly [string, string];
  /** The path that is asked first, and the one for a person. */
  readonly paths: readonly [string, string?];
  /** Page `n` of two with these names. */
  readonly page: (names: readonly string[], n: number, url: string) => Answer;
  readonly expected: Omit<Target["repository"], "id" | "url" | "name"> & { readonly bytes: number };
}

const linked = (n: number, path: string) =>
  n === 0 ? { link: `<http://proxied.example${path}?page=2>; rel="next"` } : {};

/** As their documentation shows answers (named in src/sweep/sources/kinds.ts). */
const MOCKS: Readonly<Record<string, Mock>> = {
  github: {
    source: "github:acme",
    env: (url) => ({ GITHUB_SERVER_URL: url, GITHUB_API_URL: url, GITHUB_TOKEN: "secret" }),
    login: ["authorization", "Bearer secret"],
    paths: ["/orgs/acme/repos", "/users/acme/repos"],
    page: (names, n) => ({
      headers: linked(n, "/orgs/acme/repos"),
      body: names.map((full_name) => ({
        full_name,
        private: true,
        visibility: "internal",
        fork: true,
        archived: false,
        size: 3,
        pushed_at: PUSHED,
        clone_url: "https://elsewhere.example/x.git",
      })),
    }),
    expected: { visibility: "internal", fork: true, archived: false, bytes: 3072 },
  },
  gitlab: {
    source: "gitlab:acme",
    env: (url) => ({ GITLAB_URL: url, GITLAB_TOKEN: "secret" }),
    login: ["private-token", "secret"],
    paths: ["/api/v4/groups/acme/projects", "/api/v4/users/acme/projects"],
    page: (names, n) => ({
      headers: linked(n, "/api/v4/groups/acme/projects"),
      body: names.map((path_with_namespace) => ({
        path_with_namespace,
        visibility: "private",
        archived: true,
        last_activity_at: PUSHED,
        statistics: { repository_size: 9 },
      })),
    }),
    expected: { visibility: "private", fork: false, archived: true, bytes: 9 },
  },
  gitea: {
    source: "gitea:acme",
    env: (url) => ({ GITEA_URL: url, GITEA_TOKEN: "secret" }),
    login: ["authorization", "token secret"],
    paths: ["/api/v1/orgs/acme/repos", "/api/v1/users/acme/repos"],
    page: (names, n) => ({
      headers: linked(n, "/api/v1/orgs/acme/repos"),
      body: names.map((full_name) => ({
        full_name,
        private: false,
        internal: false,
        fork: false,
        archived: false,
        size: 1,
        updated_at: PUSHED,
      })),
    }),
    expected: { visibility: "public", fork: false, archived: false, bytes: 1024 },
  },
  bitbucket: {
    source: "bitbucket:acme",
    env: (url) => ({ BITBUCKET_URL: url, BITBUCKET_TOKEN: "secret" }),
    login: ["authorization", "Bearer secret"],
    paths: ["/2.0/repositories/acme"],
    page: (names, n, url) => ({
      body: {
        values: names.map((full_name) => ({ full_name, is_private: true, size: 5, updated_on: PUSHED, parent: null })),
        ...(n === 0 && { next: `${url}/2.0/repositories/acme?page=2` }),
      },
    }),
    expected: { visibility: "private", fork: false, bytes: 5 },
  },
};

const listed = (source: string, env: Readonly<Record<string, string>>) =>
  hostedListing(source, {
    env,
    signal: new AbortController().signal,
    waiting: () => {},
    patience: { tries: 3, longest: 60, ...QUICK },
  });

const second = ({ query }: Asked): boolean => query.get("page") === "2";

for (const [name, { source, env, login, paths, page, expected }] of Object.entries(MOCKS)) {
  test(`${name}: all pages are listed, after the waits that are asked for, and the login goes to its host alone`, async () => {
    const { url, asked } = await service((request, before) => {
      if (request.headers[login[0]] !== login[1]) return { status: 401 };
      if (request.path !== paths[0]) return { status: 404 };
      if (before === 1) return { status: 429, headers: { "retry-after": "1" } };
      return second(request) ? page(["acme/c"], 1, url) : page(["acme/a", "acme/sub.x/b"], 0, url);
    });
    const { targets } = await listed(source, env(url));
    const host = new URL(url).host;
    const { bytes, ...about } = expected;
    assert.deepEqual(
      targets,
      ["acme/a", "acme/sub.x/b", "acme/c"].map((path) => ({
        repository: { id: `${host}/${path}`, name: path, url: `${url}/${path}`, ...about },
        at: { kind: "remote", url: `${url}/${path}.git` },
        bytes,
        pushedAt: PUSHED,
      })),
    );
    assert.equal(asked.length, 3);
    if (name === "gitlab") assert.equal(asked[0]!.query.get("statistics"), "true", "else it tells no size");
  });

  test(`${name}: a refusal says what to do, an odd name ends the list, and no message holds the token`, async () => {
    const cases: readonly (readonly [Answer, RegExp])[] = [
      [{ status: 401 }, /Give a token that may list the repositories of acme, in \w+_TOKEN/],
      [{ status: 500 }, /answered 500/],
      [{ body: "<html>" }, /no JSON/],
      [page(["../../etc"], 1, ""), /no name of a repository/],
      [page(["acme/a b\n"], 1, ""), /no name of a repository/],
      [{ status: 429, headers: { "retry-after": "86400" } }, /rate limit/],
    ];
    for (const [answer, message] of cases) {
      const { url } = await service(() => answer);
      await assert.rejects(listed(source, env(url)), (error: Error) => {
        assert.match(error.message, message);
        assert.doesNotMatch(error.message, /secret/);
        return true;
      });
    }
  });

  if (paths[1] !== undefined)
    test(`${name}: an owner that is no organization is looked for among people`, async () => {
      const { url } = await service((request) =>
        request.path === paths[1] ? page(["acme/a"], 1, "") : { status: 404 },
      );
      assert.deepEqual(
        (await listed(source, env(url))).targets.map(({ repository }) => repository.name),
        ["acme/a"],
      );
    });
}

test("--smaller-than goes by the size where GitLab tells it, and says once how many it does not tell it of", async () => {
  const origin = repository({ "x.env": leak(1) });
  const bare = join(folder({}), "bare.git");
  git(origin, "clone", "-q", "--bare", origin, bare);
  git(bare, "update-server-info");
  const sizes: Readonly<Record<string, number | undefined>> = {
    "acme/app": undefined,
    "acme/big": 2e6,
    "acme/tiny": 9,
  };
  const { url } = await service((asked) => {
    if (!asked.path.startsWith("/api/")) return files(bare, asked, "acme/app");
    const entry = ([path_with_namespace, repository_size]: readonly [string, number | undefined]) => ({
      path_with_namespace,
      ...(repository_size !== undefined && { statistics: { repository_size } }),
    });
    return { body: Object.entries(sizes).map(entry) };
  });
  const store = place();
  const run = (...args: string[]) =>
    leakreach(["sweep", "gitlab:acme", "--store", store, "--cache", `${store}.cache`, "--format", "json", ...args], {
      env: { GITLAB_URL: url, GITLAB_TOKEN: "sesame" },
    });
  const cases: readonly (readonly [readonly string[], RegExp, readonly string[]])[] = [
    [
      ["--smaller-than", "1M"],
      /^leakreach: how large 1 repository is was not told, so --smaller-than .*\n$/,
      ["acme/app", "acme/tiny"],
    ],
    [["--smaller-than", "1M", "--exclude", "acme/app"], /^$/, ["acme/tiny"]],
    [["--smaller-than", "1M", "--quiet"], /^$/, ["acme/app", "acme/tiny"]],
    [[], /^$/, ["acme/app", "acme/big", "acme/tiny"]],
  ];
  for (const [args, said, wanted] of cases) {
    const { stdout, stderr } = await run(...args);
    assert.match(stderr, said, args.join(" "));
    const names = JSON.parse(stdout).repositories.map((one: Target) => one.repository.name);
    assert.deepEqual(names, wanted);
  }
});

test("an owner that could be a path of another request is refused", async () => {
  for (const source of ["github:", "github:../x", "github:a/../../user", "gitlab:a?b", "gitea:a b", "github:..."])
    await assert.rejects(listed(source, {}), /wants the name of an owner/);
});

/** Serves a repository as files (git-http-backend(1), "dumb"), to whoever has the login. */
function files(root: string, { path, headers }: Asked, name: string): Answer {
  const wanted = `Basic ${Buffer.from("oauth2:sesame").toString("base64")}`;
  if (headers.authorization !== wanted) return { status: 401 };
  if (!path.startsWith(`/${name}.git/`)) return { status: 404 };
  const file = join(root, path.slice(`/${name}.git/`.length));
  return existsSync(file) && statSync(file).isFile() ? { body: readFileSync(file) } : { status: 404 };
}

test("an organization is listed, cloned with the login, and swept; the login is written nowhere", async () => {
  const origin = repository({ "x.env": leak(1) });
  const bare = join(folder({}), "bare.git");
  git(origin, "clone", "-q", "--bare", origin, bare);
  git(bare, "update-server-info");
  const { url } = await service((asked) => {
    if (!asked.path.startsWith("/api/")) return files(bare, asked, "acme/app");
    return {
      body: ["acme/app", "acme/fork", "acme/gone", "acme/large", "acme/old"].map((full_name) => ({
        full_name,
        fork: full_name === "acme/fork",
        archived: full_name === "acme/old",
        size: full_name === "acme/large" ? 1 << 30 : 1,
        updated_at: PUSHED,
      })),
    };
  });
  const store = place();
  const run = (...args: string[]) =>
    leakreach(["sweep", "gitea:acme", "--store", store, "--cache", `${store}.cache`, "--now", NOW, ...args], {
      env: { GITEA_URL: url, GITEA_TOKEN: "sesame" },
    });
  const flags = ["--archived", "exclude", "--max-size", "1G", "--format", "json"];
  const { stdout, stderr, code } = await run(...flags);
  assert.deepEqual([stderr, code], ["", 1]);
  const report = JSON.parse(stdout);
  assert.deepEqual(foundIn(report), { "acme/app": ["x.env"], "acme/gone": [], "acme/large": [] });
  assert.deepEqual(report.leftOut, { forks: 1, archived: 1 });
  const why = Object.fromEntries(
    report.repositories.map((one: typeof report) => [one.repository.name, one.report.gaps[0]?.why]),
  );
  assert.match(why["acme/gone"], /cannot be fetched: .*not found/);
  assert.match(why["acme/large"], /larger than --max-size/);
  for (const root of [store, `${store}.cache`])
    for (const name of readdirSync(root, { recursive: true }).map(String))
      if (statSync(join(root, name)).isFile())
        assert.doesNotMatch(readFileSync(join(root, name), "latin1"), /sesame|b2F1dGgyOnNlc2FtZQ/, name);
  const smaller = JSON.parse((await run(...flags, "--smaller-than", "1G")).stdout);
  assert.deepEqual(foundIn(smaller), { "acme/app": ["x.env"], "acme/gone": [] });
  assert.deepEqual(smaller.leftOut, { forks: 1, archived: 1, "not smaller": 1 });
  const again = JSON.parse((await run(...flags)).stdout);
  assert.deepEqual(foundIn(again), foundIn(report));
});
