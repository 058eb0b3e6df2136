import { type Match, type Rule } from "../model/index.ts";
/** One credential: a secret under one rule, with every place it stands in. */
export interface Credential {
    readonly rule: Rule;
    readonly fingerprint: string;
    readonly matches: readonly [Match, ...Match[]];
}
/** Groups matches into credentials, each with its places in order of path and position. */
export declare function group(matches: readonly Match[], rules: ReadonlyMap<string, Rule>, salt: string | undefined): Promise<Credential[]>;
