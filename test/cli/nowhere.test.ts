import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { folder } from "../config/folder.ts";
import { leak } from "../scan/running.ts";
import { git, repository } from "../sources/repository.ts";
import { type Ran, leakreach as run } from "./leakreach.ts";

/** A process that waits in the kernel hears nothing but this. */
const LONGEST = 30_000;
const leakreach = (args: readonly string[], cwd: string, env: Readonly<Record<string, string>> = {}): Promise<Ran> =>
  run(args, {
    cwd,
    env: { GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null", ...env },
    during: (child) => {
      const watch = setTimeout(() => child.kill("SIGKILL"), LONGEST);
      child.on("close", () => clearTimeout(watch));
    },
  });

function fifo(path: string): string {
  rmSync(path, { recursive: true, force: true });
  execFileSync("mkfifo", [path]);
  return path;
}

describe("places that can take nothing, and pipes in the place of files", {
  skip: process.platform !== "linux",
}, () => {
  for (const path of [
    "/proc/nothing",
    "/proc/self/fd/99/hooks",
    "/proc/self/fd/0",
    "/dev/stdin",
    "/proc/kmsg",
    "/dev/null",
  ])
    test(`core.hooksPath=${path}: no hook is written there, and that is said`, async () => {
      const root = repository({ a: "a\n" });
      git(root, "config", "core.hooksPath", path);
      const { code, stderr } = await leakreach(["hook", "install"], root);
      assert.equal(code, 2, stderr);
      assert.match(stderr, /^leakreach: the hook \S+ could not be written: .*git rev-parse --git-path hooks/);
    });

  test("a hook is refused where git waits for a pipe", async () => {
    const root = repository({ a: "a\n" });
    fifo(join(root, ".git", "commondir"));
    const { code, stderr } = await leakreach(["hook", "install"], root);
    assert.equal(code, 2, stderr);
    assert.match(stderr, /^leakreach: git does not answer: .*may be a pipe/);
  });

  test("a folder for caches that cannot be made holds up no command", async () => {
    const root = folder({ "a.env": leak(1) });
    const { code } = await leakreach(["scan", "."], root, {
      XDG_CACHE_HOME: "/proc/nothing",
      LEAKREACH_CODE_CACHE: "",
    });
    assert.equal(code, 1);
  });

  test("a store that cannot be made is refused", async () => {
    const { code, stderr } = await leakreach(
      ["sweep", "--store", "/proc/nothing/store", "."],
      repository({ a: "a\n" }),
    );
    assert.equal(code, 2, stderr);
    assert.match(stderr, /\/proc\/nothing\/store/);
  });

  test("an event of a workflow that is a pipe is not waited for", async () => {
    const root = repository({ a: "a\n" });
    const event = fifo(join(folder({}), "event.json"));
    const env = { CI: "true", GITHUB_ACTIONS: "true", GITHUB_EVENT_NAME: "push", GITHUB_EVENT_PATH: event };
    const { code } = await leakreach(["ci"], root, env);
    assert.notEqual(code, null);
  });
});
