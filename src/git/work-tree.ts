import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The top level of the git work tree that a folder stands in, found by its `.git`; git itself is not asked. */
export function topLevel(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, ".git"))) return at;
    if (dirname(at) === at) return undefined;
  }
}
