import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { scan } from "../../src/scan/scan.ts";
import { prepareHistory } from "../../src/setup/prepare-history.ts";
import { folder } from "../config/folder.ts";
import { leak } from "../scan/running.ts";
import { repository } from "../sources/repository.ts";
import { leakreach } from "./leakreach.ts";

const linux = process.platform === "linux" ? {} : { skip: "only Linux has /proc" };

/** Waits until a process has opened a file of that name. */
async function hasOpened(pid: number, name: string): Promise<void> {
  const isOpen = (fd: string): boolean => {
    try {
      return readlinkSync(join(`/proc/${pid}/fd`, fd)).endsWith(name);
    } catch {
      return false;
    }
  };
  while (!readdirSync(`/proc/${pid}/fd`).some(isOpen)) await setImmediate();
}

/** A file of size 0 that never ends; `task` has one for each thread, and files enough for threads of ours. */
for (const path of ["/proc/self/pagemap", "/proc/self/task"])
  test(`${path}: files without an end are left when the scan is interrupted`, linux, async () => {
    const { code, stdout } = await leakreach(["scan", path, "--format", "json"], {
      during: (child) => void hasOpened(child.pid!, "pagemap").then(() => child.kill("SIGINT")),
    });
    assert.equal(code, 130);
    assert.ok(JSON.parse(stdout).gaps.some(({ why }: { why: string }) => why.startsWith("interrupted")));
  });

test("memory of a process that may not be read is a gap, never clean", linux, async () => {
  assert.equal((await leakreach(["scan", "/proc/self/mem"])).code, 3);
});

test("a socket that is PATH is a gap, never clean", linux, async () => {
  const root = folder({});
  execFileSync("python3", ["-c", "import socket; socket.socket(socket.AF_UNIX).bind('s')"], { cwd: root });
  const { code, stdout } = await leakreach(["scan", "s"], { cwd: root });
  assert.equal(code, 3);
  assert.match(stdout, /neither a file nor a folder nor a pipe/);
});

test("a full disk is said, and leaves no half of a report", linux, async () => {
  const { code, stderr } = await leakreach(["scan", folder({}), "--output", "json=/dev/full"]);
  assert.equal(code, 2);
  assert.match(stderr, /cannot write \/dev\/full: ENOSPC/);
});

test("whoever stops a history while it is found out where secrets came from gets them all the same", async () => {
  const root = repository({ "a.env": leak(1) });
  const stop = new AbortController();
  const { sources, options } = await prepareHistory({ repository: root, version: "1" }, stop.signal);
  const places = {
    ...options.places!,
    locate: () => {
      stop.abort();
      return new Promise<never>(() => {});
    },
  };
  // The wait keeps no process going that has nothing else to do.
  const alive = setInterval(() => {}, 1000);
  for await (const event of scan(sources, { ...options, places }))
    if (event.type === "report") {
      assert.equal(event.report.findings.length, 1);
      assert.equal(event.report.complete, false);
      assert.match(event.report.gaps.map(({ what }) => what).join(), /where what was found came from/);
    }
  clearInterval(alive);
});

const root = {
  skip: process.getuid?.() === 0 && existsSync("/usr/bin/setpriv") ? false : "setpriv and root are needed",
};

/** Runs a command as somebody who owns nothing. */
const asNobody = (args: readonly string[]): { code: number; stdout: string } => {
  try {
    const who = ["--reuid=65534", "--regid=65534", "--clear-groups", process.execPath, "dist/leakreach.js"];
    return { code: 0, stdout: execFileSync("setpriv", [...who, ...args], { encoding: "utf8", stdio: "pipe" }) };
  } catch (error) {
    const { status, stdout, stderr } = error as { status: number; stdout: string; stderr: string };
    return { code: status, stdout: stdout + stderr };
  }
};

const unreadable: readonly [what: string, path: string, command: readonly string[], code: number, says: RegExp][] = [
  ["a file", "no.env", ["scan"], 3, /! no\.env\n/],
  ["a folder", "d", ["scan", "--all-files"], 3, /! d\n/],
  ["the settings", ".leakreach.yml", ["scan"], 2, /\.leakreach\.yml/],
  ["git's own folder", ".git", ["scan"], 0, /every file is scanned/],
  ["the objects", ".git/objects", ["history"], 3, /objects/],
  ["the refs", ".git/refs", ["history"], 3, /refs/],
  ["the index", ".git/index", ["staged", "--repository"], 3, /index/],
];

for (const [what, path, command, code, says] of unreadable)
  test(`${what} that may not be read: ${command.join(" ")} ends with ${code}`, root, () => {
    const tree = repository({ "a.txt": "a\n", "no.env": "x\n", "d/b.env": "x\n", ".leakreach.yml": "version: 1\n" });
    execFileSync("chmod", ["-R", "a+rX", tree]);
    execFileSync("chmod", ["0", join(tree, path)]);
    const ran = asNobody([...command, tree]);
    assert.equal(ran.code, code, ran.stdout);
    assert.match(ran.stdout, says);
  });
