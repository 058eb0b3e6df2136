import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { test } from "node:test";
import { folder } from "../config/folder.ts";

const SCRIPT = resolve("scripts/release.mjs");

const checked = (tag: string, changelog: string) => {
  const cwd = folder({ "package.json": JSON.stringify({ version: "1.2.0" }), "CHANGELOG.md": changelog });
  const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, tag], { cwd, encoding: "utf8" });
  return { status, stdout, stderr };
};

test("a tag that agrees with package.json and changelog gives that version's notes and no other's", () => {
  const { status, stdout } = checked(
    "v1.2.0",
    "# Changelog\n\n## [1.2.0] - 2026-11-21\n\n### Added\n\n- This.\n\n## [1.1.0] - 2026-10-01\n\n- That.\n",
  );
  assert.deepEqual([status, stdout], [0, "### Added\n\n- This.\n"]);
});

const faults: [name: string, tag: string, changelog: string, says: RegExp][] = [
  [
    "another tag",
    "v1.2.1",
    "## [1.2.0] - 2026-11-21\n\n- This.\n",
    /the tag is v1\.2\.1, and package\.json has version 1\.2\.0/,
  ],
  ["no section", "v1.2.0", "## [Unreleased]\n\n- This.\n", /no section "## \[1\.2\.0\] - YYYY-MM-DD"/],
  ["no date", "v1.2.0", "## [1.2.0] - soon\n\n- This.\n", /no section/],
  ["an empty section", "v1.2.0", "## [1.2.0] - 2026-11-21\n\n## [1.1.0] - 2026-10-01\n\n- That.\n", /says nothing/],
];

for (const [name, tag, changelog, says] of faults)
  test(`a release with ${name} is refused`, () => {
    const { status, stdout, stderr } = checked(tag, changelog);
    assert.deepEqual([status, stdout], [1, ""]);
    assert.match(stderr, says);
  });
