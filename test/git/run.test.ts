import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as after } from "node:timers/promises";
import { gitRecords } from "../../src/git/run.ts";
import { repository } from "../sources/repository.ts";

const LIST = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];

async function listed(root: string, silence: number, pause = 0): Promise<string[]> {
  const names: string[] = [];
  for await (const name of gitRecords(root, LIST, AbortSignal.timeout(30_000), "\0", { silence })) {
    names.push(name.toString());
    await after(pause);
  }
  return names;
}

test("a git that waits for a pipe for ever is ended, and that is said", {
  skip: process.platform === "win32",
}, async () => {
  const root = repository({ "a.txt": "a\n" });
  const file = join(root, ".git", "info", "exclude");
  rmSync(file, { force: true });
  execFileSync("mkfifo", [file]);
  await assert.rejects(listed(root, 300), /git says nothing: a file that it reads.*may be a pipe/);
});

test("a git that is not listened to is not taken for a silent one", async () => {
  const root = repository({ "a.txt": "a\n", "b.txt": "b\n" });
  assert.deepEqual((await listed(root, 3000, 2000)).sort(), ["a.txt", "b.txt"]);
});
