// Checks that a tag, package.json and CHANGELOG.md agree, and prints the release's notes: node scripts/release.mjs vX.Y.Z
import { readFileSync } from "node:fs";

const tag = process.argv[2] ?? "";
const { version } = JSON.parse(readFileSync("package.json", "utf8"));
const sections = readFileSync("CHANGELOG.md", "utf8").split(/^## /m);
const section = sections.find((text) => text.startsWith(`[${version}] - `));
const [head = "", ...notes] = section?.split("\n") ?? [];

const fault =
  tag !== `v${version}`
    ? `the tag is ${tag}, and package.json has version ${version}`
    : !/^\[[^\]]+\] - \d{4}-\d\d-\d\d$/.test(head)
      ? `CHANGELOG.md has no section "## [${version}] - YYYY-MM-DD"`
      : notes.every((line) => line.trim() === "")
        ? `CHANGELOG.md says nothing of ${version}`
        : undefined;

if (fault === undefined) process.stdout.write(`${notes.join("\n").trim()}\n`);
else console.error(fault);
process.exitCode = fault === undefined ? 0 : 1;
