// Holds both engines of `leakreach history` against each other: node scripts/compare-engines.mjs REPOSITORY...
// They must find the same (rule, object, path inside it, line, column), and something: two empty lists say nothing.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

const FLAGS = ["--no-provenance", "--format", "jsonl", "--min-level", "none", "--quiet"];

/** Every match of a repository's history, sorted. */
async function matches(repository, engine) {
  const child = spawn(process.execPath, ["dist/leakreach.js", "history", repository, "--engine", engine, ...FLAGS], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise((done) => child.on("close", done));
  const found = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const { type, rule, path, inner = [], line: row, column, endLine, endColumn, object } = JSON.parse(line);
    if (type === "match") found.push([rule, object ?? path, ...inner, row, column, endLine, endColumn].join(" "));
  }
  const code = await ended;
  // What is found (1) and what cannot be read (3) is the repository's.
  if (![0, 1, 3].includes(code))
    throw new Error(`leakreach history ${repository} --engine ${engine} ended with ${code}`);
  return found.sort();
}

let failed = false;
for (const repository of process.argv.slice(2)) {
  const [delta, full] = await Promise.all([matches(repository, "delta"), matches(repository, "full")]);
  const only = (some, others) => {
    const known = new Set(others);
    return some.filter((one) => !known.has(one));
  };
  const lost = only(full, delta);
  const more = only(delta, full);
  console.log(`${repository}: ${delta.length} matches by delta, ${full.length} by full`);
  for (const one of lost.slice(0, 10)) console.log(`  only full: ${one}`);
  for (const one of more.slice(0, 10)) console.log(`  only delta: ${one}`);
  if (full.length === 0) console.log("  nothing was found, so nothing was compared");
  failed ||= full.length === 0 || delta.length !== full.length || lost.length > 0 || more.length > 0;
}
process.exit(failed ? 1 : 0);
