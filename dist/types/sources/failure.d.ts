/** The system's name of what went wrong: `ENOENT`. */
export declare function code(error: unknown): string | undefined;
/** An error of the one who looked at the text, not of the text: its message may quote the text, so only its place is said. */
export declare class Flaw extends Error {
    constructor(cause: unknown);
}
/** What went wrong in words that hold no content of the file. */
export declare function reason(error: unknown): string;
/** Why a text that was opened was not looked at to its end. */
export declare function unread(error: unknown): string;
