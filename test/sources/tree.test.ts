import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { test } from "node:test";
import type { ScanRequest } from "../../src/index.ts";
import { filesSource } from "../../src/sources/files.ts";
import { open } from "../../src/sources/open.ts";
import { DEFAULT_LIMITS, type SourceEvent } from "../../src/sources/unit.ts";
import { folder } from "../config/folder.ts";
import { filesOf, gapsOf, leak, placesOf, reportOf } from "../scan/running.ts";
import { git, repository } from "./repository.ts";

const tree = {
  "top.env": leak(1),
  "src/a.js": leak(2),
  "src/deep/b.js": leak(3),
  "src/deep/.hidden": leak(4),
  "docs/[id].md": leak(5),
  "clean.txt": "nothing\n",
};
const every = ["docs/[id].md", "src/a.js", "src/deep/.hidden", "src/deep/b.js", "top.env"];

const asked: readonly [name: string, paths: readonly string[], request: ScanRequest, found: readonly string[]][] = [
  ["a folder", ["."], {}, every],
  ["one file", ["top.env"], {}, ["top.env"]],
  ["a file whose name is a glob", ["docs/[id].md"], {}, ["[id].md"]],
  ["two folders, named from the nearest folder around them", ["src", "docs"], {}, every.slice(0, 4)],
  ["a file in a folder and a file beside it", ["src/deep/b.js", "top.env"], {}, ["src/deep/b.js", "top.env"]],
  ["a glob", ["**/*.js"], {}, ["a.js", "deep/b.js"]],
  ["--include without a slash", ["."], { include: ["*.js"] }, ["src/a.js", "src/deep/b.js"]],
  ["--include with a folder", ["."], { include: ["src/deep/"] }, ["src/deep/.hidden", "src/deep/b.js"]],
  ["--exclude", ["."], { exclude: ["src/**", "*.md"] }, ["top.env"]],
  ["--include and --exclude", ["."], { include: ["src/**"], exclude: ["*.js"] }, ["src/deep/.hidden"]],
  ["--exclude for a file that a glob names", ["**/*.js"], { exclude: ["b.js"] }, ["a.js"]],
];

for (const [name, paths, request, found] of asked) {
  test(`${name} gives ${found.length} files`, async () => {
    const root = folder(tree);
    const report = await reportOf({ ...request, paths: paths.map((path) => join(root, path)) });
    assert.deepEqual(filesOf(report), found);
    assert.deepEqual(gapsOf(report), []);
  });
}

test("the same secret in files of one name in two folders is told apart", async () => {
  const root = folder({ "x/f.env": leak(1), "y/f.env": leak(1) });
  const report = await reportOf({ paths: [join(root, "x"), join(root, "y")] });
  assert.deepEqual(filesOf(report), ["x/f.env", "y/f.env"]);
});

test("what is excluded is counted", async () => {
  const report = await reportOf({ paths: [folder(tree)], exclude: ["src/**"] });
  assert.equal(report.stats.skipped.excluded, 3);
  assert.equal(report.complete, true);
});

test("a path that is not there is the user's mistake", async () => {
  await assert.rejects(reportOf({ paths: ["/nowhere/at/all"] }), { code: "path-missing" });
  await assert.rejects(reportOf({ paths: ["nothing-*.here"] }), { code: "path-missing" });
});

function worktree(): string {
  const root = repository({ ".gitignore": "*.ignored\nbuild/\n", "tracked.env": leak(1), "sub/tracked.env": leak(2) });
  mkdirSync(join(root, "build"));
  writeFileSync(join(root, "untracked.env"), leak(3));
  writeFileSync(join(root, "x.ignored"), leak(4));
  writeFileSync(join(root, "build/y.env"), leak(5));
  return root;
}

test("in a work tree, tracked files and untracked ones that git does not ignore are scanned", async () => {
  const report = await reportOf({ paths: [worktree()] });
  assert.deepEqual(filesOf(report), ["sub/tracked.env", "tracked.env", "untracked.env"]);
  assert.equal(report.complete, true);
});

test("--all-files scans what git ignores, and not git's own folder", async () => {
  const report = await reportOf({ paths: [worktree()], allFiles: true });
  assert.deepEqual(filesOf(report), ["build/y.env", "sub/tracked.env", "tracked.env", "untracked.env", "x.ignored"]);
  assert.equal(report.stats.skipped["git's own folder"], 1);
});

test("a file that git ignores is scanned when it is named", async () => {
  assert.deepEqual(filesOf(await reportOf({ paths: [join(worktree(), "build/y.env")] })), ["build/y.env"]);
});

test("a folder that git ignores is scanned when it is named, and git's own folder is", async () => {
  const root = worktree();
  mkdirSync(join(root, "out/deep"), { recursive: true });
  writeFileSync(join(root, ".git/info/exclude"), "out/\n*.log\n");
  writeFileSync(join(root, "out/deep/x.env"), leak(8));
  writeFileSync(join(root, ".git/credentials"), leak(9));
  for (const path of ["out", "out/deep"]) {
    const report = await reportOf({ paths: [join(root, path)] });
    assert.deepEqual([filesOf(report), report.stats.notices], [["out/deep/x.env"], []]);
  }
  assert.deepEqual(filesOf(await reportOf({ paths: [join(root, ".git")] })), [".git/credentials"]);
  mkdirSync(join(root, "logs"));
  for (const name of ["a.log", "b.log"]) writeFileSync(join(root, "logs", name), leak(10));
  const report = await reportOf({ paths: [join(root, "logs")] });
  assert.deepEqual([filesOf(report), report.stats.skipped], [[], { "ignored by git": 2 }]);
});

test("a glob leaves out what git ignores, and counts it; --all-files takes it", async () => {
  const root = worktree();
  const glob = join(root, "**/*.{env,ignored}");
  const report = await reportOf({ paths: [glob] });
  assert.deepEqual(filesOf(report), ["sub/tracked.env", "tracked.env", "untracked.env"]);
  assert.equal(report.stats.skipped["ignored by git"], 2);
  assert.equal(report.complete, true);
  const all = await reportOf({ paths: [glob], allFiles: true });
  assert.deepEqual(filesOf(all), ["build/y.env", "sub/tracked.env", "tracked.env", "untracked.env", "x.ignored"]);
});

test("a glob that names only what git ignores says so", async () => {
  const report = await reportOf({ paths: [join(worktree(), "**/*.ignored")] });
  assert.equal(report.stats.files, 0);
  assert.match(report.stats.notices.join("\n"), /nothing that .*\*\.ignored names is scanned: git ignores it/);
});

test("a glob over several repositories asks each one's git", async () => {
  const around = folder({ "plain.env": leak(7), "plain.ignored": leak(8) });
  for (const name of ["a", "b"]) cpSync(worktree(), join(around, name), { recursive: true });
  const report = await reportOf({ paths: [join(around, "**/*.{env,ignored}")] });
  const each = ["sub/tracked.env", "tracked.env", "untracked.env"];
  assert.deepEqual(filesOf(report), [
    ...["a", "b"].flatMap((name) => each.map((path) => `${name}/${path}`)),
    "plain.env",
    "plain.ignored",
  ]);
});

test("a folder inside a repository has paths from the top level", async () => {
  assert.deepEqual(filesOf(await reportOf({ paths: [join(worktree(), "sub")] })), ["sub/tracked.env"]);
});

test("a file that is deleted in the work tree is no gap", async () => {
  const root = worktree();
  rmSync(join(root, "tracked.env"));
  const report = await reportOf({ paths: [root] });
  assert.deepEqual(filesOf(report), ["sub/tracked.env", "untracked.env"]);
  assert.equal(report.stats.skipped["deleted in the work tree"], 1);
  assert.equal(report.complete, true);
});

test("a nested repository and a submodule are gaps by name", async () => {
  const inner = repository({ "in.env": leak(6) });
  const root = worktree();
  git(root, "submodule", "--quiet", "add", inner, "modules/inner");
  cpSync(inner, join(root, "clone"), { recursive: true });
  const report = await reportOf({ paths: [root] });
  assert.deepEqual(report.gaps.map(({ what }) => what).sort(), ["clone/", "modules/inner"]);
  assert.match(report.gaps[0]!.why, /scan it on its own/);
  assert.equal(report.complete, false);
  assert.ok(filesOf(await reportOf({ paths: [root], allFiles: true })).includes("clone/in.env"));
  assert.deepEqual(filesOf(await reportOf({ paths: [join(root, "modules/inner")] })), ["in.env"]);
});

const chosen: readonly [name: string, request: ScanRequest, gaps: readonly string[], excluded: number][] = [
  ["what is excluded is no gap", { exclude: ["clone", "modules/**"] }, [], 2],
  ["a glob for files of any folder leaves them in", { include: ["*.env"] }, ["clone/", "modules/inner"], 1],
  ["a glob for another folder leaves them out", { include: ["sub/**"] }, [], 4],
  ["a glob for files in one leaves it in", { include: ["modules/inner/*.env"] }, ["modules/inner"], 4],
];

for (const [name, request, gaps, excluded] of chosen) {
  test(`of repositories in a repository, ${name}`, async () => {
    const inner = repository({ "in.env": leak(6) });
    const root = repository({ "sub/tracked.env": leak(1), "top.env": leak(2) });
    git(root, "submodule", "--quiet", "add", inner, "modules/inner");
    cpSync(inner, join(root, "clone"), { recursive: true });
    const report = await reportOf({ paths: [root], ...request });
    assert.deepEqual(report.gaps.map(({ what }) => what).sort(), gaps);
    assert.equal(report.stats.skipped.excluded, excluded);
  });
}

const broken: readonly [name: string, harm: (root: string) => void, says: RegExp][] = [
  ["a corrupt index", (root) => writeFileSync(join(root, ".git/index"), "nonsense"), /index/],
  ["no HEAD", (root) => rmSync(join(root, ".git/HEAD")), /not a git repository/],
  ["a bad setting", (root) => writeFileSync(join(root, ".git/config"), "[core\n"), /bad config/],
  [
    "a .git that is a text",
    (root) => {
      rmSync(join(root, ".git"), { recursive: true });
      writeFileSync(join(root, ".git"), "?");
    },
    /invalid gitfile/,
  ],
];

for (const [name, harm, says] of broken) {
  test(`a repository with ${name} is scanned whole, and that is said`, async () => {
    const root = worktree();
    harm(root);
    const report = await reportOf({ paths: [root] });
    assert.deepEqual(filesOf(report), ["build/y.env", "sub/tracked.env", "tracked.env", "untracked.env", "x.ignored"]);
    assert.match(report.stats.notices.join("\n"), says);
    assert.match(report.stats.notices.join("\n"), /every file is scanned, ignored ones too/);
  });
}

test("a repository of somebody else, as one that is mounted, is scanned as one's own", {
  skip: process.getuid?.() !== 0,
}, async () => {
  const root = worktree();
  const own = filesOf(await reportOf({ paths: [root] }));
  execFileSync("chown", ["-R", "12345", root]);
  const report = await reportOf({ paths: [root] });
  assert.deepEqual(filesOf(report), own);
  assert.deepEqual(report.stats.notices, []);
});

test("settings that name another work tree do not hide this one's files", async () => {
  const root = worktree();
  git(root, "config", "core.worktree", join(root, "sub"));
  assert.equal(filesOf(await reportOf({ paths: [root] })).length, 3);
  git(root, "config", "--unset", "core.worktree");
  git(root, "config", "core.bare", "true");
  assert.equal(filesOf(await reportOf({ paths: [root] })).length, 3);
});

test("variables of a hook do not make git look at another repository", async () => {
  const [root, other] = [worktree(), repository({ "other.env": leak(9) })];
  process.env.GIT_DIR = join(other, ".git");
  process.env.GIT_INDEX_FILE = join(other, ".git/index");
  try {
    assert.equal(filesOf(await reportOf({ paths: [root] })).length, 3);
  } finally {
    delete process.env.GIT_DIR;
    delete process.env.GIT_INDEX_FILE;
  }
});

test("names of many kinds are found, in a repository and outside one", async () => {
  const names = [
    "a b.env",
    "-rf.env",
    "ü/ß.env",
    "日本.env",
    "line\nbreak.env",
    'quo"te.env',
    "back\\slash.env",
    ":(top)x.env",
  ];
  const files = Object.fromEntries(names.map((name, at) => [name, leak(at)]));
  for (const root of [folder(files), repository(files)])
    assert.deepEqual(filesOf(await reportOf({ paths: [root] })), names.toSorted());
});

test("a name that is not UTF-8 is found, in a repository and outside one", {
  skip: process.platform !== "linux",
}, async () => {
  for (const root of [folder({ x: "" }), repository({ x: "" })]) {
    mkdirSync(Buffer.from(`${root}/caf\xe9`, "latin1"));
    writeFileSync(Buffer.from(`${root}/caf\xe9/\xfcx\xc3.env`, "latin1"), leak(1));
    const report = await reportOf({ paths: [root] });
    assert.deepEqual(filesOf(report), ["caf\udce9/\udcfcx\udcc3.env"]);
    assert.deepEqual(gapsOf(report), []);
  }
});

test("links are not followed out of the tree", async () => {
  const outside = folder({ "secret.env": leak(1), "d/secret.env": leak(2) });
  for (const make of [folder, repository]) {
    const root = make({ "in.env": leak(3) });
    symlinkSync(join(outside, "secret.env"), join(root, "link.env"));
    symlinkSync(join(outside, "d"), join(root, "linked"));
    symlinkSync("nowhere", join(root, "broken"));
    symlinkSync(".", join(root, "loop"));
    const report = await reportOf({ paths: [root] });
    assert.deepEqual(filesOf(report), ["in.env"]);
    assert.equal(report.stats.skipped["symbolic link"], 4);
    assert.deepEqual(gapsOf(report), []);
  }
});

test("a tracked folder that became a link is not followed", async () => {
  const outside = folder({ "a.env": leak(1), "deep/b.env": leak(2) });
  const root = repository({ "kept.env": leak(3), "d/a.env": leak(4), "d/deep/b.env": leak(5) });
  renameSync(join(root, "d"), join(root, "moved"));
  symlinkSync(outside, join(root, "d"));
  const report = await reportOf({ paths: [root], exclude: ["moved/**"] });
  assert.deepEqual(filesOf(report), ["kept.env"]);
  assert.ok(report.stats.skipped["symbolic link"]! >= 2);
});

test("a link that is named is followed, under its target's name", async () => {
  const root = folder({ "real.env": leak(1) });
  symlinkSync("real.env", join(root, "link.env"));
  assert.deepEqual(filesOf(await reportOf({ paths: [join(root, "link.env")] })), ["real.env"]);
});

test("a FIFO in a tree is counted and blocks nothing", { skip: process.platform === "win32" }, async () => {
  const root = folder({ "a.env": leak(1) });
  execFileSync("mkfifo", [join(root, "pipe")]);
  const report = await reportOf({ paths: [root] });
  assert.deepEqual(filesOf(report), ["a.env"]);
  assert.equal(report.stats.skipped["not a regular file"], 1);
});

test("a file and a folder that may not be read are gaps", { skip: process.getuid?.() === 0 }, async () => {
  const root = folder({ "a.env": leak(1), "no.env": leak(2), "d/b.env": leak(3) });
  chmodSync(join(root, "no.env"), 0);
  chmodSync(join(root, "d"), 0);
  const report = await reportOf({ paths: [root] });
  chmodSync(join(root, "d"), 0o755);
  assert.deepEqual(filesOf(report), ["a.env"]);
  assert.deepEqual(report.gaps.map(({ what }) => what).sort(), ["d", "no.env"]);
});

/** What opening a unit says, after something happened to the files that were listed. */
async function openedAfter(root: string, happens: () => void, fileSize = DEFAULT_LIMITS.fileSize) {
  const said: string[] = [];
  const texts: string[] = [];
  const units: SourceEvent[] = [];
  const choice = { base: root, allFiles: false, wanted: () => true, holds: () => true };
  for await (const event of filesSource(root, choice).units(new AbortController().signal)) units.push(event);
  happens();
  const room = Buffer.alloc(1 << 20);
  for (const event of units) {
    if (event.type !== "unit") continue;
    await open(
      event.unit as never,
      {
        room,
        size: 1 << 19,
        visit: (item) => {
          if (item.type === "gap") said.push(`${item.gap.what}: ${item.gap.why}`);
          if (item.type === "skipped") said.push(item.reason);
          if (item.type === "chunk") texts.push(room.toString("utf8", item.fresh.start, item.length));
        },
      },
      { ...DEFAULT_LIMITS, fileSize },
    );
  }
  return { said, text: texts.join("") };
}

test("a file that vanishes is a gap, and the others are read", async () => {
  const root = folder({ a: "one ", b: "two ", c: "three" });
  const { said, text } = await openedAfter(root, () => rmSync(join(root, "b")));
  assert.deepEqual(said, ["b: vanished while it was scanned"]);
  assert.match(text, /one/);
  assert.match(text, /three/);
});

test("a file that becomes a link or a folder is not followed", async () => {
  const root = folder({ a: "one", b: "two" });
  const { said, text } = await openedAfter(root, () => {
    rmSync(join(root, "a"));
    symlinkSync("/etc/passwd", join(root, "a"));
    rmSync(join(root, "b"));
    mkdirSync(join(root, "b"));
  });
  assert.deepEqual(said.sort(), [
    "b: a repository inside this one (a submodule or a clone): scan it on its own",
    "symbolic link",
  ]);
  assert.equal(text, "");
});

test("a file that grew since it was listed is read whole", async () => {
  const root = folder({ a: "short" });
  const long = "x".repeat(1_300_000);
  assert.equal((await openedAfter(root, () => writeFileSync(join(root, "a"), long))).text.length >= long.length, true);
});

test("a file over the limit is a gap that names the flag", async () => {
  const root = folder({ a: "x".repeat(2000), b: leak(1) });
  const report = await reportOf({ paths: [root], maxFileSize: 1000 });
  assert.deepEqual(gapsOf(report), ["a: 2000 bytes is over the limit of 1000; raise it with --max-file-size"]);
  assert.deepEqual(filesOf(report), ["b"]);
});

test("a file of no size that has content is read: /proc", { skip: process.platform !== "linux" }, async () => {
  const report = await reportOf({ paths: ["/proc/self/status"] });
  assert.ok(report.stats.bytes > 100);
});

test("the same file named twice is reported once a place", async () => {
  const root = folder({ "a.env": leak(1) });
  const report = await reportOf({ paths: [root, join(root, "a.env")] });
  assert.deepEqual([...new Set(placesOf(report))], ["a.env:1:10"]);
  assert.equal(basename(report.root), basename(root));
});
