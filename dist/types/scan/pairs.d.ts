import { type Match, type Weakness } from "../model/index.ts";
import type { Credential } from "./group.ts";
/** What the other half, or the key, of a credential in the same scan says about it. */
export interface Pairing {
    /** Completes a half: the sentence for the report. */
    readonly paired?: string;
    /** The key that verified its signature. */
    readonly proved?: string;
    /** This key signs tokens that were found: what a thief can mint with it. */
    readonly signs?: string;
    /** What the two together give away: a key that is too short, a token made with a public key. */
    readonly weaknesses?: readonly Weakness[];
    readonly with: readonly Credential[];
    /** Places of the other half, shown as places of this finding. */
    readonly places: readonly Match[];
}
/** Finds what belongs together: id and secret, token and signing key, bound token and its key. Of strangers only tokens and keys. */
export declare function pair(credentials: readonly Credential[], strangers?: readonly Credential[]): Promise<{
    pairings: Map<Credential, Pairing>;
    folded: Set<Credential>;
}>;
/** Whether a key may have made it. */
export declare const isToken: ({ rule, matches }: Credential) => boolean;
/** Whether it may be the key of a token. */
export declare function mayVerify({ rule: { detector, decoder } }: Pick<Credential, "rule">): boolean;
