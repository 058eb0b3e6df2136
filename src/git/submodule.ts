import { realpathSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { isInside } from "../model/index.ts";
import { entriesIn } from "./folder.ts";
import { Gaps, whyUnread } from "./malformed.ts";
import type { ObjectId } from "./object-id.ts";
import { isAbsent, readSmall } from "./regular-file.ts";
import { isGitFolder, openGitFolder, type Repository } from "./repository.ts";

/** A submodule as a commit has it (gitmodules(5)): nothing of it is to be trusted. */
export interface Submodule {
  /** Its path in the tree, with slashes. */
  readonly path: string;
  /** Its name in `.gitmodules`, by which git keeps its repository. */
  readonly name?: string;
  /** The commit that the tree has of it. */
  readonly commit?: ObjectId;
}

/** The repository of a submodule, and the folder that it is checked out in, if it is. */
export interface FoundSubmodule {
  readonly repository: Repository;
  readonly root?: string;
}

const LONGEST = 4096;

/** The folder that a repository is checked out in; undefined if it is bare, or keeps its folder somewhere else. */
export function workTree({ gitDir }: Pick<Repository, "gitDir">): string | undefined {
  if (basename(gitDir) === ".git") return dirname(gitDir);
  const linked = readSmall(join(gitDir, "gitdir"), LONGEST)
    ?.toString("utf8")
    .replace(/[\r\n]+$/, "");
  return linked && basename(linked) === ".git" ? dirname(linked) : undefined;
}

/**
 * Opens the repository of a submodule: `modules/NAME` in the git folder of the one around it (gitrepository-layout(5)), or what stands at its
 * path in `root`. Whatever its names and links say, it is in one of the two. Gives why there is none.
 */
export function submoduleRepository(
  outer: Repository,
  root: string | undefined,
  { path, name }: Submodule,
): FoundSubmodule | string {
  const folder = root !== undefined && isPlain(path) ? checkedOut(root, path) : undefined;
  const modules = [...new Set([outer.gitDir, outer.commonDir])].map((gitDir) => join(gitDir, "modules"));
  const stored = name !== undefined && isPlain(name) ? modules.map((each) => join(each, name)) : [];
  const own = folder === undefined ? [] : [join(folder, ".git")];
  const isAllowed = (gitDir: string): boolean =>
    own.includes(gitDir) || modules.some((each) => gitDir !== each && isInside(gitDir, each));
  try {
    for (const place of [...stored, ...own]) {
      const repository = openGitFolder(place, isAllowed);
      if (repository) return { repository, ...(folder !== undefined && { root: folder }) };
    }
    return "it is not here: git submodule update --init --recursive brings it";
  } catch (error) {
    return whyUnread(error);
  }
}

/** Folders of a submodule's name that are gone down, and submodules that are named. */
const DEEPEST = 16;
const MOST = 1000;

/** Names of the submodules whose repositories git keeps in `modules/` (gitrepository-layout(5)), whether or not HEAD has them still. */
export function storedSubmodules({ gitDir, commonDir }: Pick<Repository, "gitDir" | "commonDir">): readonly string[] {
  const gaps = new Gaps();
  const found = new Set<string>();
  const look = (folder: string, name: string, depth: number): void => {
    for (const entry of entriesIn(folder, gaps)) {
      if (!entry.isDirectory() || found.size === MOST) continue;
      const own = name === "" ? entry.name : `${name}/${entry.name}`;
      if (isGitFolder(join(folder, entry.name))) found.add(own);
      else if (depth < DEEPEST) look(join(folder, entry.name), own, depth + 1);
    }
  };
  for (const each of new Set([gitDir, commonDir])) look(join(each, "modules"), "", 0);
  return [...found].sort();
}

/** Whether a path leads down and nowhere else (as git's `check_submodule_name`, and more). */
const isPlain = (path: string): boolean =>
  path.length <= LONGEST &&
  !path.includes("\0") &&
  path.split(/[\\/]/).every((part) => part !== "" && part !== "." && part !== ".." && !/^\.git\.?$|:/i.test(part));

/** The folder at a path, if no link stands on the way to it. */
function checkedOut(root: string, path: string): string | undefined {
  try {
    const folder = join(realpathSync(root), ...path.split("/"));
    return realpathSync(folder) === folder ? folder : undefined;
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}
