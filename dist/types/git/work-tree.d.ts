/** The top level of the git work tree that a folder stands in, found by its `.git`; git itself is not asked. */
export declare function topLevel(folder: string): string | undefined;
