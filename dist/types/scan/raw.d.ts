import type { Judged } from "../detect/judge.ts";
import type { CommitPart } from "../history/commits.ts";
import type { TreePart } from "../history/trees.ts";
import { type Gap, type LogFacts, type Match, type Region } from "../model/index.ts";
import type { MatchTable } from "./match-table.ts";
/** A match as it crosses from a worker: plain data. The secret hides again as soon as it arrives. */
export type RawMatch = Omit<Match, "secret"> & {
    readonly secret: string;
    /** It was among the early ones. */
    readonly announced?: true;
};
/** A pointer to a content in Git LFS that is not here: the ids of both. */
export interface Unfetched {
    readonly id: string;
    readonly oid: string;
}
/** Why a candidate was kept or dropped, for `--explain`. */
export interface Trace {
    readonly path: string;
    readonly line: number;
    readonly rule: string;
    readonly verdict: string;
}
/** What scanning one unit gave. */
export interface UnitResult {
    readonly matches: readonly RawMatch[];
    /** Those of a history. */
    readonly table?: MatchTable;
    /** What stands in the part of a stream that is not yet certain: it comes again, unless what follows makes it something else. */
    readonly early: readonly RawMatch[];
    readonly gaps: readonly Gap[];
    readonly traces: readonly Trace[];
    /** Comments of ours that allow nothing, as `path:line`. */
    readonly unused: readonly string[];
    /** Logs that were read to their end. */
    readonly logs: readonly LogFacts[];
    readonly skipped: Readonly<Record<string, number>>;
    readonly files: number;
    readonly blobs: number;
    readonly bytes: number;
    readonly archives: number;
    readonly candidates: number;
    readonly unfetched: readonly Unfetched[];
    /** Of a history: what says where matches came from. */
    readonly commits: readonly OwnCommits[];
    readonly trees: readonly TreePart[];
    /** Names of files and folders that may hold something. */
    readonly names: readonly EntryName[];
}
/** A name of a file or folder, and a tree that has it. */
export interface EntryName {
    readonly text: string;
    readonly tree: string;
}
/** Commits of one of a history's repositories. */
export interface OwnCommits extends CommitPart {
    readonly repository: number;
}
/** A hit at its place, as plain data; `at` is where the text begins in what was scanned. */
export declare function rawMatch(hit: Judged, region: Region, { provenance, blob }: Pick<Match, "provenance" | "blob">, at?: number): RawMatch;
export declare function toMatch({ announced: _, ...raw }: RawMatch): Match;
/** The result of work that gave nothing but a gap. */
export declare function onlyGap(gap: Gap): UnitResult;
