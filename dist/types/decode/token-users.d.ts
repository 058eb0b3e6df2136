import type { Hint } from "../model/index.ts";
/** What a user name says of the password behind it. */
export declare function tokenUserHints(user: string | undefined): readonly Hint[];
/** A user name as a report may show it; undefined when the token itself stands there, as in `ghp_…:x-oauth-basic`. */
export declare function shownUser(user: string | undefined, password: string): string | undefined;
