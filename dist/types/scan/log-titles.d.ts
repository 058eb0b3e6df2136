import { type LogPlace, type Match } from "../model/index.ts";
/** What a log calls its job and step, without what could be a token: a step is often called like the command it runs. */
export declare function untold(log: LogPlace, secrets: Iterable<string>): LogPlace;
/** The same of all matches, and of what was found anywhere in their log. */
export declare function untoldInLogs(matches: readonly Match[]): Match[];
