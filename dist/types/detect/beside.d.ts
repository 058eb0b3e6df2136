import type { Pattern } from "./confirm.ts";
import { type Hit, type Text } from "./matcher.ts";
/** A pattern for what makes a secret whole, and the named groups it must fill. */
export interface Companion {
    readonly pattern: Pattern;
    readonly groups: readonly string[];
}
/** A hit with what its rule wants beside it (`beside`): the nearest texts that fill its groups become parts. */
export declare function completed(text: Text, hit: Hit, { pattern, groups }: Companion): Hit;
