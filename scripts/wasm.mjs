import { mkdirSync, writeFileSync } from "node:fs";
import asc from "assemblyscript/asc";

/** The page at which the history module's own bytes start: HISTORY in src/kernel/layout.ts. */
const HISTORY = 6291456;

/** Compiles src/kernel/assembly/ and embeds it as base64 in src/generated/: the gate, and apart from it what only a history and only logs need. */
export async function buildWasm() {
  mkdirSync("src/generated", { recursive: true });
  await embed("index", "wasm");
  await embed("strip", "strip-wasm");
  await embed("history", "history-wasm", ["--memoryBase", String(HISTORY)]);
}

async function embed(entry, name, more = []) {
  const { error, stderr, binary } = await compile(entry, more);
  if (error) throw new Error(`${error.message}\n${stderr}`);
  writeFileSync(`src/generated/${name}.ts`, `export const WASM =\n  "${Buffer.from(binary).toString("base64")}";\n`);
}

async function compile(entry, more) {
  let binary = new Uint8Array();
  const options = [
    "-O3",
    "--noAssert",
    "--runtime",
    "stub",
    "--enable",
    "simd",
    "--enable",
    "bulk-memory",
    "--importMemory",
    ...more,
  ];
  const { error, stderr } = await asc.main(
    [`src/kernel/assembly/${entry}.ts`, ...options, "--outFile", "kernel.wasm"],
    {
      writeFile: (name, contents) => {
        if (name.endsWith(".wasm")) binary = contents;
      },
    },
  );
  return { error, stderr: stderr.toString(), binary };
}
