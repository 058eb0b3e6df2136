// Runs the compiled tests: node scripts/test.mjs [name...] (all without a name).
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";

const wanted = process.argv.slice(2);
const files = readdirSync(".build/test", { recursive: true })
  .map(String)
  .filter((name) => name.endsWith(".test.js") && (wanted.length === 0 || wanted.some((part) => name.includes(part))))
  .sort()
  .map((name) => `.build/test/${name}`);
if (files.length === 0) {
  console.error("no test found");
  process.exit(1);
}
// What tests start leaves nothing in a developer's home.
const env = { ...process.env, LEAKREACH_CODE_CACHE: "off" };
process.exit(spawnSync(process.execPath, ["--test", ...files], { stdio: "inherit", env }).status ?? 70);
