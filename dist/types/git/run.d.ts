/** Runs `git` in a folder and gives its standard output in pieces; ends with an error if git does. */
export declare function git(folder: string, args: readonly string[], signal: AbortSignal): AsyncGenerator<Buffer>;
/** The NUL-terminated records of a git command; file names are bytes. */
export declare function gitRecords(folder: string, args: readonly string[], signal: AbortSignal): AsyncGenerator<Buffer>;
