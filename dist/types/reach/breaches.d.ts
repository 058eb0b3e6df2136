import type { Anatomy, Fact, Match, Policy, Reference, Remedy, Rule, Traits } from "../model/index.ts";
import type { Grant } from "./dictionary.ts";
import { type Expiry } from "./life.ts";
import { type Extent } from "./policy.ts";
/** One secret as the assessment sees it when its traits stand. */
export interface Case {
    readonly rule: Rule;
    readonly anatomy: Anatomy | undefined;
    readonly facts: readonly Fact[];
    readonly match: Pick<Match, "assignedTo" | "parts">;
    readonly policy: Policy;
    readonly extent: Extent;
    readonly grants: readonly Grant[];
    readonly expiry: Expiry;
    readonly now: number;
    /** When it was written, epoch seconds. */
    readonly seen?: number | undefined;
    readonly cleanUp?: readonly Omit<Remedy, "owner">[] | undefined;
    /** Says where the other half or the key was found. */
    readonly paired?: string | undefined;
    /** Says where else it, or its identity, was found. */
    readonly reused?: string | undefined;
    readonly traits: Traits;
}
/** A way in which a secret breaks the policy or a standard: a reason of its finding, never a finding of its own. */
export interface Breach {
    readonly id: string;
    readonly reason?: string;
    readonly references: readonly Reference[];
}
/** Every breach of a secret, with its reason and the standards it touches. */
export declare function breachesOf(found: Case): readonly Breach[];
