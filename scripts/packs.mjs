import { rmSync } from "node:fs";
import { resolve } from "node:path";
import { build } from "esbuild";

/** What is always loaded together: finding, reading and linking a file of its own costs each chunk a third of a millisecond. */
const PACKS = [
  { name: "start", leads: ["src/cli/leakreach.ts", "src/cli/scan.ts"] },
  { name: "staged", leads: ["src/cli/staged.ts", "src/cli/hook.ts", "src/scan/scan-changes.ts"] },
  { name: "judge", leads: ["src/scan/judgement.ts", "src/rules/builtin.ts"] },
  { name: "services", leads: ["src/decode/families/services.ts"] },
  { name: "keys", leads: ["src/decode/families/keys.ts"] },
  { name: "jwt", leads: ["src/decode/families/jwt.ts"] },
];

/**
 * Makes one file of the chunks that are always loaded together. Gives the files there are afterwards, and what has a text
 * ask the packs for chunks that are no files any more; both once everything is CommonJS.
 */
export async function packTogether(outputs) {
  const packed = new Map();
  for (const { name, leads } of PACKS) {
    const found = Object.keys(outputs).filter((file) => leads.includes(outputs[file].entryPoint));
    for (const chunk of withImports(found, outputs))
      if (!packed.has(chunk) && !isEntry(outputs[chunk])) packed.set(chunk, { name, place: packed.size });
  }
  for (const { name } of PACKS) await writePack(name, packed);
  for (const chunk of packed.keys()) rmSync(chunk);
  const files = [
    ...Object.keys(outputs).filter((file) => !packed.has(file)),
    ...PACKS.map(({ name }) => `dist/pack-${name}.js`),
  ];
  const redirected = (code) =>
    code.replace(/require\("\.\/(chunk-[^"]+)"\)/g, (whole, chunk) => {
      const pack = packed.get(`dist/${chunk}`);
      return pack ? `require("./pack-${pack.name}.js").c${pack.place}` : whole;
    });
  return { files, redirected };
}

/** Those of the command line, of the threads and of the library keep their names. */
const isEntry = ({ entryPoint }) =>
  /^src\/(?:cli\/leakreach|scan\/worker|sweep\/look-(?:apart|beside)|index)\.ts$/.test(entryPoint ?? "");

function withImports(files, outputs, seen = new Set()) {
  for (const file of files) {
    if (seen.has(file)) continue;
    seen.add(file);
    const imports = outputs[file].imports.filter(({ kind, path }) => kind === "import-statement" && path in outputs);
    withImports(
      imports.map(({ path }) => path),
      outputs,
      seen,
    );
  }
  return [...seen];
}

/** A module that gives each of its chunks by its place. */
async function writePack(name, packed) {
  const own = [...packed].filter(([, pack]) => pack.name === name);
  const insideOnly = {
    name: "inside-only",
    setup({ onResolve }) {
      onResolve({ filter: /./ }, ({ path, kind, resolveDir }) => {
        const full = resolve(resolveDir, path);
        const inside = kind === "import-statement" && own.some(([chunk]) => full === resolve(chunk));
        return inside ? { path: full } : { path, external: true };
      });
    },
  };
  await build({
    stdin: {
      contents: own
        .map(([chunk, { place }]) => `export * as c${place} from "./${chunk.slice("dist/".length)}";`)
        .join("\n"),
      resolveDir: "dist",
    },
    bundle: true,
    platform: "node",
    target: "node20.19",
    format: "esm",
    outfile: `dist/pack-${name}.js`,
    legalComments: "none",
    plugins: [insideOnly],
  });
}
