import { type Gap } from "../model/index.ts";
import { type MatchTable } from "./match-table.ts";
import type { RawMatch } from "./raw.ts";
/** Why places of secrets are left out. */
export declare const OVERFULL = "they do not fit into the memory: raise it with --memory";
/**
 * Gathers matches of a history into a table whose places take no more than some bytes. Where there are more, half of all
 * objects are left out, chosen by their ids, and half of those that remain: which ones depends on no order and no thread.
 * No secret is lost by that: of one that would be, the place in the object with the lowest id stays.
 */
export declare class MatchGatherer {
    #private;
    constructor(most: number);
    /** Adds matches; those of one text come one after the other. */
    add(matches: readonly RawMatch[]): void;
    /** Adds what another one gathered. */
    addAll({ kinds, texts, rows, leftOut }: MatchTable): void;
    table(): MatchTable;
}
/** Says what of a table was left out. */
export declare const leftOutOf: ({ leftOut: { texts, matches } }: MatchTable) => readonly Gap[];
