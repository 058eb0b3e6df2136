import assert from "node:assert/strict";
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { test } from "node:test";
import { folder } from "../config/folder.ts";
import { leak } from "../scan/running.ts";
import { git, repository } from "../sources/repository.ts";
import { leakreach } from "./leakreach.ts";

interface Reported {
  readonly findings: readonly { exposures: readonly { path: string; commit?: string; submodule?: string }[] }[];
  readonly gaps: readonly { what: string; why: string }[];
  readonly stats: { complete: boolean };
}

async function reported(root: string, ...more: readonly string[]): Promise<Reported> {
  const { stdout, stderr } = await leakreach(["history", root, "--submodules", "--format", "json", ...more]);
  assert.equal(stderr, "");
  return JSON.parse(stdout) as Reported;
}

const pathsOf = ({ findings }: Reported): string[] =>
  findings.map(({ exposures }) => exposures.map(({ path }) => path).join(" ")).sort();

function commit(root: string, files: Readonly<Record<string, string>>, message = "more"): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  git(root, "add", "-A");
  git(root, "commit", "-qm", message);
}

/** A repository whose submodule has a submodule; each has a secret that only its history has. */
function nested(): { root: string; middle: string; inner: string } {
  const inner = repository({ "deep.env": leak(3) });
  git(inner, "rm", "-q", "deep.env");
  commit(inner, { a: "x\n" });
  const middle = repository({ "middle.env": `${leak(2)}\n${leak(9)}` });
  git(middle, "submodule", "--quiet", "add", `file://${inner}`, "third/party");
  commit(middle, { "middle.env": "none\n" });
  const root = repository({ "top.env": `${leak(1)}\n${leak(9)}` });
  git(root, "submodule", "--quiet", "add", "--name", "named/else", `file://${middle}`, "lib/middle");
  git(root, "submodule", "--quiet", "update", "--init", "--recursive");
  commit(root, { a: "y\n" });
  return { root, middle, inner };
}

const ALL = ["lib/middle/middle.env", "lib/middle/middle.env top.env", "lib/middle/third/party/deep.env", "top.env"];

test("submodules and those in them are looked through, and are then no gap", async () => {
  const { root, inner } = nested();
  const found = await reported(root);
  assert.deepEqual(pathsOf(found), ALL);
  assert.deepEqual([found.gaps, found.stats.complete], [[], true]);
  const deep = found.findings.flatMap(({ exposures }) => exposures).find(({ path }) => path.endsWith("deep.env"))!;
  assert.deepEqual(
    [deep.submodule, deep.commit],
    ["lib/middle/third/party", git(inner, "rev-list", "--max-parents=0", "HEAD").trim()],
  );
  assert.deepEqual(pathsOf(await reported(root, "--engine", "full")), ALL);
});

test("a submodule is found where git keeps it, checked out or not", async () => {
  const { root } = nested();
  git(root, "submodule", "--quiet", "deinit", "-f", "--all");
  assert.deepEqual(pathsOf(await reported(root)), ALL);
  const bare = join(folder({}), "bare.git");
  git(root, "clone", "-q", "--bare", `file://${root}`, bare);
  const { gaps } = await reported(bare);
  assert.deepEqual(
    gaps.map(({ what }) => what),
    ["submodule lib/middle"],
  );
});

test("a submodule that has its git folder in the work tree is found there", async () => {
  const root = repository({ "top.env": leak(1) });
  const inner = join(root, "inner");
  git(root, "clone", "-q", `file://${repository({ "own.env": leak(2) })}`, inner);
  git(root, "add", "inner");
  git(root, "commit", "-qm", "a link without .gitmodules");
  const found = await reported(root);
  assert.deepEqual([pathsOf(found), found.gaps], [["inner/own.env", "top.env"], []]);
});

test("what of submodules is not here is a gap that says what to do", async () => {
  const { root, middle } = nested();
  const clone = join(folder({}), "clone");
  git(root, "clone", "-q", `file://${root}`, clone);
  const { gaps, findings } = await reported(clone);
  assert.deepEqual([gaps.map(({ what }) => what), findings.length], [["submodule lib/middle"], 2]);
  assert.match(gaps[0]!.why, /git submodule update --init --recursive/);
  commit(middle, { later: "z\n" });
  const later = git(middle, "rev-parse", "HEAD").trim();
  git(root, "update-index", "--cacheinfo", `160000,${later},lib/middle`);
  git(root, "commit", "-qm", "newer");
  assert.match((await reported(root)).gaps.map(({ why }) => why).join(), /commit that HEAD has of it is not here/);
});

test("gaps of a submodule name it", async () => {
  const root = repository({ a: "x\n" });
  const shallow = join(root, "inner");
  git(root, "clone", "-q", "--depth=1", `file://${nested().middle}`, shallow);
  git(root, "add", "inner");
  git(root, "commit", "-qm", "shallow");
  const { gaps } = await reported(root);
  assert.match(gaps.map(({ what }) => what).join("; "), /inner: what came before 1 commit/);
});

test("no name, path, link or .git file of a submodule leads out of the repository", async () => {
  const other = repository({ "secret.env": leak(7) });
  const modules = (name: string, path: string): string => `[submodule "${name}"]\n\tpath = ${path}\n\turl = x\n`;
  const cases: readonly (readonly [string, (root: string) => string])[] = [
    ["a name that climbs", (root) => modules(`../../${relative(root, other)}/.git`, "inner")],
    ["an absolute name", () => modules(`${other}/.git`, "inner")],
    ["a path that climbs", (root) => modules("x", relative(root, other))],
    ["an absolute path", () => modules("x", other)],
    [
      "a link",
      (root) => {
        symlinkSync(other, join(root, "inner"));
        return modules("x", "inner");
      },
    ],
    [
      "a link in modules",
      (root) => {
        mkdirSync(join(root, ".git/modules"));
        symlinkSync(join(other, ".git"), join(root, ".git/modules/x"));
        return modules("x", "inner");
      },
    ],
    [
      "a .git file",
      (root) => {
        mkdirSync(join(root, "inner"));
        writeFileSync(join(root, "inner/.git"), `gitdir: ${other}/.git\n`);
        return modules("x", "inner");
      },
    ],
    [
      "a shared folder elsewhere",
      (root) => {
        const place = join(root, ".git/modules/x");
        git(root, "clone", "-q", "--bare", `file://${repository({ b: "y" })}`, place);
        writeFileSync(join(place, "commondir"), join(other, ".git"));
        return modules("x", "inner");
      },
    ],
    ["the repository itself", () => modules("x", ".")],
    ["a name with a line break", () => modules("a\\n../b", "a\\u001b[2Jb")],
  ];
  for (const [name, make] of cases) {
    const root = repository({ a: "x\n" });
    const text = make(root);
    writeFileSync(join(root, ".gitmodules"), text);
    git(root, "add", "-f", ".gitmodules");
    git(root, "commit", "-qm", "hostile");
    const { findings, gaps } = await reported(root);
    assert.deepEqual(pathsOf({ findings } as Reported), [], name);
    assert.ok(gaps.length > 0, `${name}: what was not opened is a gap`);
  }
});

test("submodules that are each other's are read once", async () => {
  const root = repository({ "top.env": leak(1) });
  const inner = join(root, "inner");
  git(root, "clone", "-q", `file://${repository({ "own.env": leak(2) })}`, inner);
  rmSync(join(inner, "again"), { force: true });
  git(inner, "clone", "-q", `file://${inner}`, join(inner, "again"));
  git(inner, "add", "again");
  git(inner, "commit", "-qm", "again");
  git(root, "add", "inner");
  git(root, "commit", "-qm", "inner");
  assert.deepEqual(pathsOf(await reported(root)), ["inner/again/own.env inner/own.env", "top.env"]);
});

test("what is of one repository is refused together with submodules", async () => {
  const root = repository({ a: "x\n" });
  for (const more of [
    ["--state", join(folder({}), "state")],
    ["--branch", "main"],
    ["--max-commits", "3"],
  ]) {
    const { code, stderr } = await leakreach(["history", root, "--submodules", ...more]);
    assert.equal(code, 2);
    assert.match(stderr, /--submodules with --/);
  }
});

test("a submodule that HEAD has no more is looked through where git keeps it", async () => {
  const { root } = nested();
  git(root, "rm", "-qf", "lib/middle");
  commit(root, { a: "z\n" }, "without it");
  const found = await reported(root);
  assert.deepEqual(found.gaps, []);
  for (const path of ["named/else/middle.env", "named/else/third/party/deep.env"])
    assert.ok(pathsOf(found).includes(path), pathsOf(found).join(", "));
});

test("a submodule that HEAD has no more is a gap, also in later runs with a state", async () => {
  const { root } = nested();
  git(root, "rm", "-qf", "lib/middle");
  commit(root, { a: "z\n" }, "without it");
  const state = join(folder({}), "state");
  for (const flags of [[], ["--state", state], ["--state", state]]) {
    const { stdout } = await leakreach(["history", root, "--format", "json", ...flags]);
    const { gaps } = JSON.parse(stdout) as Reported;
    assert.deepEqual(
      gaps.map(({ what }) => what),
      ["submodule named/else"],
    );
  }
});
