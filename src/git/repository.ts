import { existsSync, lstatSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, isAbsolute, join, resolve } from "node:path";
import type { Gap } from "../model/index.ts";
import { ScanError } from "../model/index.ts";
import { type GitConfig, isTrue, parseConfig } from "./config-file.ts";
import { Gaps, whyUnread } from "./malformed.ts";
import { type ObjectEnvironment, objectFolders } from "./object-folders.ts";
import { asObjectId, type HashKind, type ObjectId } from "./object-id.ts";
import { readSmall } from "./regular-file.ts";

/** A git repository as it lies on disk (gitrepository-layout(5)); finding it runs nothing. */
export interface Repository {
  /** What belongs to this work tree alone: its HEAD and index. */
  readonly gitDir: string;
  /** What all work trees share: refs, objects, settings. The same as `gitDir` but in a linked work tree. */
  readonly commonDir: string;
  /** Folders with objects: the repository's own first, then its alternates. */
  readonly objectFolders: readonly string[];
  readonly hash: HashKind;
  /** `files`, `reftable`, or a word that only a newer git knows (`extensions.refStorage`). */
  readonly refStorage: string;
  readonly bare: boolean;
  /** Where a shallow clone ends; empty if it is whole. */
  readonly shallow: readonly ObjectId[];
  /** Whether objects were left with a remote, to be fetched when needed. */
  readonly partial: boolean;
  /** The remotes that hold them. */
  readonly promisors: readonly string[];
  readonly gaps: readonly Gap[];
}

/** What the environment says of a repository: git sets it for hooks (git(1), "The Git Repository"). */
export interface GitEnvironment extends ObjectEnvironment {
  readonly GIT_DIR?: string | undefined;
  readonly GIT_COMMON_DIR?: string | undefined;
}

const LARGEST_CONFIG = 1 << 20;
const LARGEST_SHALLOW = 64 << 20;

/**
 * Finds the repository that a path stands in: a work tree or a folder of it, a bare repository, a linked work tree, a
 * submodule. With an environment, `GIT_DIR` and its kin are obeyed; give none for a path that the user named.
 */
export function findRepository(path: string, env: GitEnvironment = {}): Repository | undefined {
  const start = statSync(path).isDirectory() ? resolve(path) : dirname(resolve(path));
  try {
    const gitDir = env.GIT_DIR ? named(resolve(start, env.GIT_DIR)) : discovered(start);
    return gitDir === undefined ? undefined : openRepository(realpathSync.native(gitDir), start, env);
  } catch (cause) {
    if (cause instanceof ScanError) throw cause;
    throw new ScanError("git-failed", `the git repository of ${path} cannot be opened: ${whyUnread(cause)}`, { cause });
  }
}

/** Opens the repository whose git folder, or `.git` file, is at a path, if its folders are allowed ones; undefined if there is none. */
export function openGitFolder(path: string, isAllowed: (folder: string) => boolean): Repository | undefined {
  const folder = gitFolder(path);
  if (folder === undefined) return undefined;
  const real = realpathSync.native(folder);
  if (![real, realpathSync.native(commonFolder(real))].every(isAllowed))
    throw new ScanError("git-failed", "it is kept outside of this repository, so it was not opened");
  return openRepository(real, real, {});
}

function named(gitDir: string): string {
  const found = gitFolder(gitDir);
  if (found === undefined) throw new ScanError("git-failed", `GIT_DIR names no git repository: ${gitDir}`);
  return found;
}

function discovered(start: string): string | undefined {
  for (let at = start; ; at = dirname(at)) {
    const found = gitFolder(join(at, ".git")) ?? (isGitFolder(at) ? at : undefined);
    if (found !== undefined || dirname(at) === at) return found;
  }
}

/** The git folder that a path is, or that a `.git` file points to. */
function gitFolder(path: string): string | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat?.isDirectory()) return isGitFolder(path) ? path : undefined;
  if (!stat?.isFile()) return undefined;
  const target = /^gitdir: ([^\0]+?)[\r\n]*$/.exec(readSmall(path, LARGEST_CONFIG)?.toString("utf8") ?? "")?.[1];
  const folder = target === undefined ? undefined : resolve(dirname(path), target);
  if (folder === undefined || !isGitFolder(folder))
    throw new ScanError("git-failed", `not a git repository: ${path} does not point to one`);
  return folder;
}

export function isGitFolder(folder: string): boolean {
  if (!lstatSync(join(folder, "HEAD"), { throwIfNoEntry: false })) return false;
  const common = commonFolder(folder);
  return existsSync(join(common, "refs")) && existsSync(join(common, "objects"));
}

function commonFolder(gitDir: string): string {
  const path = readSmall(join(gitDir, "commondir"), LARGEST_CONFIG)
    ?.toString("utf8")
    .replace(/[\r\n]+$/, "");
  if (!path || path.includes("\0")) return gitDir;
  return isAbsolute(path) ? path : join(gitDir, path);
}

function openRepository(gitDir: string, start: string, env: GitEnvironment): Repository {
  const gaps = new Gaps();
  const common = env.GIT_COMMON_DIR ? resolve(start, env.GIT_COMMON_DIR) : commonFolder(gitDir);
  const commonDir = realpathSync.native(common);
  const settings = configOf(join(commonDir, "config"));
  const own = isTrue(settings.get("extensions.worktreeconfig"))
    ? configOf(join(gitDir, "config.worktree"))
    : new Map<string, string>();
  const hash = hashOf(settings);
  return {
    gitDir,
    commonDir,
    objectFolders: objectFolders(commonDir, start, env, gaps),
    hash,
    refStorage: settings.get("extensions.refstorage")?.toLowerCase() ?? "files",
    bare: gitDir === commonDir && isBare(gitDir, own.get("core.bare") ?? settings.get("core.bare")),
    shallow: gaps.try(join(commonDir, "shallow"), () => shallowCommits(commonDir, hash)) ?? [],
    ...promises(settings),
    gaps: gaps.all(),
  };
}

/** A broken configuration makes git refuse a repository; so do we, since the hash could be any. */
function configOf(path: string): GitConfig {
  try {
    return parseConfig(readSmall(path, LARGEST_CONFIG)?.toString("utf8") ?? "");
  } catch (cause) {
    throw new ScanError("git-failed", `${path}: bad config: it cannot be read as git's settings`, { cause });
  }
}

function hashOf(settings: GitConfig): HashKind {
  const hash = settings.get("extensions.objectformat")?.toLowerCase() ?? "sha1";
  if (hash === "sha1" || hash === "sha256") return hash;
  throw new ScanError("git-failed", "this repository names its objects by a hash other than SHA-1 and SHA-256");
}

const isBare = (gitDir: string, setting: string | undefined): boolean =>
  setting === undefined ? basename(gitDir) !== ".git" : isTrue(setting);

/** git's documentation, "partial-clone": `extensions.partialClone` names a remote, `remote.NAME.promisor` others. */
function promises(settings: GitConfig): Pick<Repository, "partial" | "promisors"> {
  const first = settings.get("extensions.partialclone");
  const named = [...settings].flatMap(([name, value]) => {
    const remote = /^remote\.(.*)\.promisor$/s.exec(name)?.[1];
    return remote !== undefined && isTrue(value) ? [remote] : [];
  });
  const promisors = [...new Set([...(first === undefined ? [] : [first]), ...named])];
  return { partial: promisors.length > 0, promisors };
}

function shallowCommits(commonDir: string, hash: HashKind): readonly ObjectId[] {
  const text = readSmall(join(commonDir, "shallow"), LARGEST_SHALLOW)?.toString("latin1") ?? "";
  return text.split("\n").flatMap((line) => asObjectId(line.trim(), hash) ?? []);
}
