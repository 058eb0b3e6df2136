import type { Match } from "../model/index.ts";
import type { Seen } from "./options.ts";
import { type UnitResult } from "./raw.ts";
/** The matches of a scan: each is said once, as soon as it is seen, and counts when it is certain. */
export declare class Gathered {
    #private;
    /** How many were said. */
    said: number;
    /** Of a history, places take no more than some bytes. */
    constructor(most?: number);
    /** Takes a result and gives the matches in it that were not said before. */
    add({ matches, early, table }: UnitResult): Iterable<Match>;
    /** Every match that counts. A scan that was stopped will not see again what it saw early. */
    all(stopped: boolean): Seen;
}
/** How many matches there are, those that there was no room for too. */
export declare const countOf: ({ matches, table }: Seen) => number;
/** The same, each spelled out. */
export declare const spelledOut: ({ matches, table }: Seen) => readonly Match[];
