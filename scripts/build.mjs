// Builds dist/ from src/ and rules/: node scripts/build.mjs [--test] (with --test also .build/, the tests as plain JavaScript).
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { build, transform } from "esbuild";
import { thirdPartyNotices } from "./notices.mjs";
import { packTogether } from "./packs.mjs";
import { buildWasm } from "./wasm.mjs";

const version = JSON.parse(readFileSync("package.json", "utf8")).version;

async function generate() {
  mkdirSync("src/generated", { recursive: true });
  writeFileSync("src/generated/version.ts", `export const VERSION = ${JSON.stringify(version)};\n`);
  await buildWasm();
  await build({
    entryPoints: ["scripts/rules.ts"],
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    outfile: ".build/rules.mjs",
  });
  run(process.execPath, [".build/rules.mjs"]);
}

/** commander can run commands of its own as processes; ours never are, and loading the module costs a start 5 ms. */
const withoutSubprocesses = {
  name: "without-subprocesses",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(?:node:)?child_process$/ }, ({ importer }) =>
      /node_modules[/\\]commander[/\\]/.test(importer) ? { path: "child_process", namespace: "stub" } : undefined,
    );
    onLoad({ filter: /.*/, namespace: "stub" }, () => ({ contents: "module.exports = {};", loader: "js" }));
  },
};

/** Node starts CommonJS faster: the loader of ES modules costs a start 8 ms, and 2 ms for each module. */
async function toCommonJs(file) {
  const { code } = await transform(readFileSync(file, "utf8"), {
    format: "cjs",
    platform: "node",
    target: "node20.19",
    supported: { "dynamic-import": false },
    define: { "import.meta.dirname": "__dirname" },
    minify: true,
    legalComments: "none",
  });
  return code;
}

/** One chunk a command; a worker and the library beside them. Nothing in here depends on the Node that builds. */
async function bundle() {
  rmSync("dist", { recursive: true, force: true });
  const result = await build({
    entryPoints: {
      leakreach: "src/cli/leakreach.ts",
      action: "src/action/main.ts",
      index: "src/index.ts",
      worker: "src/scan/worker.ts",
    },
    bundle: true,
    splitting: true,
    platform: "node",
    target: "node20.19",
    format: "esm",
    outdir: "dist",
    chunkNames: "chunk-[name]-[hash]",
    metafile: true,
    legalComments: "none",
    plugins: [withoutSubprocesses],
  });
  const { files, redirected } = await packTogether(result.metafile.outputs);
  for (const file of files) writeFileSync(file, redirected(await toCommonJs(file)));
  cpSync("src/generated/data", "dist/data", { recursive: true });
  writeFileSync("dist/package.json", '{ "type": "commonjs" }\n');
  const entry = "dist/leakreach.js";
  writeFileSync(entry, `#!/usr/bin/env node\n${readFileSync(entry, "utf8")}`);
  chmodSync(entry, 0o755);
  writeFileSync("dist/THIRD-PARTY-NOTICES.txt", thirdPartyNotices(result.metafile));
}

function declarations() {
  run("npx", ["tsc", "-p", "tsconfig.types.json"]);
}

function tests() {
  for (const name of ["src", "test", "bench"]) rmSync(`.build/${name}`, { recursive: true, force: true });
  run("npx", ["tsc", "-p", "tsconfig.test.json"]);
  cpSync("src/generated/data", ".build/src/rules/data", { recursive: true });
}

function run(command, args) {
  const { status } = spawnSync(command, args, { stdio: "inherit", shell: process.platform === "win32" });
  if (status !== 0) process.exit(status ?? 70);
}

await generate();
await bundle();
declarations();
if (process.argv.includes("--test")) tests();
