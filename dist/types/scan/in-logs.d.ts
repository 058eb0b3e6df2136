import { type Anatomy, type Hint, type Remedy } from "../model/index.ts";
import type { Credential } from "./group.ts";
/** What the logs that a credential was printed in say about it. */
export interface InLogs {
    /** When it was printed last, and when its job had ended. Epoch seconds. */
    readonly seen?: number;
    readonly ended?: number;
    /** The time to judge it by: a token that one job was given is judged by the end of that job. */
    readonly now: number;
    readonly hints: readonly Hint[];
    readonly cleanUp?: readonly Step[];
}
type Step = Omit<Remedy, "owner">;
/** What is known from the logs of a credential that stands in nothing else. */
export declare function inLogs({ rule, matches }: Credential, anatomy: Anatomy | undefined, now: number): InLogs;
export {};
