// Builds dist/ from src/ and rules/: node scripts/build.mjs [--test] (with --test also .build/, the tests as plain JavaScript).
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
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
  await page();
}

/** Style and script of the HTML report, with the hashes that its policy allows them by. */
async function page() {
  const built = await build({
    entryPoints: ["src/report/page/page.ts", "src/report/page/page.css"],
    bundle: true,
    minify: true,
    write: false,
    outdir: "page",
    format: "iife",
    target: ["es2022", "chrome110", "firefox115", "safari16"],
    legalComments: "none",
  });
  const lines = built.outputFiles.flatMap(({ path, text }) => {
    const name = path.endsWith(".js") ? "PAGE_SCRIPT" : "PAGE_STYLE";
    const hash = createHash("sha256").update(text).digest("base64");
    return [`export const ${name} = ${JSON.stringify(text)};`, `export const ${name}_HASH = "sha256-${hash}";`];
  });
  writeFileSync("src/generated/page.ts", `${lines.join("\n")}\n`);
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

/** The command line and its threads load the packs through src/cli/code-cache.ts. */
async function loadThroughCache(packs) {
  const hash = createHash("sha256");
  for (const pack of packs.toSorted()) hash.update(readFileSync(pack));
  const made = await build({
    entryPoints: ["src/cli/code-cache.ts"],
    bundle: true,
    platform: "node",
    target: "node20.19",
    format: "cjs",
    minify: true,
    write: false,
  });
  const loader = made.outputFiles[0].text.trim();
  for (const [name, keeps] of [
    ["leakreach", true],
    ["worker", false],
    ["look-apart", false],
    ["look-beside", false],
    ["try-keys", false],
  ]) {
    const file = `dist/${name}.js`;
    const id = hash.copy().digest("hex").slice(0, 16);
    const call = `require=(module=>{${loader}\nreturn module.exports})({}).packLoader(require,module,"${id}",${keeps});`;
    writeFileSync(file, `${call}\n${readFileSync(file, "utf8")}`);
  }
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
      "look-apart": "src/sweep/look-apart.ts",
      "look-beside": "src/sweep/look-beside.ts",
      "try-keys": "src/sweep/try-keys.ts",
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
    // Peers, for queues alone: whoever wants one installs them.
    external: ["bullmq", "ioredis", "pg"],
    plugins: [withoutSubprocesses],
  });
  const { files, redirected } = await packTogether(result.metafile.outputs);
  for (const file of files) writeFileSync(file, redirected(await toCommonJs(file)));
  await loadThroughCache(files.filter((file) => /^dist\/pack-/.test(file)));
  cpSync("src/generated/data", "dist/data", { recursive: true });
  writeFileSync("dist/package.json", '{ "type": "commonjs" }\n');
  const entry = "dist/leakreach.js";
  writeFileSync(entry, `#!/usr/bin/env node\n${readFileSync(entry, "utf8")}`);
  chmodSync(entry, 0o755);
  writeFileSync("dist/THIRD-PARTY-NOTICES.txt", thirdPartyNotices(result.metafile));
}

function declarations() {
  run("npx", ["tsc", "-p", "tsconfig.types.json"]);
  run("npx", ["tsc", "-p", "src/report/page"]);
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
