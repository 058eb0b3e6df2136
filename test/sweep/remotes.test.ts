import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { leakreach, type Ran } from "../cli/leakreach.ts";
import { folder } from "../config/folder.ts";
import { leak } from "../scan/running.ts";
import { git, repository } from "../sources/repository.ts";
import { smartServer } from "./smart-http.ts";
import { commit, foundIn, gapsIn, NOW, place } from "./sweeping.ts";

/** Where servers keep bare repositories; each holds one leak, and enough that it is no single packet. */
function hosted(...names: readonly string[]): string {
  const root = folder({});
  for (const [i, name] of names.entries()) {
    const work = repository({ "x.env": leak(i + 1), "noise.bin": randomBytes(200_000) });
    git(work, "clone", "-q", "--bare", work, join(root, name));
  }
  return root;
}

/** Adds a file to a bare repository. */
function push(bare: string, files: Readonly<Record<string, string>>): void {
  const work = join(folder({}), "work");
  git(bare, "clone", "-q", bare, work);
  commit(work, files);
  git(work, "push", "-q", "origin", "HEAD");
}

/** Sweeps some addresses, with a home of its own. */
const sweeping = (
  store: string,
  env: Readonly<Record<string, string>>,
  ...addresses: readonly string[]
): Promise<Ran> =>
  leakreach(["sweep", ...addresses, "--store", store, "--cache", `${store}.cache`, "--now", NOW, "--format", "json"], {
    env: { HOME: folder({}), GIT_CONFIG_NOSYSTEM: "1", ...env },
  });

/** Texts that would give a login away. */
const traces = (user: string, word: string): readonly string[] => [
  word,
  Buffer.from(`${user}:${word}`).toString("base64").replace(/=+$/, ""),
];

function assertNowhere(words: readonly string[], ...folders: readonly string[]): void {
  for (const root of folders)
    for (const name of readdirSync(root, { recursive: true }).map(String))
      if (statSync(join(root, name)).isFile()) {
        const text = readFileSync(join(root, name), "latin1");
        for (const word of words) assert.ok(!text.includes(word), `${name} holds the login`);
      }
}

const WORD = randomBytes(9).toString("hex");

/** How a login is given: the environment of leakreach, and a helper of git's. */
const LOGINS: readonly (readonly [string, user: string, env: (url: string) => Record<string, string>])[] = [
  ["the environment", "oauth2", (url) => ({ GITEA_URL: url, GITEA_TOKEN: WORD })],
  [
    "a credential helper",
    "somebody",
    () => {
      const home = folder({ helper: `#!/bin/sh\necho username=somebody\necho password=${WORD}\n` });
      chmodSync(join(home, "helper"), 0o700);
      writeFileSync(join(home, ".gitconfig"), `[credential]\n\thelper = ${join(home, "helper")}\n`);
      return { HOME: home };
    },
  ],
];

for (const [name, user, env] of LOGINS)
  test(`smart HTTP with a login of ${name}: cloned, fetched later, and the login is seen nowhere`, async () => {
    const root = hosted("acme/app.git");
    const server = await smartServer(root, `${user}:${WORD}`);
    const store = place();
    const address = `${server.url}/acme/app.git`;
    const login = env(server.url);
    const first = await sweeping(store, login, address);
    assert.equal(first.code, 1, first.stderr);
    assert.deepEqual(Object.values(foundIn(JSON.parse(first.stdout))), [["x.env"]]);
    assert.ok(server.asked.includes("POST /acme/app.git/git-upload-pack"), server.asked.join("\n"));
    push(join(root, "acme/app.git"), { "y.env": leak(9) });
    const second = await sweeping(store, login, address);
    const report = JSON.parse(second.stdout);
    assert.deepEqual(Object.values(foundIn(report)), [["x.env", "y.env"]]);
    assert.equal(report.repositories[0].report.stats.blobs, 3, "what is new, and what held something");
    const words = traces(user, WORD);
    if (existsSync("/proc/self/cmdline")) assert.match(server.processes(), /git.*fetch|git-remote-http/);
    for (const word of words)
      for (const said of [server.processes(), first.stdout, first.stderr, second.stdout, second.stderr])
        assert.ok(!said.includes(word), "the login was seen");
    assertNowhere(words, store, `${store}.cache`);
  });

test("smart HTTP without a login is a gap at once, and nobody is asked for one", async () => {
  const server = await smartServer(hosted("acme/app.git"), `somebody:${WORD}`);
  const { stdout } = await sweeping(place(), {}, `${server.url}/acme/app.git`);
  assert.match(gapsIn(JSON.parse(stdout)).join(), /it cannot be fetched: fatal: could not read Username/);
  assert.equal(server.asked.length, 1);
});

test("a server that breaks off midway is a gap, others are swept, and the next sweep has it all", async () => {
  const server = await smartServer(hosted("acme/app.git"), `oauth2:${WORD}`);
  const env = { GITEA_URL: server.url, GITEA_TOKEN: WORD };
  const other = repository({ "z.env": leak(8) });
  const store = place();
  server.isCut = true;
  const cut = JSON.parse((await sweeping(store, env, `${server.url}/acme/app.git`, other)).stdout);
  assert.match(gapsIn(cut).join(), /acme\/app: it cannot be fetched: (?:fatal|error): /);
  assert.equal(server.asked.filter((line) => line.startsWith("POST")).length >= 3, true, "it was tried again");
  assert.deepEqual(Object.values(foundIn(cut)).sort(), [[], ["z.env"]]);
  const left = readdirSync(`${store}.cache`, { recursive: true }).map(String);
  assert.deepEqual(
    left.filter((name) => /\.git$|lock|tmp_|\.pack$/.test(name)),
    [],
    "no step came to its end",
  );
  server.isCut = false;
  const whole = JSON.parse((await sweeping(store, env, `${server.url}/acme/app.git`, other)).stdout);
  assert.deepEqual(Object.values(foundIn(whole)).sort(), [["x.env"], ["z.env"]]);
  assert.deepEqual(gapsIn(whole), []);
});

test("over ssh, with the command that the user's environment names", async () => {
  const root = hosted("acme/app.git");
  const log = join(folder({}), "asked.txt");
  // Takes what git would have run on the host: the last argument.
  const script = `#!/bin/sh\necho "$@" >> ${log}\nfor last; do :; done\neval "$(echo "$last" | sed "s|'/|'${root}/|")"\n`;
  const ssh = folder({ ssh: script });
  chmodSync(join(ssh, "ssh"), 0o700);
  const env = { GIT_SSH_COMMAND: join(ssh, "ssh"), GIT_SSH_VARIANT: "ssh" };
  const store = place();
  const addresses = ["ssh://git@git.example:2222/acme/app.git"];
  const first = await sweeping(store, env, ...addresses);
  assert.deepEqual(Object.values(foundIn(JSON.parse(first.stdout))), [["x.env"]], first.stderr + first.stdout);
  assert.match(readFileSync(log, "utf8"), /git@git\.example .*git-upload-pack/);
  push(join(root, "acme/app.git"), { "y.env": leak(9) });
  const second = await sweeping(store, env, ...addresses);
  assert.deepEqual(Object.values(foundIn(JSON.parse(second.stdout))), [["x.env", "y.env"]]);
});

test("a host that refuses over ssh is a gap that says what it said", async () => {
  const ssh = folder({ ssh: "#!/bin/sh\necho 'Permission denied (publickey).' >&2\nexit 255\n" });
  chmodSync(join(ssh, "ssh"), 0o700);
  const { stdout } = await sweeping(place(), { GIT_SSH_COMMAND: join(ssh, "ssh") }, "git@git.example:acme/app.git");
  assert.match(
    gapsIn(JSON.parse(stdout)).join(),
    /acme\/app: it cannot be fetched: .*(?:Permission denied|Could not read)/,
  );
});
