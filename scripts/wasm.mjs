import { mkdirSync, writeFileSync } from "node:fs";
import asc from "assemblyscript/asc";

/** Compiles src/kernel/assembly/ and embeds it as base64 in src/generated/wasm.ts. */
export async function buildWasm() {
  const { error, stderr, binary } = await compile();
  if (error) throw new Error(`${error.message}\n${stderr}`);
  mkdirSync("src/generated", { recursive: true });
  writeFileSync("src/generated/wasm.ts", `export const WASM =\n  "${Buffer.from(binary).toString("base64")}";\n`);
  return binary.length;
}

async function compile() {
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
  ];
  const { error, stderr } = await asc.main(["src/kernel/assembly/index.ts", ...options, "--outFile", "kernel.wasm"], {
    writeFile: (name, contents) => {
      if (name.endsWith(".wasm")) binary = contents;
    },
  });
  return { error, stderr: stderr.toString(), binary };
}
