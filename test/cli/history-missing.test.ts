import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { folder } from "../config/folder.ts";
import { leak } from "../scan/running.ts";
import { git, repository } from "../sources/repository.ts";
import { leakreach } from "./leakreach.ts";

interface Reported {
  readonly code: number | null;
  readonly stderr: string;
  readonly paths: readonly string[];
  readonly gaps: readonly { what: string; why: string }[];
  readonly notices: readonly string[];
}

async function reported(root: string, ...more: readonly string[]): Promise<Reported> {
  const { code, stdout, stderr } = await leakreach(["history", root, "--format", "json", ...more]);
  const { findings, gaps, stats } = JSON.parse(stdout) as {
    findings: { exposures: { path: string }[] }[];
    gaps: Reported["gaps"];
    stats: { notices: string[] };
  };
  const paths = findings.map(({ exposures }) => exposures[0]!.path).sort();
  return { code, stderr, paths, gaps, notices: stats.notices };
}

/** A remote with a secret at HEAD and one that only its history has, and a clone that left files with it. */
function partial(filter: string): { clone: string; origin: string } {
  const origin = repository({ "old.env": leak(1), "folder/now.env": leak(2) });
  git(origin, "rm", "-q", "old.env");
  git(origin, "commit", "-qm", "without");
  git(origin, "config", "uploadpack.allowFilter", "true");
  const clone = join(folder({}), "clone");
  git(origin, "clone", "-q", `--filter=${filter}`, "--no-checkout", `file://${origin}`, clone);
  return { clone, origin };
}

for (const filter of ["blob:none", "tree:0", "blob:limit=1"]) {
  test(`what a clone with ${filter} lacks is a gap, or fetched where that is asked for`, async () => {
    const { clone } = partial(filter);
    const before = await reported(clone);
    assert.deepEqual([before.code, before.paths, before.stderr], [3, [], ""]);
    assert.match(before.gaps.map(({ why }) => why).join(), /partial clone: --fetch-missing asks the remote/);
    const refs = git(clone, "for-each-ref");
    const after = await reported(clone, "--fetch-missing");
    assert.deepEqual([after.code, after.paths, after.gaps], [1, ["folder/now.env", "old.env"], []]);
    assert.match(after.stderr, /^leakreach: asking the remote origin for \d+ objects that are not here\n/);
    assert.match(after.notices.join(), /\d objects were fetched from origin/);
    assert.equal(git(clone, "for-each-ref"), refs);
    const again = await reported(clone, "--fetch-missing");
    assert.deepEqual([again.stderr, again.paths.length, again.gaps], ["", 2, []]);
  });
}

test("where folders are missing it is not said that nothing leads to a file, but that this is not known", async () => {
  const { clone, origin } = partial("tree:0");
  // Git fetches the file, and nothing that leads to it.
  git(clone, "cat-file", "-p", git(origin, "rev-parse", "HEAD:folder/now.env").trim());
  const reachOf = async (root: string): Promise<string[]> => {
    const { stdout } = await leakreach(["history", root, "--format", "json"]);
    const { findings } = JSON.parse(stdout) as { findings: { history: { reach: string } }[] };
    return findings.map(({ history }) => history.reach);
  };
  assert.deepEqual(await reachOf(clone), ["unknown"]);
  assert.match((await leakreach(["history", clone])).stdout.replace(/\s+/g, " "), /leads to it is not known: folders/);
  const amended = repository({ "a.env": leak(1) });
  git(amended, "commit", "-q", "--allow-empty", "-m", "first");
  git(amended, "update-ref", "-d", "HEAD");
  git(amended, "reflog", "expire", "--expire=now", "--all");
  assert.deepEqual(await reachOf(amended), ["unreachable"]);
});

test("a remote that does not answer is a gap, and what is here is looked through", async () => {
  const { clone } = partial("blob:limit=1k");
  git(clone, "config", "remote.origin.url", `file://${folder({})}/nothing`);
  const whole = await reported(clone, "--fetch-missing");
  assert.deepEqual([whole.paths.length, whole.gaps], [2, []], "nothing is missing, so nothing is asked");
  const { clone: other } = partial("blob:none");
  git(other, "config", "remote.origin.url", `file://${folder({})}/nothing`);
  const { code, gaps } = await reported(other, "--fetch-missing");
  assert.equal(code, 3);
  assert.match(
    gaps.map(({ what, why }) => `${what}: ${why}`).join(),
    /2 missing objects: not fetched: git fetch failed/,
  );
});

test("of a clone that is not partial, nothing is fetched", async () => {
  const { code, notices, stderr } = await reported(repository({ a: "x\n" }), "--fetch-missing");
  assert.deepEqual([code, stderr], [0, ""]);
  assert.match(notices.join(), /fetched nothing/);
});

/** Settings of a repository that would run a program while git fetches. */
const hostile: readonly (readonly [
  name: string,
  url: string,
  settings: (program: string) => Record<string, string>,
])[] = [
  ["ext", "ext::PROGRAM", () => ({ "protocol.ext.allow": "always", "protocol.allow": "always" })],
  ["a transport", "x", () => ({ "remote.origin.vcs": "ext", "protocol.allow": "always" })],
  ["insteadOf", "x:y", () => ({ "url.ext::PROGRAM.insteadOf": "x:", "protocol.ext.allow": "always" })],
  ["core.sshCommand", "ssh://localhost:1/x", (program) => ({ "core.sshCommand": program })],
  ["core.gitProxy", "git://localhost:1/x", (program) => ({ "core.gitProxy": program })],
  ["uploadpack", "ORIGIN", (program) => ({ "remote.origin.uploadpack": program })],
  ["hooks", "ORIGIN", () => ({ "core.hooksPath": "HOOKS" })],
  ["fsmonitor", "ORIGIN", (program) => ({ "core.fsmonitor": program })],
  ["alternates", "ORIGIN", (program) => ({ "core.alternateRefsCommand": program })],
  ["credential.helper", "SERVER", (program) => ({ "credential.helper": program })],
  ["a helper of one address", "SERVER", (program) => ({ "credential.SERVER.helper": `!${program}` })],
  ["core.askPass", "SERVER", (program) => ({ "core.askPass": program })],
];

test("fetching runs nothing that the repository's settings name", async () => {
  const server = createServer((_, response) => response.writeHead(401, { "www-authenticate": "Basic" }).end());
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  try {
    for (const [name, url, settings] of hostile) {
      const { clone, origin } = partial("blob:none");
      const marker = join(folder({}), "ran");
      const program = join(folder({}), "program");
      const hooks = folder({});
      writeFileSync(program, `#!/bin/sh\ntouch ${marker}\nexit 1\n`);
      for (const hook of ["reference-transaction", "post-fetch"])
        writeFileSync(join(hooks, hook), `#!/bin/sh\ntouch ${marker}\n`);
      for (const file of [program, join(hooks, "reference-transaction")]) chmodSync(file, 0o755);
      mkdirSync(join(clone, ".git/objects/info"), { recursive: true });
      if (name === "alternates")
        writeFileSync(join(clone, ".git/objects/info/alternates"), `${repository({ z: "z" })}/.git/objects\n`);
      const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const put = (text: string): string =>
        text
          .replace("PROGRAM", program)
          .replace("HOOKS", hooks)
          .replace("ORIGIN", `file://${origin}`)
          .replace("SERVER", address);
      git(clone, "config", "remote.origin.url", put(url));
      for (const [key, value] of Object.entries(settings(program))) git(clone, "config", put(key), put(value));
      const { code, paths } = await reported(clone, "--fetch-missing");
      assert.equal(existsSync(marker), false, name);
      const isFetched = url === "ORIGIN";
      assert.deepEqual([code, paths.length], isFetched ? [1, 2] : [3, 0], name);
    }
  } finally {
    server.close();
  }
});

test("the user's own credential helper is asked", async () => {
  const server = createServer((_, response) => response.writeHead(401, { "www-authenticate": "Basic" }).end());
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  try {
    const { clone } = partial("blob:none");
    git(clone, "config", "remote.origin.url", `http://127.0.0.1:${(server.address() as AddressInfo).port}/x`);
    const home = folder({});
    const marker = join(home, "ran");
    writeFileSync(join(home, ".gitconfig"), `[credential]\n\thelper = "!touch ${marker}; false"\n`);
    await leakreach(["history", clone, "--fetch-missing"], { env: { HOME: home, XDG_CONFIG_HOME: home } });
    assert.equal(existsSync(marker), true);
  } finally {
    server.close();
  }
});
