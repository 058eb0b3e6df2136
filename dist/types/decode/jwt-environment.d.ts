import type { Hint } from "../model/index.ts";
/** The environment that the issuer's host speaks of; nothing when it names none. */
export declare function environmentHints(issuer: string | undefined): readonly Hint[];
