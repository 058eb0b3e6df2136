import { type LogFacts, type Match } from "../model/index.ts";
import type { Window } from "./log-ends.ts";
/** What of a sweep stands in no log that was read. */
export interface Unseen {
    /** Logs that had expired or could not be read. */
    readonly missing: number;
    /** Logs that an earlier run had read. */
    readonly known: number;
}
/** Answers "was I hit?" in words: whenever it was so, and when somebody asks for that time. */
export declare function incidentNotices(matches: readonly Match[], logs: readonly LogFacts[], { since, until }: Window, { missing, known }: Unseen): string[];
