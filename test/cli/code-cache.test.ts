import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { folder } from "../config/folder.ts";
import { mint, seededRandom } from "../mint/mint.ts";

const ENTRY = join(process.cwd(), "dist/leakreach.js");

/** Runs the built command line on one leaked token; gives what it printed. */
function run(caches: string, more: NodeJS.ProcessEnv = {}): string {
  const env: NodeJS.ProcessEnv = { ...process.env, XDG_CACHE_HOME: caches, LEAKREACH_CODE_CACHE: "", ...more };
  const args = [ENTRY, "scan", join(caches, "../leak.txt"), "--format", "json", "--now", "2026-01-01T00:00:00Z"];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { env, encoding: "utf8" });
  assert.equal(status, 1, stderr);
  assert.equal(stderr, "");
  return stdout.replace(/"milliseconds": \d+/, "");
}

function prepared(): string {
  const root = folder({ "leak.txt": `token = "${mint("ghp_{{crc32-base62 30}}", seededRandom(1))}"\n` });
  mkdirSync(join(root, "caches"));
  return join(root, "caches");
}

const kept = (caches: string): string[] =>
  readdirSync(caches, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith(".js"))
    .map((name) => join(caches, name));

test("compiled code is kept, is taken from there, and changes nothing in what is printed", () => {
  const caches = prepared();
  const without = run(caches, { LEAKREACH_CODE_CACHE: "off" });
  assert.deepEqual(readdirSync(caches), []);
  assert.equal(run(caches), without);
  const files = kept(caches);
  assert.ok(files.some((file) => file.endsWith("pack-start.js")));
  assert.ok(files.some((file) => file.endsWith("pack-judge.js")));
  for (const file of files) assert.equal(statSync(file).mode & 0o077, 0);
  const times = files.map((file) => statSync(file).mtimeMs);
  assert.equal(run(caches), without);
  assert.deepEqual(
    files.map((file) => statSync(file).mtimeMs),
    times,
    "what is whole is not written again",
  );
});

test("what was kept holds no word of what was scanned", () => {
  const caches = prepared();
  run(caches);
  const [secret] = /(?<=")[^"]{20,}/.exec(readFileSync(join(caches, "../leak.txt"), "utf8"))!;
  for (const file of kept(caches)) assert.ok(!readFileSync(file).includes(secret.slice(-12)));
});

for (const [what, damage] of [
  ["empty", () => Buffer.alloc(0)],
  ["cut short", (bytes: Buffer) => bytes.subarray(0, bytes.length >> 1)],
  ["something else", () => Buffer.from("no code of V8")],
  ["of another version", (bytes: Buffer) => Buffer.from(bytes).fill(0x5a, 4, 8)],
] as const) {
  test(`kept code that is ${what} is refused and made anew`, () => {
    const caches = prepared();
    const before = run(caches);
    for (const file of kept(caches)) writeFileSync(file, damage(readFileSync(file)));
    assert.equal(run(caches), before);
    assert.ok(kept(caches).every((file) => statSync(file).size > 10_000));
  });
}

test("a folder that others may write to is neither read nor written", { skip: process.platform === "win32" }, () => {
  const caches = prepared();
  const before = run(caches);
  for (const file of kept(caches)) {
    chmodSync(join(file, ".."), 0o777);
    rmSync(file);
  }
  assert.equal(run(caches), before);
  assert.deepEqual(kept(caches), []);
});

test("folders that cannot be made, or that are files, are done without", () => {
  const caches = prepared();
  const before = run(caches, { LEAKREACH_CODE_CACHE: "off" });
  writeFileSync(join(caches, "leakreach"), "a file");
  assert.equal(run(caches), before);
  rmSync(join(caches, "leakreach"));
  symlinkSync("/nonexistent/folder", join(caches, "leakreach"));
  assert.equal(run(caches), before);
});

test("code of other builds is removed beyond the newest few", () => {
  const caches = prepared();
  for (let i = 0; i < 12; i++) mkdirSync(join(caches, "leakreach", `code-${i}`), { recursive: true });
  run(caches);
  assert.equal(readdirSync(join(caches, "leakreach")).length, 6);
  assert.ok(kept(caches).length > 0);
});
