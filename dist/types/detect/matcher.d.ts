import type { Beside, RuleId, Way } from "../model/index.ts";
/** The half of a rule that finds things; the other half (what it means) stays on the main thread until something is found. */
export interface Matcher {
    readonly id: RuleId;
    readonly way: Way;
    /** Whether a keyword stands where the match starts, or somewhere inside it. */
    readonly anchor: "start" | "inside";
    readonly keywords: readonly string[];
    readonly pattern: string;
    readonly window?: {
        readonly before: number;
        readonly after: number;
    };
    /** The window ends before this text. */
    readonly until?: string;
    /** Fewest token characters that follow from the place where a prefix stands, itself included; at most 255. */
    readonly least?: number;
    readonly entropy?: number;
    readonly checksum?: string;
    /** A detector of src/detect/ that reads more than a pattern can say: `jwt`, `generic`, `password`, `table`, `bearer`, `basic`. */
    readonly detector?: string;
    readonly beside?: Omit<Beside, "what">;
    /** `re2` for patterns from users and from other tools: they run on a linear-time engine. */
    readonly engine?: "re2";
}
/** One hit in a text, before it is judged. Offsets count from the text's start. */
export interface Hit {
    readonly matcher: Matcher;
    readonly start: number;
    readonly end: number;
    readonly secret: string;
    readonly parts: Readonly<Record<string, string>>;
    readonly assignedTo?: string;
    readonly demoted?: string;
    /** What its rule wants beside it stands there. */
    readonly whole?: boolean;
}
/** Latin-1 text with the byte offsets of a room: one character a byte. */
export interface Text {
    readonly bytes: Buffer;
    readonly length: number;
    /** The path the text came from; its extension tells code from configuration. */
    readonly path: string;
    /** A CI log: what it shows of settings is what variables stood for. */
    readonly isLog?: boolean;
    /** Hears which bytes are read, beyond the text's ends too: an answer changes only if one of them does. */
    readonly note?: (start: number, end: number) => void;
}
/** Bytes [start, end) of a text as Latin-1, cut to the text. */
export declare function slice(text: Text, start: number, end: number): string;
