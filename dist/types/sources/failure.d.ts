/** The system's name of what went wrong: `ENOENT`. */
export declare function code(error: unknown): string | undefined;
/** What went wrong in words that hold no content of the file. */
export declare function reason(error: unknown): string;
