import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { leakreach } from "../cli/leakreach.ts";
import { folder } from "../config/folder.ts";
import { leak } from "../scan/running.ts";
import { git, repository } from "../sources/repository.ts";
import { type SmartServer, smartServer } from "./smart-http.ts";
import { commit, foundIn, gapsIn, NOW, place, swept } from "./sweeping.ts";

const COMMITS = 600;
const BYTES = 8000;

/** A bare repository whose one file changes in each commit, with a leak in the first; it has a branch and a tag beside. */
function longHistory(): string {
  const root = folder({});
  const bare = join(root, "acme/app.git");
  git(root, "init", "-q", "--bare", "-b", "main", bare);
  const blob = (content: string | Buffer) => [`data ${content.length}\n`, content, "\n"];
  const commits = Array.from({ length: COMMITS }, (_, i) => [
    `commit refs/heads/main\ncommitter Test <test@example.org> ${1_700_000_000 + i} +0000\ndata 1\nx\n`,
    "M 100644 inline noise.bin\n",
    ...blob(randomBytes(BYTES)),
    i === 0 ? "M 100644 inline x.env\n" : i === 1 ? "D x.env\n" : "",
    ...(i === 0 ? blob(leak(1)) : []),
  ]);
  const stream = Buffer.concat([...commits.flat(), "done\n"].map((piece) => Buffer.from(piece)));
  execFileSync("git", ["-C", bare, "fast-import", "--quiet", "--done"], { input: stream });
  git(bare, "branch", "old", "main~300");
  git(bare, "tag", "-a", "-m", "one", "v1", "main~200");
  return root;
}

const ROOT = longHistory();
const BARE = join(ROOT, "acme/app.git");

async function sweep(store: string, { url }: SmartServer, ...flags: readonly string[]) {
  const env = { HOME: folder({}), GIT_CONFIG_NOSYSTEM: "1", GITEA_URL: url, GITEA_TOKEN: "word" };
  const args = ["--store", store, "--cache", `${store}.cache`, "--now", NOW, "--format", "json", ...flags];
  return JSON.parse((await leakreach(["sweep", `${url}/acme/app.git`, ...args], { env })).stdout);
}

const inCache = (store: string, ending: string): string | undefined =>
  readdirSync(`${store}.cache`)
    .filter((name) => name.endsWith(ending))
    .map((name) => join(`${store}.cache`, name))[0];

/** As one that was made in one go. */
function assertWhole(store: string, report: Parameters<typeof foundIn>[0]): void {
  assert.deepEqual([Object.values(foundIn(report)), gapsIn(report)], [[["x.env"]], []]);
  const clone = inCache(store, ".git")!;
  assert.equal(inCache(store, ".part"), undefined);
  assert.equal(git(clone, "rev-parse", "--is-shallow-repository").trim(), "false");
  assert.equal(git(clone, "fsck", "--full", "--strict", "--no-progress"), "");
  assert.equal(git(clone, "show-ref", "-d"), git(BARE, "show-ref", "-d"));
  assert.equal(readFileSync(join(clone, "HEAD"), "utf8"), "ref: refs/heads/main\n");
  const all = ["rev-list", "--all", "--objects", "--no-object-names"];
  assert.deepEqual(
    git(clone, ...all)
      .split("\n")
      .sort(),
    git(BARE, ...all)
      .split("\n")
      .sort(),
  );
}

const serving = (): Promise<SmartServer> => smartServer(ROOT, "oauth2:word");

test("a clone that broke off goes on from the last step that came to its end", async () => {
  const server = await serving();
  const store = place();
  server.longest = 1.25 * 128 * BYTES;
  const cut = await sweep(store, server);
  assert.match(gapsIn(cut).join(), /it cannot be fetched: /);
  assert.deepEqual(Object.values(foundIn(cut)), [[]], "what is not whole is not looked through");
  assert.ok(inCache(store, ".part") && !inCache(store, ".git"));
  const before = server.sent;
  server.longest = Number.POSITIVE_INFINITY;
  assertWhole(store, await sweep(store, server));
  const rest = (server.sent - before) / (COMMITS * BYTES);
  assert.ok(rest > 0.4 && rest < 0.7, `${rest} of the whole were sent once more`);
});

test("a clone that keeps breaking off comes to its end in steps of one sweep after the other", async () => {
  const server = await serving();
  const store = place();
  server.longest = 1.25 * 128 * BYTES;
  let report = await sweep(store, server);
  for (let i = 0; i < 3 && gapsIn(report).length > 0; i++) report = await sweep(store, server);
  assertWhole(store, report);
});

/** What a git that was killed leaves, or a machine that stopped. */
const LEFT: readonly (readonly [string, (part: string) => void])[] = [
  ["nothing", () => {}],
  [
    "the beginning of a pack",
    (part) => {
      git(part, "init", "-q", "--bare");
      mkdirSync(join(part, "objects/pack"), { recursive: true });
      writeFileSync(join(part, "objects/pack/tmp_pack_aaaaaa"), randomBytes(1000));
      writeFileSync(join(part, "shallow.lock"), "");
    },
  ],
  [
    "a step that is damaged",
    (part) => {
      git(part, "init", "-q", "--bare");
      git(part, "fetch", "-q", "--depth=5", `file://${BARE}`, "+refs/heads/main:refs/heads/main");
      for (const name of readdirSync(join(part, "objects"), { recursive: true }).map(String))
        if (/^..\/.{38}$|\.pack$/.test(name)) rmSync(join(part, "objects", name));
    },
  ],
  [
    "a step that left out large files",
    (part) => {
      git(part, "init", "-q", "--bare");
      git(part, "config", "remote.origin.url", `file://${BARE}`);
      git(part, "config", "remote.origin.promisor", "true");
      git(part, "config", "remote.origin.partialclonefilter", "blob:limit=10");
      git(part, "fetch", "-q", "--depth=5", "--filter=blob:limit=10", "origin", "+refs/heads/main:refs/heads/main");
    },
  ],
];

for (const [what, leave] of LEFT)
  test(`a clone is whole though ${what} was left of it`, async () => {
    const server = await serving();
    const store = place();
    await sweep(store, server);
    const clone = inCache(store, ".git")!;
    const part = clone.replace(/git$/, "part");
    rmSync(clone, { recursive: true });
    mkdirSync(part);
    leave(part);
    assertWhole(store, await sweep(store, server));
  });

test("a server of files alone has no steps: a clone that broke off is made anew", async () => {
  const server = await serving();
  server.isDumb = true;
  git(BARE, "repack", "-adq");
  git(BARE, "update-server-info");
  const store = place();
  server.longest = 100_000;
  assert.match(gapsIn(await sweep(store, server)).join(), /it cannot be fetched: /);
  assert.ok(!existsSync(inCache(store, ".git") ?? ""));
  server.longest = Number.POSITIVE_INFINITY;
  assertWhole(store, await sweep(store, server));
});

/** Repositories that cannot be fetched in steps, or that end before a step does. */
const ODD: readonly (readonly [string, (bare: string) => void])[] = [
  [
    "with objects of SHA-256",
    (bare) => {
      git(bare, "init", "-q", "--bare", "--object-format=sha256", "-b", "main");
      push(bare, "HEAD:main");
    },
  ],
  [
    "with a HEAD that is no branch",
    (bare) => {
      git(bare, "init", "-q", "--bare", "-b", "main");
      push(bare, "HEAD:main");
      git(bare, "update-ref", "--no-deref", "HEAD", git(bare, "rev-parse", "main").trim());
    },
  ],
  [
    "that is shallow itself",
    (bare) => {
      const work = repository({ "x.env": leak(1) });
      commit(work, { "y.env": leak(2) });
      git(bare, "clone", "-q", "--bare", "--depth=1", `file://${work}`, ".");
    },
  ],
];

function push(bare: string, refs: string): void {
  const work = folder({ "x.env": leak(1) });
  git(work, "init", "-q", `--object-format=${git(bare, "rev-parse", "--show-object-format").trim()}`);
  commit(work, { "y.env": leak(2) });
  git(work, "push", "-q", bare, refs);
}

for (const [what, make] of ODD)
  test(`a clone that broke off of a repository ${what} equals one made at once`, async () => {
    const bare = folder({});
    make(bare);
    const store = place();
    const atOnce = await swept(store, `file://${bare}`);
    const clone = inCache(store, ".git")!;
    const told = () => [git(clone, "show-ref", "--head"), git(clone, "rev-list", "--all", "--objects")];
    const before = told();
    rmSync(clone, { recursive: true });
    mkdirSync(clone.replace(/git$/, "part"));
    const again = await swept(place(), `file://${bare}`, "--cache", `${store}.cache`);
    assert.deepEqual([foundIn(again), gapsIn(again)], [foundIn(atOnce), gapsIn(atOnce)]);
    assert.deepEqual(told(), before);
    assert.equal(inCache(store, ".part"), undefined);
  });
