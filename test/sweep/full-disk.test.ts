import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { CLI, type Ran } from "../cli/leakreach.ts";
import { folder } from "../config/folder.ts";
import { leak } from "../scan/running.ts";
import { clones, foundIn, gapsIn, NOW, place, sweeping } from "./sweeping.ts";

const isUnix = process.platform !== "win32";

/** Sweeps with files that may not grow beyond so many bytes (setrlimit(2), RLIMIT_FSIZE): a write then fails as on a full disk. */
function limited(bytes: number, store: string, ...args: readonly string[]): Promise<Ran> {
  const flags = ["sweep", "--store", store, "--cache", `${store}.cache`, "--now", NOW, "--format", "json", ...args];
  // SIGXFSZ would end the process; without it the write itself fails. sh counts in 512 bytes.
  const script = `trap '' XFSZ; ulimit -f ${Math.floor(bytes / 512)}; exec "$@"`;
  const child = spawn("sh", ["-c", script, "sh", process.execPath, CLI, ...flags]);
  const ran = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const)
    child[name].setEncoding("utf8").on("data", (text: string) => {
      ran[name] += text;
    });
  return new Promise((done) => child.on("close", (code) => done({ code, ...ran })));
}

const leaks = (from: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`${i}.env`, leak(from + i)]));

/** Two repositories with so much in them that their report is larger than either record. */
const two = (): string => clones({ a: leaks(0), b: leaks(100) });

/** Bytes of the largest record of a store. */
const largest = (store: string): number =>
  Math.max(...readdirSync(join(store, "repositories")).map((name) => statSync(join(store, "repositories", name)).size));

test("a store that cannot be written ends the sweep with a clear word, and --resume loses nothing", {
  skip: !isUnix,
}, async () => {
  const root = two();
  const whole = place();
  const undisturbed = (await sweeping(whole, root, "--format", "json")).stdout;
  const store = place();
  const ran = await limited(largest(whole) / 2, store, root);
  assert.equal(ran.code, 2, ran.stderr);
  assert.match(ran.stderr, /^leakreach: .*cannot write .*repositories.*: EFBIG/m);
  assert.equal((await sweeping(store, root, "--format", "json", "--resume")).stdout, undisturbed);
});

test("a report that cannot be written is said, and --resume writes it without looking again", {
  skip: !isUnix,
}, async () => {
  const root = two();
  const whole = place();
  const undisturbed = (await sweeping(whole, root, "--format", "json")).stdout;
  const store = place();
  const report = join(folder({ "report.json": "the last one" }), "report.json");
  const ran = await limited(largest(whole) + 1024, store, root, "--output", report);
  assert.equal(ran.code, 2, ran.stderr);
  assert.match(ran.stderr, /^leakreach: .*cannot write .*report\.json.*EFBIG/m);
  assert.equal(readFileSync(report, "utf8"), "the last one", "what was there stays whole");
  const times = () =>
    readdirSync(join(store, "repositories")).map((name) => statSync(join(store, "repositories", name)).mtimeMs);
  const before = times();
  await sweeping(store, root, "--resume", "--output", `json=${report}`);
  assert.equal(readFileSync(report, "utf8"), undisturbed);
  assert.deepEqual(times(), before);
});

test("a clone that does not fit is a gap, nothing of it is left, and the next sweep has it", {
  skip: !isUnix,
}, async () => {
  const root = clones({
    large: { "x.env": leak(1), "noise.bin": randomBytes(600_000).toString("latin1") },
    small: { "y.env": leak(2) },
  });
  const addresses = ["large", "small"].map((name) => `file://${join(root, name)}`);
  const store = place();
  const cut = await limited(400_000, store, ...addresses);
  assert.equal(cut.code, 1, cut.stderr);
  const report = JSON.parse(cut.stdout);
  assert.match(gapsIn(report).join(), /large: it cannot be fetched: /);
  assert.deepEqual(Object.values(foundIn(report)).sort(), [[], ["y.env"]]);
  assert.ok(!readdirSync(`${store}.cache`).some((name) => /part/.test(name)));
  const whole = JSON.parse((await sweeping(store, ...addresses, "--format", "json")).stdout);
  assert.deepEqual([Object.values(foundIn(whole)).sort(), gapsIn(whole)], [[["x.env"], ["y.env"]], []]);
});

/** A file system of 4 MiB, or why there is none. */
function fileSystem(): { readonly path: string } | string {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return "mounting a file system needs root on Linux";
  let isMounted = false;
  // Before the folder is removed.
  after(() => isMounted && execFileSync("umount", ["-l", path]));
  const path = folder({});
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=4m", "tmpfs", path], { stdio: "pipe" });
  } catch {
    return "this machine mounts no file system";
  }
  isMounted = true;
  return { path };
}

const disk = isUnix ? fileSystem() : "no Unix";

test("a full file system under the store is said, and nothing is lost", {
  skip: typeof disk === "string" && disk,
}, async () => {
  const { path } = disk as { path: string };
  const root = two();
  const whole = place();
  const undisturbed = (await sweeping(whole, root, "--format", "json")).stdout;
  const store = join(path, "store");
  const filler = join(path, "filler");
  // Room for one record and what stands around it, and not for two.
  writeFileSync(filler, Buffer.alloc((4 << 20) - largest(whole) - (24 << 10)));
  const ran = await sweeping(store, root, "--format", "json");
  assert.equal(ran.code, 2, ran.stderr);
  assert.match(ran.stderr, /^leakreach: .*cannot (?:write|make) .*: ENOSPC/m);
  rmSync(filler);
  assert.equal((await sweeping(store, root, "--format", "json", "--resume")).stdout, undisturbed);
});
