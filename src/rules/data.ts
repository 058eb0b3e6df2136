import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * A file that the build made of rules/. They stand beside the code and are not part of it: a script engine would read all
 * of them at every start.
 */
export function builtData(name: "matchers.txt" | "compiled.txt" | "rules.txt" | "scopes.txt" | "tables.bin"): Buffer {
  return readFileSync(join(import.meta.dirname, "data", name));
}
