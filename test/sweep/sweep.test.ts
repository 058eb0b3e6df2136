import assert from "node:assert/strict";
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { test } from "node:test";
import { bytesIn } from "../../src/sweep/size.ts";
import { folder } from "../config/folder.ts";
import { leak, token } from "../scan/running.ts";
import { git, repository } from "../sources/repository.ts";
import { clones, commit, foundIn, gapsIn, many, NOW, place, sweeping, sweepingSo, swept } from "./sweeping.ts";

/** Where a password stands. */
const WORD = "sesame";

test("finds work trees, linked ones once, and bare repositories, and follows no link", async () => {
  const root = clones({ "a/one": { x: leak(1) }, "a/two": { y: "nothing\n" } });
  git(root, "clone", "-q", "--bare", join(root, "a/one"), join(root, "b/bare.git"));
  git(join(root, "a/one"), "worktree", "add", "-q", join(root, "c/linked"));
  symlinkSync(join(root, "a"), join(root, "d"));
  symlinkSync(root, join(root, "loop"));
  const report = await swept(place(), root);
  assert.deepEqual(foundIn(report), { "a/one": ["x"], "a/two": [], "b/bare.git": ["x"] });
  assert.deepEqual([report.complete, gapsIn(report)], [true, []]);
});

test("a list names its folders as it writes them, and what is wrong in it is a gap that repeats no login", async () => {
  const root = clones({ "a/repo": { x: leak(1) }, "b/repo": { y: "text\n" } });
  writeFileSync(join(root, "repos.txt"), `# ours\n\na/repo\nb/   # more\nnowhere\nhttps://me:${WORD}@example.org/x\n`);
  const report = await swept(place(), `@${join(root, "repos.txt")}`);
  assert.deepEqual(foundIn(report), { "a/repo": ["x"], "b/repo": [] });
  const gaps = gapsIn(report).join("\n");
  assert.match(gaps, /^line 5 of .*: there is no such folder\nline 6 of .*: a login stands in the address/);
  assert.equal(gaps.includes(WORD), false);
});

test("one secret in several repositories is one credential, the worst come first", async () => {
  const root = clones({ one: { "x.env": leak(1) }, two: { "y.env": leak(1) }, three: { "z.env": leak(2) } });
  const { code, stdout, stderr } = await sweeping(place(), root);
  assert.deepEqual([code, stderr], [1, ""]);
  assert.match(stdout, /2 leaked credentials in 3 of 3 repositories/);
  assert.ok(stdout.indexOf("x.env") < stdout.indexOf("z.env"), "what stands in more repositories comes first");
  assert.match(stdout, /one\s+x\.env:1 .*still at HEAD\n\s+two\s+y\.env:1/);
  assert.ok(!stdout.includes(token(1)));
});

test("no secret gets into a store", async () => {
  const store = place();
  await sweeping(store, clones({ one: { "x.env": leak(1) } }));
  for (const name of readdirSync(store, { recursive: true }).map(String)) {
    if (!/\./.test(name)) continue;
    assert.ok(!readFileSync(join(store, name), "latin1").includes(token(1)), name);
  }
});

test("the next sweep looks only through what is new, and reports all there is as a first one does", async () => {
  const root = clones({ one: { "x.env": leak(1), "b.txt": "text\n".repeat(50) }, two: { "y.txt": "text\n" } });
  const store = place();
  await swept(store, root);
  const again = await swept(store, root);
  assert.deepEqual(foundIn(again), { one: ["x.env"], two: [] });
  assert.deepEqual(
    again.repositories.map(({ report }) => report.stats.blobs),
    [1, 0],
    "only what holds a secret is looked at again",
  );
  commit(join(root, "one"), { "x.env": "nothing any more\n", "new.env": `${leak(2)}# and again\n${leak(1)}` });
  const third = await swept(store, root);
  const fresh = await swept(place(), root);
  assert.deepEqual(
    third.repositories.map(({ report }) => report.findings),
    fresh.repositories.map(({ report }) => report.findings),
  );
  assert.deepEqual(foundIn(third).one, ["new.env", "new.env", "x.env"]);
});

test("what cannot be looked through is a gap, and the others are looked through", async () => {
  const root = clones({ good: { "x.env": leak(1) }, corrupt: { y: leak(2) }, broken: { z: "text\n" } });
  git(root, "init", "-q", "empty");
  writeFileSync(join(root, "broken/.git/config"), "[core\n");
  const objects = join(root, "corrupt/.git/objects");
  for (const name of readdirSync(objects, { recursive: true }).map(String))
    if (/^[0-9a-f]{2}.[0-9a-f]{38}$/.test(name)) {
      rmSync(join(objects, name));
      writeFileSync(join(objects, name), "no object");
    }
  const ran = await sweeping(place(), root, join(root, "../nothing-there-at-all")).catch(() => undefined);
  assert.equal(ran?.code, 2, "a source that is not there is a mistake");
  const report = await swept(place(), root);
  const gaps = gapsIn(report);
  assert.deepEqual(foundIn(report).good, ["x.env"]);
  assert.equal(report.complete, false);
  assert.match(gaps.join("\n"), /^empty: the repository: it is empty/m);
  assert.match(gaps.join("\n"), /^broken: broken: .*bad config/m);
  assert.match(gaps.join("\n"), /^corrupt: /m);
});

test("with a clock that stands still a report does not tell effort, which depends on threads", async () => {
  const { repositories } = await swept(place(), clones({ one: { "x.env": leak(1) } }));
  const { candidates, milliseconds, matches } = repositories[0]!.report.stats;
  assert.deepEqual({ candidates, milliseconds, matches }, { candidates: 0, milliseconds: 0, matches: 1 });
});

test("gaps of a repository stand in one order, whichever was met first", async () => {
  const broken = Object.fromEntries(
    Array.from({ length: 9 }, (_, i) => [`${i}.zip`, `PK\x03\x04${"no archive".repeat(i)}`]),
  );
  const root = clones({ broken });
  git(join(root, "broken"), "repack", "-adq");
  const gaps = gapsIn(await swept(place(), root));
  assert.equal(gaps.length, 9);
  assert.deepEqual(gaps, gaps.toSorted());
});

test("one that is larger than the limit is a gap", async () => {
  const root = clones({ large: { "x.env": leak(1) }, small: { "y.env": leak(2) } });
  writeFileSync(join(root, "large/.git/objects/ballast"), Buffer.alloc(100_000));
  const report = await swept(place(), root, "--max-size", "50k");
  assert.match(gapsIn(report).join("\n"), /^large: large: it is larger than --max-size/);
  assert.deepEqual(foundIn(report), { large: [], small: ["y.env"] });
});

test("--smaller-than leaves folders out by the bytes of their objects, and none that cannot be opened", async () => {
  const root = clones({ broken: { y: "text\n" }, large: { "x.env": leak(1) }, small: { "y.env": leak(2) } });
  git(root, "clone", "-q", "--bare", join(root, "large"), join(root, "bare.git"));
  for (const objects of ["large/.git/objects", "bare.git/objects"])
    writeFileSync(join(root, objects, "ballast"), Buffer.alloc(100_000));
  writeFileSync(join(root, "small/notes.bin"), Buffer.alloc(100_000));
  writeFileSync(join(root, "broken/.git/config"), "[core\n");
  const ran = await sweeping(place(), root, "--smaller-than", "50k", "--format", "json");
  const report = JSON.parse(ran.stdout);
  assert.deepEqual(report.leftOut, { "not smaller": 2 });
  assert.deepEqual(foundIn(report), { broken: [], small: ["y.env"] });
  const bytes = bytesIn(join(root, "small/.git/objects"));
  const small = join(root, "small");
  assert.equal((await sweeping(place(), small, "--smaller-than", String(bytes))).code, 2, "none is left to be swept");
  assert.equal((await sweeping(place(), small, "--smaller-than", String(bytes + 1))).code, 1);
});

test("what vanishes keeps its findings, and a gap says of when they are", async () => {
  const root = clones({ one: { "x.env": leak(1) } });
  const list = join(folder({ "repos.txt": `${root}/one\nfile://${root}/two\n` }), "repos.txt");
  cpSync(join(root, "one"), join(root, "two"), { recursive: true });
  const store = place();
  await swept(store, list);
  renameSync(join(root, "two"), join(root, "moved"));
  for (const _ of [1, 2]) {
    const report = await swept(store, list);
    assert.deepEqual(Object.values(foundIn(report)), [["x.env"], ["x.env"]]);
    const gaps = gapsIn(report);
    assert.equal(gaps.length, 1);
    assert.match(gaps[0]!, new RegExp(`two: it cannot be fetched: .*; its findings are those of ${NOW}`));
  }
});

test("a repository's own settings and comments allow nothing, unless they are trusted", async () => {
  const root = clones({
    one: { "x.env": leak(1), ".leakreach.yml": "version: 1\nallow:\n  - { path: x.env, reason: test }\n" },
    two: { "y.env": `${leak(2).trim()} # leakreach:allow\n` },
  });
  const open = async (...flags: string[]) =>
    (await swept(place(), root, ...flags)).repositories.flatMap(({ report }) =>
      report.findings.filter(({ suppression }) => !suppression),
    ).length;
  for (const what of ["--history", "--tree"])
    assert.deepEqual([await open(what), await open(what, "--trust-config")], [2, 0], what);
});

test("--tree looks at the files as they are, of bare repositories, too", async () => {
  const root = clones({ one: { "x.env": leak(1), "y.env": leak(2) } });
  rmSync(join(root, "one/x.env"));
  commit(join(root, "one"), {});
  git(root, "clone", "-q", "--bare", join(root, "one"), join(root, "bare.git"));
  const store = place();
  const report = await swept(store, root, "--tree");
  assert.deepEqual([foundIn(report), gapsIn(report)], [{ "bare.git": ["y.env"], one: ["y.env"] }, []]);
  const told = report.repositories.flatMap(({ report }) => report.findings.map(({ history }) => history));
  assert.deepEqual(told, [undefined, undefined], "nobody knows since when");
  assert.deepEqual(foundIn(await swept(place(), root)).one, ["x.env", "y.env"]);
  const mixed = await sweeping(store, root);
  assert.equal(mixed.code, 2);
  assert.match(mixed.stderr, /is one of --tree/);
});

test("clones are made once, renewed later, and follow a branch that was forced or renamed", async () => {
  const origin = repository({ "x.env": leak(1) });
  const store = place();
  const address = `file://${origin}`;
  assert.deepEqual(Object.values(foundIn(await swept(store, address))), [["x.env"]]);
  const [clone] = readdirSync(`${store}.cache`).filter((name) => name.endsWith(".git"));
  const made = readFileSync(join(`${store}.cache`, clone!, "config"), "utf8");
  git(origin, "checkout", "-q", "--orphan", "renamed");
  commit(origin, { "z.env": leak(3) });
  git(origin, "branch", "-q", "-D", "master");
  writeFileSync(join(`${store}.cache`, clone!, "packed-refs.lock"), "");
  const report = await swept(store, address);
  const [{ report: own } = { report: undefined }] = report.repositories;
  const atHead = Object.fromEntries(own!.findings.map((each) => [each.fingerprint, each.history?.atHead]));
  assert.equal(Object.keys(atHead).length, 2, "what was forced away is still kept by whoever cloned it");
  assert.equal(readFileSync(join(`${store}.cache`, clone!, "config"), "utf8"), made, "renewed, not made anew");
  assert.deepEqual(gapsIn(report), []);
});

test("a cache keeps within its size, those first that were not used for the longest time", async () => {
  const [a, b] = [repository({ x: leak(1) }), repository({ y: leak(2) })];
  const store = place();
  const report = await swept(store, `file://${a}`, `file://${b}`, "--cache-size", "1k", "--connections", "1");
  assert.equal(report.complete, true);
  assert.deepEqual(readdirSync(`${store}.cache`), []);
  assert.equal((await swept(store, `file://${a}`, `file://${b}`)).repositories.length, 2);
  assert.equal(readdirSync(`${store}.cache`).filter((name) => name.endsWith(".git")).length, 2);
});

test("what sweeps that were killed have left in a cache counts, and goes first", async () => {
  const store = place();
  const at = repository({ x: leak(1) });
  for (const left of ["a.git", "b.part", "c.git"]) {
    mkdirSync(join(`${store}.cache`, left), { recursive: true });
    writeFileSync(join(`${store}.cache`, left, "pack"), Buffer.alloc(1 << 20));
  }
  const leftWith = async (size: string): Promise<string[]> => {
    assert.equal((await swept(store, `file://${at}`, "--cache-size", size)).complete, true);
    return readdirSync(`${store}.cache`).filter((name) => /\.git$|part|lock/.test(name));
  };
  assert.equal((await leftWith("4M")).length, 4, "there is room for all");
  const fewer = await leftWith("3M");
  assert.equal(fewer.length, 3);
  assert.ok(!fewer.includes("b.part"), "what is half made goes first");
  const own = await leftWith("1M");
  assert.equal(own.length, 1);
  assert.ok(!own.some((name) => /^[abc]\./.test(name)), own.join());
});

test("--include, --exclude and --shard choose, and all shards together are everything", async () => {
  const root = clones(Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`t${i % 3}/r${i}`, { x: "text\n" }])));
  const names = async (...flags: string[]) => Object.keys(foundIn(await swept(place(), root, ...flags)));
  assert.deepEqual(await names("--include", "t1", "--exclude", "r4"), ["t1/r1", "t1/r7"]);
  const shards = [await names("--shard", "1/3"), await names("--shard", "2/3"), await names("--shard", "3/3")];
  // Parts are cut by a hash of where a repository lies, which is another place each time: one part of three may be empty.
  assert.ok(shards.filter((shard) => shard.length > 0).length >= 2);
  assert.deepEqual(shards.flat().sort(), await names());
  const wrong = await sweeping(place(), root, "--shard", "4/3");
  assert.equal(wrong.code, 2);
});

test("mistakes are said before anything is looked through", async () => {
  const root = clones({ one: { x: leak(1) } });
  const other = folder({ "notes.txt": "mine" });
  const cases: readonly (readonly [string, readonly string[], RegExp])[] = [
    ["no source", ["--store", place()], /name what is to be swept/],
    ["a folder that is something else", [root, "--store", other], /holds something else/],
    ["a policy that is not there", [root, "--store", place(), "--policy", "none.yml"], /none\.yml/],
    ["nothing left", [root, "--store", place(), "--include", "x-*"], /none is left/],
    ["a login in an address", ["https://me:pass@example.org/x.git", "--store", place()], /login/],
    ["a way that runs something", ["ext::sh -c id", "--store", place()], /no folder, no list and no address/],
    ["a format of one scan", [root, "--store", place(), "--output", "x.sarif"], /not written as sarif/],
  ];
  for (const [name, [source, ...args], message] of cases) {
    const ran = await sweeping(args[1] ?? place(), ...(source!.startsWith("--") ? [] : [source!]), ...args.slice(2));
    assert.equal(ran.code, 2, name);
    assert.match(ran.stderr, message, name);
    assert.doesNotMatch(ran.stderr, /pass/, name);
  }
});

test("--resume alone sweeps afresh what the last sweep was of, from wherever it is called", async () => {
  const [root, store] = [clones({ one: { "x.env": leak(1) } }), place()];
  const first = await sweepingSo({ cwd: join(root, "..") }, store, basename(root), "--format", "json");
  commit(join(root, "one"), { "y.env": leak(2) });
  const again = await sweeping(store, "--resume", "--format", "json");
  assert.match(again.stderr, /came to its end: \/\S+ is swept afresh/);
  assert.deepEqual(
    [first, again].map(({ stdout }) => foundIn(JSON.parse(stdout))),
    [{ one: ["x.env"] }, { one: ["x.env", "y.env"] }],
  );
  const nothing = await sweeping(place(), "--resume");
  assert.equal(nothing.code, 2);
  assert.match(nothing.stderr, /there is nothing to resume: name what is to be swept/);
});

test("--fail-on-new counts what no earlier sweep of the store has found", async () => {
  const root = clones({ one: { "x.env": leak(1) } });
  const store = place();
  const codeAt = async (now: string) => (await sweeping(store, root, "--fail-on-new", "--now", now)).code;
  assert.equal(await codeAt("2026-01-01T00:00:00Z"), 1);
  assert.equal(await codeAt("2026-01-02T00:00:00Z"), 0);
  mkdirSync(join(root, "one/sub"));
  commit(join(root, "one"), { "sub/y.env": leak(2) });
  assert.equal(await codeAt("2026-01-03T00:00:00Z"), 1);
});

test("a secret in the name of a file is found by every sweep", async () => {
  const root = clones({ shop: { [`key-${token(1)}.txt`]: "text\n" } });
  const store = place();
  const first = await swept(store, root);
  assert.equal(first.repositories[0]!.report.findings.length, 1);
  for (const more of [{}, { "b.txt": "more\n" }, { ".env": leak(2) }]) {
    commit(join(root, "shop"), more);
    const { findings } = (await swept(store, root)).repositories[0]!.report;
    assert.ok(
      findings.some(({ fingerprint }) => fingerprint === first.repositories[0]!.report.findings[0]!.fingerprint),
    );
  }
});

test("whole paths in a list are called by what tells them apart", async () => {
  const root = clones({ "team/a": { "a.txt": "a\n" }, "team/b": { "a.txt": "a\n" }, c: { "a.txt": "a\n" } });
  writeFileSync(join(root, "list"), ["team/a", "team/b", "c"].map((name) => join(root, name)).join("\n"));
  const { repositories } = await swept(place(), join(root, "list"));
  assert.deepEqual(repositories.map(({ repository }) => repository.name).sort(), ["c", "team/a", "team/b"]);
});

test("--prune drops what is no longer swept from the store", async () => {
  const root = many(3);
  const store = place();
  await sweeping(store, root);
  const { stderr } = await sweeping(store, root, "--exclude", "r001", "--prune");
  assert.match(stderr, /1 no longer swept dropped from the store/);
  assert.equal(readdirSync(join(store, "repositories")).length, 2);
});

test("a shard that is empty is no mistake", async () => {
  const root = many(1);
  const parts = [await swept(place(), root, "--shard", "1/2"), await swept(place(), root, "--shard", "2/2")];
  assert.deepEqual(parts.map(({ repositories }) => repositories.length).sort(), [0, 1]);
  assert.ok(parts.every(({ complete }) => complete));
});
