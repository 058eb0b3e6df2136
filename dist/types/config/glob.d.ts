/** Says whether a path (`/` between folders) is meant. */
export type PathTest = (path: string) => boolean;
/** What is wrong with a glob; undefined if nothing is. Too many choices in one glob can take for ever on the wrong path. */
export declare function globFault(glob: string): string | undefined;
/**
 * A test for any of some globs. Without a slash a glob matches at any depth, with one from the root; what matches a
 * folder matches everything in it.
 */
export declare function pathTest(globs: readonly string[]): Promise<PathTest>;
/** Which paths are meant, and which folders may hold some of them. */
export interface PathChoice {
    readonly wanted: PathTest;
    readonly holds: PathTest;
}
/** What `include` narrows, everything if there is none, and `exclude` leaves out. */
export declare function pathChoice(include: readonly string[] | undefined, exclude?: readonly string[]): Promise<PathChoice>;
/** A test for any of some rule ids, in which `*` is any run of characters. */
export declare function ruleTest(globs: readonly string[]): (rule: string) => boolean;
