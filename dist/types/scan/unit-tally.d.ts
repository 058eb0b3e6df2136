import type { TreePart } from "../history/trees.ts";
import type { Gap, LogFacts } from "../model/index.ts";
import type { EntryName, OwnCommits, RawMatch, Trace, Unfetched, UnitResult } from "./raw.ts";
/** What a unit has given since it was last asked. */
export declare class UnitTally {
    matches: RawMatch[];
    early: RawMatch[];
    gaps: Gap[];
    traces: Trace[];
    unused: string[];
    logs: LogFacts[];
    skipped: Record<string, number>;
    files: number;
    blobs: number;
    bytes: number;
    archives: number;
    candidates: number;
    commits: OwnCommits[];
    trees: TreePart[];
    names: EntryName[];
    unfetched: Unfetched[];
    skip(reason: string, inside?: boolean): void;
    /** Adds what a part of the unit gave. */
    merge(part: UnitResult): void;
    /** What there is, and from now on nothing. */
    take(): UnitResult;
}
