import { type Authority, type Boundary, type Fact, type Pattern, type Policy, type ReachedBoundary, type Traits } from "../model/index.ts";
import { type Grant } from "./dictionary.ts";
/** One trust boundary that a token reaches. Without `boundary` the policy does not map it. */
export interface Reached {
    readonly name: string;
    readonly boundary?: Boundary;
    /** How the policy came to it: where the token is accepted, facts of its identity, its issuer, or not at all. */
    readonly by: "audience" | "facts" | "issuer" | "nobody";
    readonly reach?: Traits["reach"];
    /** Of the token's audiences, those that lie in it. */
    readonly audiences?: readonly string[];
}
/** Where a token is accepted. */
export interface Extent {
    readonly reached: readonly Reached[];
    /** How many audiences count: all but user-info endpoints, Keycloak's `account` and what the policy ignores. */
    readonly audiences: number;
    /** Says why every API of the issuer may accept it. */
    readonly unbounded?: string;
    /** The policy maps nothing, so boundaries are told apart by domain and account. */
    readonly derived: boolean;
}
/** Whether a pattern of the policy names this: an exact text, `prefix*`, `/regex/`, or fields of the facts. */
export declare function matches(pattern: Pattern, text: string | undefined, facts: readonly Fact[]): boolean;
/** Where the token is accepted, by its audiences; a token without any, by its facts or its issuer. */
export declare function extentOf(authority: Authority | undefined, facts: readonly Fact[], policy: Policy): Extent;
/** The policy's own reading of a scope or role; first match wins. */
export declare function policyGrant(name: string, entries: Policy["scopes"]): Grant | undefined;
/** Who owns the boundaries a token reaches, each once. */
export declare function ownersOf({ reached }: Extent): readonly string[];
/** The boundaries a token reaches, as reports have them. */
export declare function boundariesOf({ reached }: Extent): readonly ReachedBoundary[];
/** The policy's entry for a token's issuer. */
export declare function issuerOf(authority: Authority | undefined, policy: Policy): Policy["issuers"][number] | undefined;
/** Says which boundaries one token joins that should be apart (BR-SPAN); undefined if it joins none. */
export declare function spanSentence({ reached, derived }: Extent, limits: Policy["limits"]): string | undefined;
/** `a`, `a and b`, `a, b and c`. */
export declare function list(names: readonly string[]): string;
