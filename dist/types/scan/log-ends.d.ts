import { type LogFacts, type Match } from "../model/index.ts";
import type { Located } from "./options.ts";
/** A time that is asked for, in epoch seconds, both ends included. */
export interface Window {
    readonly since?: number | undefined;
    readonly until?: number | undefined;
}
/** Gives matches of logs what is only known at the end of their log, and leaves out those that stand outside a time. */
export declare function endLogs(matches: readonly Match[], logs: readonly LogFacts[], window: Window): Located;
