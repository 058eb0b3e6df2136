import { type Authority, type Hint, type Policy, type Power, type Traits } from "../model/index.ts";
import { type Dictionaries, type Grant } from "./dictionary.ts";
import { type Extent } from "./policy.ts";
/** What each scope and role of a token means: the policy's word first, then the dictionaries'. */
export declare function grantsOf(authority: Authority | undefined, policy: Policy, dictionaries: Dictionaries): readonly Grant[];
/** The traits that follow from the kind, audiences, scopes and roles of a token. */
export declare function authorityHints(authority: Authority, extent: Extent, grants: readonly Grant[], data: Traits["data"]): readonly Hint[];
/** `lets the holder write and spend in payments (scope `ledger:post`)`. */
export declare function powerSentence(grant: Grant, power: Power, authority: Authority, { reached }: Extent): string;
/** `reaches 3 trust boundaries: shop, payments, hr`. */
export declare function boundariesSentence({ reached, derived }: Extent): string;
