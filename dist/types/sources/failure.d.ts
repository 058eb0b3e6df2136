/** The system's name of what went wrong: `ENOENT`. */
export declare function code(error: unknown): string | undefined;
/** The one who looked at a text gave up. Its message says nothing of the text, so it may be shown. */
export declare class Abandoned extends Error {
}
/** An error of the one who looked at the text, not of the text: its message may quote the text, so only its place is said. */
export declare class Flaw extends Abandoned {
    constructor(cause: unknown);
}
/** A text took longer than it may. */
export declare class Overdue extends Abandoned {
    constructor(milliseconds: number);
}
/** What went wrong in words that hold no content of the file. */
export declare function reason(error: unknown): string;
/** Why a text that was opened was not looked at to its end. */
export declare function unread(error: unknown): string;
