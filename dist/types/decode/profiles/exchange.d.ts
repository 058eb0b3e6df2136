import type { Hint } from "../../model/index.ts";
/** What an identity token is worth at its audiences; undefined when none of them exchanges it. */
export declare function exchangeHints(audiences: readonly string[]): readonly Hint[] | undefined;
/** Hints for a CI job's identity: its audience's, or those of an unknown deployment target. */
export declare function jobHints(audiences: readonly string[]): readonly Hint[];
