import type { HashKind, ObjectId } from "../git/object-id.ts";
import type { Gap } from "../model/index.ts";
import type { CommitGraph } from "./commit-graph.ts";
import type { Selection } from "./selection.ts";
import type { Reach, Tip } from "./tips.ts";
import type { TreePart } from "./trees.ts";

/** What `provenance` needs to know. */
export interface Asked {
  readonly hash: HashKind;
  /** The blobs, commits and tags that hold secrets, each with the keys of what it holds. */
  readonly blobs: ReadonlyMap<ObjectId, readonly string[]>;
  /** Which of them are tags. */
  readonly tags: ReadonlySet<ObjectId>;
  /** Gone through once: what a source has given it need not keep. */
  readonly trees: Iterable<TreePart>;
  readonly commits: CommitGraph;
  readonly tips: readonly Tip[];
  /** The commit of the default branch, if there is one. */
  readonly head?: ObjectId;
  /** Whether trees may be missing: a commit whose tree is not there is then taken to have what its first parent has. */
  readonly incomplete: boolean;
  /** Whether commits count that nothing leads to. */
  readonly unreachable: boolean;
  readonly selection?: Selection;
}

/** A commit of many. */
export interface CommitFact {
  readonly id: ObjectId;
  /** Name and address as written; the first 256 characters. */
  readonly author: string;
  /** When it was committed: seconds since 1970; NaN if that cannot be read. */
  readonly time: number;
  /** Whether history was cut here: what the commit seems to have brought may have been there before. */
  readonly atCut: boolean;
}

/** Some of many. */
export interface Listed<T> {
  readonly count: number;
  readonly shown: readonly T[];
}

/** Commits by time: the first, and the last if there are two. */
export type Commits = Listed<CommitFact>;

/** A path at which a secret stood. */
export interface PathFacts {
  /** As bytes: git does not say how it is encoded. */
  readonly path: Buffer;
  /** Commits whose tree has it there, and none of whose parents has. */
  readonly introduced: Commits;
  /** Commits all of whose parents have it there, and whose tree has not. */
  readonly removed: Commits;
  /** The file's version at the first commit that introduced it. */
  readonly blob?: ObjectId;
}

/** A file of the default branch that still has the secret. */
export interface HeadFile {
  readonly path: Buffer;
  readonly blob: ObjectId;
}

/** Where a secret came from and what became of it. */
export interface WhereFrom {
  /** Versions of files that hold it. */
  readonly blobs: Listed<ObjectId>;
  /** Where it stood, the path of the first commit first. Only selected paths are shown. */
  readonly paths: Listed<PathFacts>;
  /** Commits that have it, at whatever path, and none of whose parents has, or that say it themselves. */
  readonly introduced: Commits;
  /** Commits that lost it at a path at which all parents had it, and have it nowhere; and merges that dropped what one side had brought. */
  readonly removed: Commits;
  /** Whether a selected commit introduced it in a file. */
  readonly selected: boolean;
  /** Unknown where folders are missing that may lead to it. */
  readonly reach: Reach | "unknown";
  readonly head: Listed<HeadFile>;
  /** Names whose own tree has it, and names in whose history it is. */
  readonly names: Listed<string>;
  readonly inHistoryOf: Listed<string>;
  /** When it was first committed, and when it left the default branch, or else the last tree; seconds since 1970. Without `until` it is still there, or nobody knows. */
  readonly exposed: { readonly from?: number; readonly until?: number };
}

/** What is known of each key, and what was left out. */
export interface Provenance {
  readonly keys: ReadonlyMap<string, WhereFrom>;
  /** Whether a commit is selected. */
  readonly selected: (commit: ObjectId) => boolean;
  readonly gaps: readonly Gap[];
}
