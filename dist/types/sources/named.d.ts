/** The files that a glob matches. */
export interface Globbed {
    readonly glob: string;
    readonly files: readonly string[];
}
/** What a user named: a path as it is, or a glob. */
export type Named = {
    readonly path: string;
} | Globbed;
/** Expands what a user named: existing paths as they are, others as globs. Throws when nothing is there. */
export declare function expandPaths(names: readonly string[], cwd: string): Promise<Named[]>;
