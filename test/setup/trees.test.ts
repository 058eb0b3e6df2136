import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { folder } from "../config/folder.ts";
import { filesOf, leak, reportOf } from "../scan/running.ts";
import { git } from "../sources/repository.ts";

/** A folder with repositories in it, and what stands beside them. */
function around(
  repositories: Readonly<Record<string, Readonly<Record<string, string>>>>,
  beside: Readonly<Record<string, string>> = {},
) {
  const root = folder(beside);
  for (const [name, files] of Object.entries(repositories)) {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, name, path)), { recursive: true });
      writeFileSync(join(root, name, path), text);
    }
    git(join(root, name), "init", "-q");
  }
  return { root, paths: Object.keys(repositories).map((name) => join(root, name)) };
}

const openFiles = async (request: Parameters<typeof reportOf>[0]) => {
  const report = await reportOf(request);
  const open = report.findings.filter(({ suppression }) => !suppression);
  return { report, files: filesOf({ ...report, findings: open }) };
};

test("of several repositories, each one's settings hold for its own places", async () => {
  const { paths } = around({
    a: {
      ".leakreach.yml": "paths: {exclude: [fixtures]}\nallow: [{path: old.env, reason: revoked}]\n",
      "old.env": leak(1),
      "fixtures/x.env": leak(2),
      "new.env": leak(3),
    },
    b: { "old.env": leak(4), "fixtures/x.env": leak(5) },
  });
  const { report, files } = await openFiles({ paths });
  assert.deepEqual(files, ["a/new.env", "b/fixtures/x.env", "b/old.env"]);
  assert.equal(report.stats.suppressed.settings, 1);
  assert.deepEqual(report.stats.notices, []);
});

test("a fingerprint that one repository allows is not allowed in another", async () => {
  const first = around({ a: { "x.env": leak(1) } });
  const [finding] = (await reportOf({ paths: first.paths })).findings;
  const settings = `allow: [{fingerprint: "${finding!.fingerprint}", reason: known}]\n`;
  const both = around({ a: { ".leakreach.yml": settings, "x.env": leak(1) }, b: { "y.env": leak(1) } });
  assert.deepEqual((await openFiles({ paths: both.paths })).files, ["a/x.env", "b/y.env"]);
  assert.deepEqual((await openFiles({ paths: both.paths.slice(0, 1) })).files, []);
});

test("a .gitleaksignore and an accepted gap hold in their own repository", async () => {
  const files = { "x.env": leak(1), "broken.zip": "PK\x03\x04nonsense" };
  const { paths } = around({
    a: {
      ...files,
      ".gitleaksignore": "x.env:github-pat:1\n",
      ".leakreach.yml": "gaps: [{what: broken.zip, reason: a fixture}]\n",
    },
    b: { ...files, "x.env": leak(2) },
  });
  const { report, files: open } = await openFiles({ paths });
  assert.deepEqual(open, ["b/x.env"]);
  assert.deepEqual(
    report.gaps.map(({ what }) => what),
    ["b/broken.zip"],
  );
});

test("what a repository says of a whole scan is not used for others, and that is said", async () => {
  const { paths } = around({
    a: { ".leakreach.yml": "rules: {disable: [github-pat]}\nreport: {failOn: critical}\n", "x.env": leak(1) },
    b: { "y.env": leak(2) },
  });
  const { report, files } = await openFiles({ paths });
  assert.deepEqual(files, ["a/x.env", "b/y.env"]);
  assert.match(report.stats.notices.join("\n"), /not used: rules, report in the settings of a\//);
});

test("settings of the folder around them hold for all, and --config in place of all", async () => {
  const own = { ".leakreach.yml": "paths: {exclude: [x.env]}\n", "x.env": leak(1), "y.env": leak(2) };
  const { root, paths } = around(
    { a: own, b: { "x.env": leak(3), "y.env": leak(4) } },
    { ".leakreach.yml": "paths: {exclude: [b/y.env]}\n", "all.yml": "{}\n" },
  );
  assert.deepEqual((await openFiles({ paths })).files, ["a/y.env", "b/x.env"]);
  const all = await openFiles({ paths, config: join(root, "all.yml") });
  assert.deepEqual(all.files, ["a/x.env", "a/y.env", "b/x.env", "b/y.env"]);
});

test("a fault in the settings of any of them ends the scan before it begins", async () => {
  const { paths } = around({ a: { "x.env": leak(1) }, b: { ".leakreach.yml": "rulez: 1\n" } });
  await assert.rejects(reportOf({ paths }), { code: "config-invalid" });
});
