import { lstatSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { ScanError } from "../model/index.ts";

/** The files that a glob matches. */
export interface Globbed {
  readonly glob: string;
  readonly files: readonly string[];
}

/** What a user named: a path as it is, or a glob. */
export type Named = { readonly path: string } | Globbed;

/** Expands what a user named: existing paths as they are, others as globs. Throws when nothing is there. */
export async function expandPaths(names: readonly string[], cwd: string): Promise<Named[]> {
  const found: Named[] = [];
  for (const name of names) {
    if (name === "") throw new ScanError("path-missing", "a path is empty: write . for the current folder");
    if (exists(resolve(cwd, name))) {
      found.push({ path: resolve(cwd, name) });
      continue;
    }
    const files = /[*?[\]{}!]/.test(name) ? await globbed(name, cwd) : [];
    if (files.length === 0)
      throw new ScanError("path-missing", `there is no ${name}: give a folder, a file, a glob or - for standard input`);
    found.push({ glob: name, files });
  }
  return found;
}

async function globbed(pattern: string, cwd: string): Promise<string[]> {
  const { default: fastGlob } = await import("fast-glob");
  return fastGlob(pattern, {
    cwd,
    absolute: true,
    dot: true,
    followSymbolicLinks: false,
    onlyFiles: true,
    ignore: ["**/.git/**"],
  });
}

function exists(path: string): boolean {
  try {
    lstatSync(path);
    statSync(path);
    return true;
  } catch {
    return false;
  }
}
