import type { LogLeft } from "./log-left.ts";
/** The systems whose logs are recognised by what stands in them; `plain` for every other text. */
export declare const LOG_SYSTEMS: readonly ["github", "gitlab", "jenkins", "circleci", "azure", "buildkite", "travis", "plain"];
export type LogSystem = (typeof LOG_SYSTEMS)[number];
/** Where in a CI log something stands. Times are epoch seconds. */
export interface LogPlace {
    readonly system: LogSystem;
    readonly run?: string;
    readonly job?: string;
    readonly step?: string;
    /** The last time that stands before it in the log. */
    readonly time?: number;
    /** That time is its own line's. */
    readonly exact?: true;
    /** The last time in the log: when its job had ended. */
    readonly ended?: number;
    /** Where people see it, if it was fetched. */
    readonly page?: string;
    /** The call that deletes it, if it was fetched. */
    readonly deletion?: string;
    /** Anybody may read it: its provider says that the project is public, or hands the log out without a login. */
    readonly isPublic?: true;
    /** What its run left at the provider beside it, if it was fetched. */
    readonly left?: LogLeft;
    /** The name it is assigned to has a masked value elsewhere in the same log: the line of the first one. */
    readonly maskedAt?: number;
}
/** What is known of a log because it was fetched. */
export interface LogOrigin extends Pick<LogPlace, "run" | "job" | "step" | "page" | "deletion" | "isPublic"> {
    /** Whose it is, should it not tell itself. */
    readonly system: LogSystem;
}
/** What is known of a log when it has been read to its end. Times are epoch seconds. */
export interface LogFacts {
    readonly path: string;
    readonly system: LogSystem;
    readonly started?: number;
    readonly ended?: number;
    /** Names with a masked value, and the line of the first one. */
    readonly masked: Readonly<Record<string, number>>;
}
