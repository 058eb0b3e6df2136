import assert from "node:assert/strict";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import { folder } from "../config/folder.ts";
import { leak, token } from "../scan/running.ts";
import { git, repository } from "../sources/repository.ts";
import { leakreach } from "./leakreach.ts";

interface Exposure {
  readonly path: string;
  readonly line: number;
  readonly commit?: string;
  readonly date?: string;
  readonly atEnd?: string;
}

interface Reported {
  readonly findings: readonly {
    readonly exposures: readonly Exposure[];
    readonly history?: {
      readonly atHead: boolean;
      readonly end: string;
      readonly introduced: { readonly commits: readonly { readonly id: string }[] };
      readonly removed: { readonly commits: readonly { readonly id: string }[] };
    };
  }[];
  readonly gaps: readonly { readonly what: string; readonly why: string }[];
  readonly stats: { readonly notices: readonly string[]; readonly complete: boolean };
}

const head = (root: string): string => git(root, "rev-parse", "HEAD").trim();

/** Writes files, or removes those that are null, and commits. */
function commit(root: string, files: Readonly<Record<string, string | null>>, message = "change"): string {
  for (const [path, content] of Object.entries(files)) {
    if (content === null) git(root, "rm", "-q", path);
    else {
      writeFileSync(join(root, path), content);
      git(root, "add", path);
    }
  }
  git(root, "commit", "-q", "--allow-empty", "-m", message);
  return head(root);
}

async function ranged(root: string, range: string, ...flags: readonly string[]) {
  const { code, stdout, stderr } = await leakreach([
    "range",
    range,
    "--repository",
    root,
    "--format",
    "json",
    "--fail-on",
    "any",
    ...flags,
  ]);
  return { code, stderr, report: stdout === "" ? undefined : (JSON.parse(stdout) as Reported) };
}

/** `path:line commit atEnd` of each exposure. */
const placesIn = (report: Reported | undefined): string[] =>
  report!.findings
    .flatMap(({ exposures }) => exposures)
    .map(({ path, line, commit, atEnd }) => `${path}:${line} ${commit?.slice(0, 8)} ${atEnd}`)
    .sort();

const short = (id: string): string => id.slice(0, 8);

test("what a commit adds is reported with the commit, though a later one takes it away", async () => {
  const root = repository({ "a.env": leak(1), "b.env": "b\n" });
  const added = commit(root, { "b.env": `b\n${leak(2)}`, "a.env": `# more\n${leak(1)}` });
  const removed = commit(root, { "b.env": "b\n" });
  const { code, report } = await ranged(root, "HEAD~2..HEAD");
  assert.equal(code, 1);
  assert.deepEqual(placesIn(report), [`b.env:2 ${short(added)} changed`]);
  const { history, exposures } = report!.findings[0]!;
  assert.match(exposures[0]!.date!, /^20\d\d-.*Z$/);
  assert.deepEqual([history!.atHead, history!.end], [false, "HEAD"]);
  assert.deepEqual(
    history!.introduced.commits.map(({ id }) => id),
    [added],
  );
  assert.deepEqual(
    history!.removed.commits.map(({ id }) => id),
    [removed],
  );
  assert.equal((await ranged(root, "HEAD~1..HEAD")).code, 0);
});

test("the JSON of a range fits the published schema", async () => {
  const root = repository({ a: "a\n" });
  commit(root, { "b.env": leak(1) }, `with ${token(2)}`);
  const { report } = await ranged(root, "HEAD~1..HEAD");
  const validate = new Ajv2020({ formats: { "date-time": true } }).compile(
    JSON.parse(readFileSync("docs/report.schema.json", "utf8")),
  );
  assert.ok(validate(report), JSON.stringify(validate.errors));
  assert.equal(report!.findings.length, 2);
});

test("what moves with its file is not new; what is added on the way is", async () => {
  const root = repository({ "one.env": `${leak(1)}${"line\n".repeat(9)}`, "old/two.env": leak(2), "old/x": "x" });
  git(root, "mv", "one.env", "moved.env");
  git(root, "mv", "old", "new");
  commit(root, {});
  git(root, "mv", "moved.env", "again.env");
  const edited = commit(root, { "again.env": `${leak(1)}${leak(3)}${"line\n".repeat(8)}` });
  const { report } = await ranged(root, "HEAD~2..HEAD");
  assert.deepEqual(placesIn(report), [`again.env:2 ${short(edited)} stands`]);
});

test("a secret that moved after it was added still stands at the end", async () => {
  const root = repository({ a: "a\n" });
  const added = commit(root, { "one.env": leak(1) });
  git(root, "mv", "one.env", "two.env");
  commit(root, {});
  const { report } = await ranged(root, "HEAD~2..");
  assert.deepEqual(placesIn(report), [`one.env:1 ${short(added)} gone`]);
  assert.equal(report!.findings[0]!.history!.atHead, true);
});

test("a mode that changes, a copy and a link: only the copy is a new place", async () => {
  const root = repository({ "a.env": leak(1) });
  git(root, "update-index", "--chmod=+x", "a.env");
  const copied = commit(root, { "copy.env": leak(1) });
  const { report } = await ranged(root, "HEAD~1..");
  assert.deepEqual(placesIn(report), [`copy.env:1 ${short(copied)} stands`]);
});

test("a merge is reported for what it adds of its own, and not for what its sides had", async () => {
  const root = repository({ "a.env": "a\n", "b.env": "b\n" });
  const base = head(root);
  git(root, "checkout", "-q", "-b", "side");
  const inSide = commit(root, { "b.env": leak(1) });
  git(root, "checkout", "-q", "-b", "main-line", base);
  commit(root, { "a.env": "changed\n" });
  git(root, "merge", "-q", "--no-commit", "--no-ff", "side");
  const evil = commit(root, { "a.env": `changed\n${leak(2)}`, "only-in-merge.env": leak(3) }, "merge");
  const { report } = await ranged(root, `${base}..HEAD`);
  assert.deepEqual(placesIn(report), [
    `a.env:2 ${short(evil)} stands`,
    `b.env:1 ${short(inSide)} stands`,
    `only-in-merge.env:1 ${short(evil)} stands`,
  ]);
  const merged = await ranged(root, "side..HEAD");
  assert.deepEqual(placesIn(merged.report), [
    `a.env:2 ${short(evil)} stands`,
    `only-in-merge.env:1 ${short(evil)} stands`,
  ]);
});

test("an octopus with three sides adds nothing of its own", async () => {
  const root = repository({ a: "a\n" });
  const base = head(root);
  const sides = [1, 2, 3].map((seed) => {
    git(root, "checkout", "-q", "-b", `side${seed}`, base);
    return commit(root, { [`${seed}.env`]: leak(seed) });
  });
  git(root, "checkout", "-q", "-b", "all", base);
  git(root, "merge", "-q", "side1", "side2", "side3");
  const { report } = await ranged(root, `${base}..HEAD`);
  assert.deepEqual(
    placesIn(report),
    sides.map((id, i) => `${i + 1}.env:1 ${short(id)} stands`),
  );
});

test("messages and annotated tags are looked at", async () => {
  const root = repository({ a: "a\n" });
  const said = commit(root, { a: "b\n" }, `fix: no longer ${token(1)}`);
  git(root, "tag", "-a", "v1", "-m", `release with ${token(2)}`);
  const tag = git(root, "rev-parse", "v1").trim();
  const { report } = await ranged(root, "HEAD~1..v1");
  const paths = report!.findings.flatMap(({ exposures }) => exposures.map(({ path }) => path)).sort();
  assert.deepEqual(paths, [`commit ${said}`, `tag ${tag}`]);
});

test("the same commit on both ends says so, and is clean", async () => {
  const root = repository({ "a.env": leak(1) });
  const { code, report } = await ranged(root, "HEAD..HEAD");
  assert.equal(code, 0);
  assert.ok(report!.stats.notices.some((text) => /are the same commit/.test(text)));
  assert.ok(report!.stats.notices.some((text) => /nothing to look at/.test(text)));
});

const refused: readonly [range: string, why: RegExp][] = [
  ["main", /is no range/],
  ["nowhere..HEAD", /there is no commit nowhere .*git fetch origin nowhere/],
  ["origin/main..HEAD", /git fetch origin main/],
  [`${"1234".repeat(10)}..HEAD`, /there is no commit 1234/],
  [`HEAD..${"1234".repeat(10)}`, /there is no commit 1234/],
  ["HEAD^{tree}..HEAD", /no commit/],
  ["HEAD~9..HEAD", /there is no commit HEAD~9/],
];

test("a range of what is not there is refused with what to do", async () => {
  const root = repository({ a: "a\n" });
  for (const [range, why] of refused) {
    const { code, stderr } = await ranged(root, range);
    assert.deepEqual([range, code], [range, 2]);
    assert.match(stderr, why);
  }
});

test("a base that does not lead to the head is said, and what the head has of its own is looked at", async () => {
  const root = repository({ a: "a\n" });
  const before = commit(root, { "a.env": leak(1) });
  git(root, "reset", "-q", "--hard", "HEAD~1");
  const forced = commit(root, { "b.env": leak(2) });
  const { report } = await ranged(root, `${before}..HEAD`);
  assert.deepEqual(placesIn(report), [`b.env:1 ${short(forced)} stands`]);
  assert.ok(report!.stats.notices.some((text) => /does not lead to the end/.test(text)));
  for (const range of [[`${before}...HEAD`], [`${before}..HEAD`, "--merge-base"]] as const) {
    const other = await ranged(root, range[0], ...range.slice(1));
    assert.deepEqual(placesIn(other.report), placesIn(report));
    assert.ok(!other.report!.stats.notices.some((text) => /does not lead/.test(text)));
  }
});

const ZEROS = "0".repeat(40);

test("a new branch is looked at as far as no branch of a remote has it; a deleted one has nothing", async () => {
  const origin = repository({ "old.env": leak(1) });
  const clone = folder({});
  git(clone, "clone", "-q", origin, "x");
  const root = join(clone, "x");
  git(root, "checkout", "-q", "-b", "topic");
  const first = commit(root, { "new.env": leak(2) });
  git(root, "branch", "stacked");
  commit(root, { a: "a\n" });
  git(root, "update-ref", "refs/remotes/origin/topic", "HEAD");
  for (const name of ["topic", "HEAD", head(root)]) {
    const { report } = await ranged(root, `${ZEROS}..${name}`);
    assert.deepEqual(placesIn(report), [`new.env:1 ${short(first)} stands`], name);
  }
  const deleted = await ranged(root, `HEAD..${ZEROS}`);
  assert.equal(deleted.code, 0);
  assert.match(deleted.report!.stats.notices.join(), /deleted branch/);
});

test("a shallow clone that ends in the range, or lacks its base, is incomplete, and nothing in it is missed", async () => {
  const origin = repository({ "a.env": leak(1) });
  const base = head(origin);
  commit(origin, { "b.env": leak(2) });
  commit(origin, { "c.env": leak(3) });
  const clone = folder({});
  git(clone, "clone", "-q", "--depth", "1", `file://${origin}`, "x");
  const { report } = await ranged(join(clone, "x"), `${base}..HEAD`);
  assert.equal(report!.stats.complete, false);
  assert.ok(report!.gaps.some(({ what, why }) => what.includes(base) && why.includes("git fetch")));
  assert.ok(report!.gaps.some(({ why }) => why.includes("--unshallow")));
  assert.equal(placesIn(report).length, 3);
  commit(origin, { "a.env": "a\n", "b.env": "b\n", "c.env": "c\n" });
  git(join(clone, "x"), "fetch", "-q", "--depth", "1", "origin");
  assert.equal((await ranged(join(clone, "x"), `${base}..FETCH_HEAD`)).code, 3);
  const named = await ranged(join(clone, "x"), "HEAD~1..HEAD");
  assert.ok(named.report!.gaps.some(({ what, why }) => what.includes("HEAD~1") && why.includes("git fetch")));
  const unknown = await ranged(join(clone, "x"), "origin/topic..HEAD");
  assert.equal(unknown.code, 2);
  assert.match(unknown.stderr, /git fetch origin topic.*--unshallow/);
});

test("a missing file is a gap that names it, and the rest is reported", async () => {
  const root = repository({ a: "a\n" });
  commit(root, { "b.env": leak(1), "c.env": leak(2) });
  const blob = git(root, "rev-parse", "HEAD:b.env").trim();
  git(root, "config", "extensions.partialClone", "origin");
  rmSync(join(root, ".git/objects", blob.slice(0, 2), blob.slice(2)));
  const { report } = await ranged(root, "HEAD~1..HEAD");
  assert.equal(placesIn(report).length, 1);
  assert.ok(
    report!.gaps.some(({ what, why }) => what.includes("b.env") && what.includes(blob) && /partial|remote/.test(why)),
  );
});

test("text and SARIF name the commit, and SARIF says that the file is gone", async () => {
  const root = repository({ a: "a\n" });
  const added = commit(root, { "b.env": `\n${leak(1)}` });
  commit(root, { "b.env": null });
  const text = await leakreach(["range", "HEAD~2..HEAD"], { cwd: root });
  assert.equal(text.code, 1);
  assert.match(text.stdout, new RegExp(`introduced in ${added.slice(0, 12)}`));
  assert.match(text.stdout, /not at HEAD/);
  assert.match(text.stdout, /2 commits in the range/);
  const { stdout } = await leakreach(["range", "HEAD~2..HEAD", "--format", "sarif"], { cwd: root });
  const [result] = JSON.parse(stdout).runs[0].results;
  assert.match(result.message.text, new RegExp(`Commit ${added.slice(0, 12)} added it.*The file is gone`));
  assert.equal(result.locations[0].physicalLocation.region.startLine, 2);
  assert.match(result.partialFingerprints.primaryLocationLineHash, /^[0-9a-f]+:1$/);
  assert.equal((text.stdout + stdout).includes(token(1).slice(4, 16)), false);
});

test("settings, baseline and comments hold as for a scan", async () => {
  const settings = "version: 1\npaths:\n  exclude: ['vendor/**']\n";
  const root = repository({ ".leakreach.yml": settings, "vendor/a.env": leak(1) });
  mkdirSync(join(root, "vendor/b"));
  commit(root, {
    "vendor/b/c.env": leak(2),
    "kept.env": leak(3),
    "allowed.env": `# leakreach:allow -- made for a test\n${leak(4)}`,
  });
  const { report } = await ranged(root, "HEAD~1..HEAD", "--min-level", "low");
  const paths = report!.findings.flatMap(({ exposures }) => exposures.map(({ path }) => path)).sort();
  assert.deepEqual(paths, ["allowed.env", "kept.env"]);
  git(root, "mv", "vendor/a.env", "outside.env");
  commit(root, {});
  const moved = await ranged(root, "HEAD~1..HEAD");
  assert.equal(placesIn(moved.report).length, 1, "what comes from where nobody looked is new");
});
