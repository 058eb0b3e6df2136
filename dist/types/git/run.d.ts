/** How else git is run: more settings and environment, and what it reads. */
export interface Manner {
    readonly settings?: readonly string[];
    readonly env?: Readonly<Record<string, string>>;
    readonly input?: string;
    /** Exit codes that are no error, beside 0. */
    readonly codes?: readonly number[];
}
/** Runs `git` in a folder and gives its standard output in pieces; ends with an error if git does. */
export declare function git(folder: string, args: readonly string[], signal: AbortSignal, { settings, env: more, input, codes }?: Manner): AsyncGenerator<Buffer>;
/** The records of a git command, which end with NUL unless told; file names are bytes. */
export declare function gitRecords(folder: string, args: readonly string[], signal: AbortSignal, end?: "\0" | "\n", codes?: readonly number[]): AsyncGenerator<Buffer>;
