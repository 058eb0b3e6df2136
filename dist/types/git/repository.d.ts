import type { Gap } from "../model/index.ts";
import { type ObjectEnvironment } from "./object-folders.ts";
import { type HashKind, type ObjectId } from "./object-id.ts";
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
/**
 * Finds the repository that a path stands in: a work tree or a folder of it, a bare repository, a linked work tree, a
 * submodule. With an environment, `GIT_DIR` and its kin are obeyed; give none for a path that the user named.
 */
export declare function findRepository(path: string, env?: GitEnvironment): Repository | undefined;
/** Opens the repository whose git folder, or `.git` file, is at a path, if its folders are allowed ones; undefined if there is none. */
export declare function openGitFolder(path: string, isAllowed: (folder: string) => boolean): Repository | undefined;
export declare function isGitFolder(folder: string): boolean;
