import { type Dirent, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Gaps } from "./malformed.ts";
import { isAbsent } from "./regular-file.ts";

/** What is in a folder, sorted by name; nothing if there is no such folder. One that cannot be read is a gap. */
export function entriesIn(folder: string, gaps: Gaps): readonly Dirent[] {
  const list = (): readonly Dirent[] => {
    try {
      return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
    } catch (error) {
      if (isAbsent(error)) return [];
      throw error;
    }
  };
  return gaps.try(folder, list) ?? [];
}

/** The names in a folder, sorted. */
export const namesIn = (folder: string, gaps: Gaps): readonly string[] =>
  entriesIn(folder, gaps).map(({ name }) => name);

const DEEPEST = 64;

/** The files below a folder, as paths from it with `/`. Links to folders are not followed: they could lead in a circle. */
export function* filesBelow(folder: string, gaps: Gaps, prefix = "", depth = 0): Generator<string> {
  if (depth > DEEPEST) {
    gaps.add(folder, "folders are nested too deep");
    return;
  }
  for (const entry of entriesIn(folder, gaps)) {
    const name = prefix + entry.name;
    if (entry.isDirectory()) yield* filesBelow(join(folder, entry.name), gaps, `${name}/`, depth + 1);
    else if (!name.endsWith(".lock")) yield name;
  }
}
