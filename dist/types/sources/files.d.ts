import type { Globbed } from "./named.ts";
import type { Source } from "./unit.ts";
/** Which files of a tree are wanted. */
export interface FileChoice {
    /** Folder that paths in the report are relative to. */
    readonly base: string;
    /** Scan what git ignores too. */
    readonly allFiles: boolean;
    /** Read them as CI logs. */
    readonly log?: true | undefined;
    /** Says whether a path (relative to the report's root, `/` between folders) is wanted. */
    readonly wanted: (path: string) => boolean;
    /** Says whether something in a folder may be wanted. */
    readonly holds: (folder: string) => boolean;
}
/**
 * The folder that paths in reports are relative to: the repository's top level, or the scanned folder outside one; the
 * nearest folder around them when several are scanned. Undefined when nothing but pipes is.
 */
export declare function rootOf(trees: readonly string[]): string | undefined;
/** The trees that some paths are part of, each once. */
export declare function treesOf(paths: readonly string[]): string[];
/** The tree that a path is part of: the repository, or the folder. */
export declare function treeOf(path: string): string;
/** The files below a path, as units: in a git work tree what git tracks or does not ignore, elsewhere everything. */
export declare function filesSource(path: string, choice: FileChoice): Source;
/** The files that a glob matches, as units; what git ignores is left out as in a folder. */
export declare function globSource({ glob, files }: Globbed, choice: FileChoice): Source;
/** Paths in reports have `/` between folders on every system. */
export declare function posix(path: string): string;
