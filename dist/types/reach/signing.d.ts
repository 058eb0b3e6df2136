import type { Hint, Match, Rule } from "../model/index.ts";
/** Where a secret was found and what verified it, as far as this matters here. */
interface Found {
    readonly rule: Rule;
    readonly match: Pick<Match, "assignedTo">;
    readonly paired?: string | undefined;
}
/** Whether a secret makes tokens rather than being one: by its rule, by its name, or because it verified one. */
export declare function isSigningKey(found: Found): boolean;
/** Whoever holds the key of an issuer makes any token of it, until the key is rotated. */
export declare function signingHints(found: Found): readonly Hint[];
export {};
