import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { folder } from "../config/folder.ts";
import { git, repository } from "../sources/repository.ts";
import { leakreach } from "./leakreach.ts";

/** Says at its end which modules of Node's it loaded. */
const LISTS = `process.on("exit", () => process._rawDebug(process.moduleLoadList.join("\\n")));`;
/** What a start without a finding needs none of: each costs it milliseconds. */
const HEAVY = ["crypto", "zlib", "worker_threads", "child_process", "http", "net"];

async function loaded(args: readonly string[], cwd: string): Promise<string[]> {
  const script = join(folder({}), "lists.cjs");
  writeFileSync(script, LISTS);
  const { code, stderr } = await leakreach([...args, "--output", `json=${join(cwd, ".git/report.json")}`], {
    cwd,
    node: ["--require", script],
  });
  assert.equal(code, 0, stderr);
  const names = [...stderr.matchAll(/^NativeModule (\S+)$/gm)].map(([, name]) => name!);
  assert.ok(names.includes("fs"), stderr);
  return names;
}

test("a scan of a file, a hook and a range without a finding load none of Node's heavy modules", async () => {
  const root = repository({ "a.txt": "one\n", "b/c.txt": "two\n" });
  writeFileSync(join(root, "a.txt"), "one\nmore\n");
  git(root, "add", "-A");
  for (const args of [["scan", "a.txt"], ["staged"], ["range", "HEAD..HEAD"]]) {
    const names = await loaded(args, root);
    assert.deepEqual(
      HEAVY.filter((name) => names.includes(name)),
      [],
      args.join(" "),
    );
  }
});
