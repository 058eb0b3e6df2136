import { type Power, type ScopeDictionary, type Traits } from "../model/index.ts";
/** What one scope or role lets its holder do. */
export interface Grant {
    readonly name: string;
    readonly power: Power;
    readonly reach?: Traits["reach"];
    readonly data?: Traits["data"];
    readonly refresh?: boolean;
    /** Who said so: a dictionary's id, `generic` for its words, `policy`, or nobody. */
    readonly by?: string;
}
export type Dictionaries = ReadonlyMap<string, ScopeDictionary>;
/**
 * Whether a text is what a pattern says: `*` is any run of characters, `\*` a star, case does not count.
 * A lone `*` is a star too: a dictionary has no use for an entry that matches everything.
 */
export declare function matchesName(pattern: string, text: string): boolean;
/** What a scope means: the vendor's dictionary first (first match wins), then the generic words, then reading. */
export declare function scopeGrant(name: string, id: string, dictionaries: Dictionaries): Grant;
/** What a role, group or permission means: as {@link scopeGrant}, by the dictionary's roles. */
export declare function roleGrant(name: string, id: string, dictionaries: Dictionaries): Grant;
/** Whether a scope is about nobody but its holder (OIDC Core 5.4, Graph `User.Read`, `….self`): one object. */
export declare function isOwn(scope: string): boolean;
/** A scope without the URL it is written with: Google's `…/auth/`, Entra's `https://graph.microsoft.com/`. */
export declare function bare(name: string): string;
/** The stronger of two grants, trait by trait. */
export declare function more<G extends Omit<Grant, "name">>(one: G, other: G): G;
/** From the harmless up. */
export declare const REACHES: readonly Traits["reach"][];
export declare const DATA: readonly Traits["data"][];
/** The furthest of some values in an order; undefined if there is none. */
export declare function most<T>(order: readonly T[], ...values: readonly (T | undefined)[]): T | undefined;
