// Runs the benches of bench/ on what is built: node scripts/build.mjs --test && node scripts/bench.mjs [name...]
import { spawnSync } from "node:child_process";

process.exit(
  spawnSync(process.execPath, [".build/bench/bench.js", ...process.argv.slice(2)], { stdio: "inherit" }).status ?? 70,
);
