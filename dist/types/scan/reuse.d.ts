import type { Weakness } from "../model/index.ts";
import type { Credential } from "./group.ts";
import type { Known } from "./judgement.ts";
/** What other places and other tokens of the same scan say about one credential (OWASP NHI9:2025). */
export interface Reuse {
    /** Where else it, or its identity, was found (BR-REUSE). */
    readonly reused?: string;
    readonly weaknesses: readonly Weakness[];
}
/** Finds what is used more than once: a secret, an identity, a token id, a signature, a nonce, a signing key. */
export declare function reuseOf(all: readonly Known[]): ReadonlyMap<Credential, Reuse>;
