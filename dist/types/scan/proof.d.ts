import type { Anatomy, Hint, Weakness } from "../model/index.ts";
import type { Credential } from "./group.ts";
import type { ScanOptions } from "./options.ts";
/** What the known key sets say about a token. */
export interface Proof {
    /** The key that verifies its signature. */
    readonly proved?: string;
    readonly hints: readonly Hint[];
    readonly weaknesses: readonly Weakness[];
}
/** Tries the key sets that are for a token's issuer, or for all. */
export declare function proofOf({ rule, matches: [match] }: Credential, anatomy: Anatomy | undefined, { keySets }: ScanOptions): Promise<Proof>;
