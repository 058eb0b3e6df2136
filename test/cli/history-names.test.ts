import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { folder } from "../config/folder.ts";
import { leak, token } from "../scan/running.ts";
import { git, repository } from "../sources/repository.ts";
import { leakreach, linesOf } from "./leakreach.ts";

interface Reported {
  readonly code: number | null;
  readonly paths: readonly string[];
  readonly skipped: Record<string, number>;
  readonly output: string;
}

async function reported(root: string, ...more: readonly string[]): Promise<Reported> {
  const { code, stdout, stderr } = await leakreach(["history", root, "--format", "json", ...more]);
  const { findings, stats } = JSON.parse(stdout) as {
    findings: { baseline?: string; exposures: { path: string }[] }[];
    stats: { skipped: Record<string, number> };
  };
  const news = findings.filter(({ baseline }) => baseline !== "unchanged");
  const paths = news.flatMap(({ exposures }) => exposures.map(({ path }) => path)).sort();
  return { code, paths, skipped: stats.skipped, output: stdout + stderr };
}

function commit(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  git(root, "add", "-A");
  git(root, "commit", "-qm", "more");
}

/** A repository with a secret in the name of a file that is gone, and one in that of a folder. */
function named(): string {
  const root = repository({ [`old-${token(1)}.txt`]: "x\n" });
  git(root, "rm", "-q", `old-${token(1)}.txt`);
  commit(root, { [`in/${token(2)}/a.txt`]: "y\n" });
  return root;
}

for (const pack of [false, true]) {
  test(`secrets in names of files and folders are found, and never shown (${pack ? "packed" : "loose"})`, async () => {
    const root = named();
    if (pack) git(root, "repack", "-adfq");
    const { code, paths, output } = await reported(root);
    assert.equal(code, 1);
    assert.equal(paths.length, 2);
    for (const path of paths) assert.match(path, /^name of .*…(\.txt)? in tree [0-9a-f]{40}$/);
    const trees = paths.map((path) => git(root, "ls-tree", "--name-only", path.slice(-40)));
    assert.deepEqual(
      [1, 2].map((seed) => trees.filter((names) => names.includes(token(seed))).length),
      [1, 1],
    );
    for (const seed of [1, 2]) assert.equal(output.includes(token(seed).slice(4, 20)), false);
    const { stdout } = await leakreach(["history", root, "--format", "jsonl"]);
    assert.equal(linesOf(stdout).filter(({ type }) => type === "match").length, 2);
    for (const seed of [1, 2]) assert.equal(stdout.includes(token(seed).slice(4, 20)), false);
  });
}

test("a secret that only the message of a reflog has is found", async () => {
  const root = repository({ a: "x\n" });
  git(root, "update-ref", "--create-reflog", "-m", `from ${token(5)}`, "refs/heads/other", "HEAD");
  const { paths, output } = await reported(root);
  assert.deepEqual(paths, ["reflog of refs/heads/other"]);
  assert.equal(output.includes(token(5).slice(4, 20)), false);
});

test("names are found beside what files hold, and left out by filters with a count", async () => {
  const root = named();
  commit(root, { "a.env": leak(3) });
  assert.equal((await reported(root)).paths.length, 3);
  const { paths, skipped } = await reported(root, "--since", "2001-01-01");
  assert.deepEqual([paths, Object.values(skipped)], [["a.env"], [2]]);
});

test("with a state, names of new trees are looked at, and known ones are not new", async () => {
  const root = named();
  const state = join(folder({}), "state");
  assert.equal((await reported(root, "--state", state)).paths.length, 2);
  assert.deepEqual((await reported(root, "--state", state)).paths, []);
  commit(root, { [`${token(4)}.txt`]: "z\n" });
  assert.equal((await reported(root, "--state", state)).paths.length, 1);
  commit(root, { "a.env": leak(3) });
  assert.deepEqual((await reported(root, "--state", state)).paths, ["a.env"]);
});
