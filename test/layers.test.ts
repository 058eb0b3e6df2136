import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { test } from "node:test";

/** Who may import whom (docs/architecture.md, "Layers"). `generated` is what the build makes of rules/ and the kernel's source. */
const MAY: Readonly<Record<string, readonly string[]>> = {
  model: [],
  checksum: [],
  kernel: ["generated"],
  git: ["model", "kernel"],
  logs: ["model", "kernel"],
  rules: ["model", "generated"],
  sources: ["model", "git", "logs"],
  providers: ["model", "sources"],
  decode: ["model", "checksum"],
  detect: ["model", "kernel", "checksum", "decode"],
  history: ["model", "git", "kernel", "detect"],
  reach: ["model"],
  report: ["model", "generated"],
  config: ["model", "rules"],
  scan: [
    "model",
    "checksum",
    "git",
    "logs",
    "history",
    "rules",
    "sources",
    "detect",
    "decode",
    "reach",
    "kernel",
    "config",
    "generated",
  ],
  setup: ["model", "git", "history", "rules", "sources", "providers", "config", "scan"],
  sweep: ["model", "git", "rules", "sources", "providers", "config", "scan", "setup", "report"],
  queue: ["model", "rules", "setup", "report", "sweep"],
  cli: [
    "model",
    "git",
    "logs",
    "rules",
    "sources",
    "providers",
    "config",
    "scan",
    "setup",
    "report",
    "sweep",
    "queue",
    "generated",
  ],
  action: ["model", "git", "sources", "config", "scan", "setup", "report", "cli"],
  index: ["model", "scan", "setup"],
};

/** Who may touch files, processes or the network; a decoder gets a secret and returns facts. */
const MAY_TOUCH = new Set([
  "sources",
  "providers",
  "git",
  "history",
  "config",
  "rules",
  "setup",
  "sweep",
  "queue",
  "cli",
  "action",
]);
const OUTSIDE = /^node:(?:fs|fs\/promises|child_process|net|tls|http|https|http2|dgram|dns)$/;

const files = readdirSync("src", { recursive: true })
  .map(String)
  .filter((name) => name.endsWith(".ts") && !name.includes("assembly") && !name.startsWith("generated"));

const layerOf = (path: string): string =>
  path.includes("/") ? path.slice(0, path.indexOf("/")) : path.replace(/\.ts$/, "");

function importsOf(path: string): string[] {
  const source = readFileSync(join("src", path), "utf8");
  return [...source.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*"([^"]+)"/g)].map((found) => found[1]!);
}

for (const path of files) {
  const layer = layerOf(path);
  test(`${path} imports only what its layer may`, () => {
    const allowed = MAY[layer];
    assert.ok(allowed, `no layer is called ${layer}: add it to the table and to docs/architecture.md`);
    for (const name of importsOf(path)) {
      if (OUTSIDE.test(name)) assert.ok(MAY_TOUCH.has(layer), `${layer} may not touch ${name}`);
      if (!name.startsWith(".")) continue;
      const target = normalize(join(dirname(path), name));
      if (target.startsWith("..")) continue;
      const other = layerOf(target);
      assert.ok(other === layer || allowed.includes(other), `${layer} may not import ${other} (${name})`);
    }
  });
}

test("only src/providers/ opens a socket, and only logs that are fetched and lists of sweeps load it", () => {
  const loading = files.filter((path) => importsOf(path).some((name) => /providers\/(?!provider\.ts)/.test(name)));
  assert.deepEqual(loading.sort(), [
    join("setup", "prepare-fetched-logs.ts"),
    join("sweep", "sources", "hosted.ts"),
    join("sweep", "sources", "kinds.ts"),
  ]);
  for (const path of files.filter((name) => layerOf(name) !== "providers")) {
    for (const name of importsOf(path))
      assert.doesNotMatch(name, /^(?:node:)?(?:net|tls|http|https|http2|dgram|dns|undici)$/, path);
    assert.doesNotMatch(readFileSync(join("src", path), "utf8"), /\bfetch\(|new WebSocket\(|octokit/, path);
  }
});

test("only src/git/fetch-missing.ts has git fetch by our own runner", () => {
  const running = files.filter((path) => importsOf(path).some((name) => name.endsWith("/run.ts")));
  const fetching = running.filter((path) =>
    /"(?:fetch|clone|pull|ls-remote)"/.test(readFileSync(join("src", path), "utf8")),
  );
  assert.deepEqual(fetching, [join("git", "fetch-missing.ts")]);
});

test("only the Action and what clones for a sweep have git ask a remote by simple-git", () => {
  const asking = files.filter((path) => importsOf(path).includes("simple-git"));
  assert.deepEqual(asking.sort(), [join("action", "remote.ts"), join("sweep", "clone", "remote-git.ts")]);
});

test("src/scan/scan.ts shows the whole pipeline on one screen", () => {
  const text = readFileSync("src/scan/scan.ts", "utf8");
  assert.ok(text.split("\n").length <= 130, "scan.ts outgrew its screen: move what is not the pipeline");
});
