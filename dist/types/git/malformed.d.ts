import type { Gap } from "../model/index.ts";
/** Bytes that are not what their format says. The message names the flaw, never the content. */
export declare class Malformed extends Error {
    readonly name = "Malformed";
}
/** An object that is larger than may be read. */
export declare const tooLarge: (limit: number) => Malformed;
/** Whether that is why something could not be read. */
export declare const saysTooLarge: (why: string) => boolean;
/** Why something of a repository could not be read, for a gap: a format's flaw or the system's name of the error. */
export declare function whyUnread(error: unknown): string;
/** Gathers gaps: the first thousand by name, the rest as a count, since a hostile file can have millions. */
export declare class Gaps {
    #private;
    add(what: string, why: string): void;
    addAll(gaps: readonly Gap[]): void;
    /** Does a piece of work; if its input cannot be read, that is a gap. */
    try<T>(what: string, work: () => T): T | undefined;
    all(): readonly Gap[];
}
