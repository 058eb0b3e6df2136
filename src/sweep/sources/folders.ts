import { existsSync, lstatSync, readdirSync, statSync } from "node:fs";
import { basename, join, relative, resolve, sep } from "node:path";
import { findRepository, type Repository } from "../../git/repository.ts";
import { type Gap, ScanError } from "../../model/index.ts";
import type { Listing, Target } from "../target.ts";

/** Folders of folders: deeper than any host nests its groups. */
const DEEPEST = 12;
const MOST_FOLDERS = 1_000_000;

/** Finds the repositories in a folder: work trees and bare ones. Follows no link, and looks for none inside another. */
export function folderListing(path: string): Listing {
  const root = resolve(path);
  const found = new Search(root);
  found.look(root, 0);
  return { targets: distinct(found.repositories, root), gaps: found.gaps };
}

class Search {
  readonly repositories: string[] = [];
  readonly gaps: Gap[] = [];
  readonly #root: string;
  #left = MOST_FOLDERS;

  constructor(root: string) {
    this.#root = root;
  }

  look(folder: string, depth: number): void {
    if (isRepository(folder)) {
      this.repositories.push(folder);
      return;
    }
    for (const name of this.#foldersIn(folder)) {
      if (depth === DEEPEST || this.#left-- <= 0) {
        this.#cut(folder, depth === DEEPEST ? `${DEEPEST} folders deep` : "many folders");
        return;
      }
      this.look(join(folder, name), depth + 1);
    }
  }

  #foldersIn(folder: string): string[] {
    try {
      const entries = readdirSync(folder, { withFileTypes: true });
      return entries
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name)
        .sort();
    } catch (error) {
      this.gaps.push({ what: folder, why: `it cannot be opened (${(error as NodeJS.ErrnoException).code})` });
      return [];
    }
  }

  #cut(folder: string, why: string): void {
    const what = `repositories below ${this.#root}`;
    if (!this.gaps.some((gap) => gap.what === what))
      this.gaps.push({ what, why: `not looked for any further than ${folder}: ${why}; name that folder, too` });
  }
}

/** A work tree's top, a linked one's too, or a bare repository: gitrepository-layout(5). */
export function isRepository(folder: string): boolean {
  if (lstatSync(join(folder, ".git"), { throwIfNoEntry: false })) return true;
  return ["HEAD", "objects", "refs"].every((name) => existsSync(join(folder, name)));
}

/** Linked work trees share one repository, which is looked at once: as the first of them. */
function distinct(paths: readonly string[], root: string): Target[] {
  const known = new Set<string>();
  return paths.flatMap((path) => {
    const shared = sharedFolder(path);
    if (known.has(shared)) return [];
    known.add(shared);
    return [folderTarget(path, root)];
  });
}

/** One that cannot be opened is listed, so that it becomes a gap. */
const sharedFolder = (path: string): string => repositoryAt(path)?.commonDir ?? path;

/** The repository in a folder; undefined where none can be opened. */
export function repositoryAt(path: string): Repository | undefined {
  try {
    return findRepository(path);
  } catch (error) {
    if (error instanceof ScanError || (error as NodeJS.ErrnoException).code !== undefined) return undefined;
    throw error;
  }
}

function folderTarget(path: string, root: string): Target {
  const inner = relative(root, path).split(sep).join("/");
  return { repository: { id: path, name: inner === "" ? basename(path) : inner }, at: { kind: "folder", path } };
}

/** Whether a path is a folder. */
export const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
