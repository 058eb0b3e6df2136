#!/usr/bin/env node
// Checks rule files on their own: node scripts/check-rules.mjs rules/providers/github.yml ...
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { build } from "esbuild";

mkdirSync(".build", { recursive: true });
const outfile = `.build/check-rules-${process.pid}.mjs`;
await build({
  entryPoints: ["test/rules/check-main.ts"],
  bundle: true,
  platform: "node",
  format: "esm",
  packages: "external",
  outfile,
});
process.exit(spawnSync(process.execPath, [outfile, ...process.argv.slice(2)], { stdio: "inherit" }).status ?? 70);
