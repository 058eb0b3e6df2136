import type { Gap, Match, Pattern, Policy, Rule, ScopeDictionary, Stats } from "../model/index.ts";
import type { Unit } from "../sources/unit.ts";
import type { Credential } from "./group.ts";
import type { MatchTable } from "./match-table.ts";
import type { Pool, PoolOptions } from "./pool.ts";
import type { UnitResult } from "./raw.ts";
import type { SuppressionInput } from "./suppress.ts";
import type { PlacesOfUnread } from "./unread.ts";
/** What rules and scopes mean, by id. */
export interface Knowledge {
    readonly rules: ReadonlyMap<string, Rule>;
    readonly dictionaries: ReadonlyMap<string, ScopeDictionary>;
}
/** A JWK set (RFC 7517, 5) and whose tokens it may verify. */
export interface KeySet {
    readonly name: string;
    readonly keys: unknown;
    /** The issuer it belongs to; without one it is tried on every token. */
    readonly issuer?: Pattern;
}
/** Scans a unit in a thread. */
export type Run = (unit: Unit) => Promise<UnitResult>;
/** Who scans units, and may rest between them. */
export type Threads = Pick<Pool, "run" | "rest">;
/** What a scan has seen: matches, and of a history a table of those in its objects. */
export interface Seen {
    readonly matches: readonly Match[];
    readonly table: MatchTable | undefined;
}
/** Says where the matches of a history or of logs are, once all are known. */
export interface Places {
    /** Told of every result on the way. */
    hear(result: UnitResult): void;
    /** Gives matches their paths and commits, or what is known at the end of their log. */
    locate(seen: Seen, threads: Threads): Promise<Located>;
}
/** Matches with what is only known when everything was read. */
export interface Located {
    readonly matches: readonly Match[];
    /** Those of them that were only found now. */
    readonly late?: readonly Match[];
    readonly gaps: readonly Gap[];
    /** Where versions stand that could not be read. */
    readonly unread?: PlacesOfUnread;
    readonly notices?: readonly string[];
    /** What was asked to be left out, by reason. */
    readonly skipped?: Stats["skipped"];
}
/** All that is to be looked through. */
export interface Whole {
    readonly objects: number;
    readonly bytes: number;
}
/** Everything a scan is told; `config/` and the entries make it. */
export interface ScanOptions extends PoolOptions, Omit<SuppressionInput, "now"> {
    /** Folder that paths in the report are relative to. */
    readonly root: string;
    /** What the rules mean; loaded when something was found, as most scans find nothing. */
    readonly knowledge: () => Promise<Knowledge>;
    readonly policy: Policy;
    /** Said in the report before anything else: settings that name what is not there. */
    readonly notices: readonly string[];
    /** Of a history, and of logs. */
    readonly places?: Places;
    /** Is told what came of each unit. */
    readonly finished?: (unit: Unit, result: UnitResult) => void;
    /** How much there is to look through, where that is known: objects, and the bytes of their units. */
    readonly whole?: Whole;
    /** Findings of earlier runs that are left out, by level. */
    readonly earlier?: Stats["earlier"];
    /** Contents in Git LFS that earlier runs missed, and that are still not here. */
    readonly unfetched?: number;
    /** JWK sets to verify signatures with: of the command line for every issuer, of the policy for its own. */
    readonly keySets: readonly KeySet[];
    /** Tokens and keys of elsewhere: what of them belongs to what is found here is said, and they are no findings of this scan. */
    readonly strangers?: readonly Credential[];
    /** The clock, in epoch seconds. */
    readonly now: number;
    readonly signal: AbortSignal;
}
