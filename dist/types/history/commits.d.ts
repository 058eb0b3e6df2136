import { Gaps } from "../git/malformed.ts";
import type { Gap } from "../model/index.ts";
/** Some commits of a repository without their messages, as plain arrays that can be sent to another thread. */
export interface CommitPart {
    /** The commits' ids, one after the other. */
    readonly ids: Uint8Array;
    /** By commit: the id of its tree; zeros if it names none. */
    readonly trees: Uint8Array;
    /** By commit: its first place in `parents`, with the end of the last one behind. */
    readonly starts: Float64Array;
    /** The ids of the parents, one after the other. */
    readonly parents: Uint8Array;
    /** By commit, two numbers: when it was written and when it was committed, in seconds since 1970; NaN where that cannot be read. */
    readonly times: Float64Array;
    /** By commit: its author, a place in `authors`. */
    readonly by: Float64Array;
    /** Names and addresses as written, each once. */
    readonly authors: readonly Buffer[];
}
/** Commits that were read, and what could not be. */
export interface FoundCommits {
    readonly part: CommitPart;
    readonly gaps: readonly Gap[];
}
/** Gathers commits. Only the lines that must stand first are read: tree, parents, author, committer (git-commit-tree(1)). */
export declare class CommitGatherer {
    #private;
    readonly gaps: Gaps;
    constructor(idSize: number);
    add(id: Uint8Array, content: Buffer): void;
    end(): FoundCommits;
}
