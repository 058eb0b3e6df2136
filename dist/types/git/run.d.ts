/** How else git is run: more settings and environment, and what it reads. */
export interface Manner {
    readonly settings?: readonly string[];
    readonly env?: Readonly<Record<string, string>>;
    readonly input?: string;
    /** Exit codes that are no error, beside 0. */
    readonly codes?: readonly number[];
    /** Milliseconds after which a git that says nothing is ended: one of the files that it reads may be a pipe, of which no end comes. */
    readonly silence?: number;
}
/** Runs `git` in a folder and gives its standard output in pieces; ends with an error if git does. */
export declare function git(folder: string, args: readonly string[], signal: AbortSignal, { settings, env: more, input, codes, silence }?: Manner): AsyncGenerator<Buffer>;
/** How a git is run that looks at what is here: in a large work tree on a slow disk, too, it says something sooner. */
export declare const LOCAL: Manner;
/** The records of a git command, which end with NUL unless told; file names are bytes. */
export declare function gitRecords(folder: string, args: readonly string[], signal: AbortSignal, end?: "\0" | "\n", manner?: Manner): AsyncGenerator<Buffer>;
