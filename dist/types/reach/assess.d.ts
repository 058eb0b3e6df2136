import { type Anatomy, type Match, type Policy, type Reach, type Remedy, type Rule } from "../model/index.ts";
import type { Dictionaries } from "./dictionary.ts";
/** One secret and everything known about it and around it. Times are epoch seconds. */
export interface Assessment {
    readonly rule: Rule;
    readonly anatomy: Anatomy | undefined;
    readonly match: Pick<Match, "checksum" | "demoted" | "encodings" | "assignedTo" | "parts">;
    readonly policy: Policy;
    readonly dictionaries: Dictionaries;
    readonly now: number;
    /** When it was written: of the commit, or of the file. */
    readonly seen?: number;
    /** It ends with its job, which had ended by then. */
    readonly ended?: number;
    /** What to do about the place that it was printed in, if that is no file. */
    readonly cleanUp?: readonly Omit<Remedy, "owner">[];
    /** Only files hold it that git does not track. */
    readonly local?: boolean;
    /** Says where the other half or the key was found in the same scan. */
    readonly paired?: string;
    /** The key that verified the signature. */
    readonly proved?: string;
    /** Says where else it, or its identity, was found. */
    readonly reused?: string;
}
/**
 * How far a secret reaches. Each layer may change what the one before it said: the model's defaults, the rule, what the
 * token says of itself (read by dictionaries), its decoder's hints, the user's policy, and what was seen around the match.
 */
export declare function assess(input: Assessment): Reach;
