/** A commit as reports name it. */
export interface CommitName {
  readonly id: string;
  /** When it was committed, ISO 8601; missing where that cannot be read. */
  readonly date?: string;
  /** Who wrote it, as the commit says; only where that was asked for. */
  readonly author?: string;
}

/** Where a secret came from in a repository's history, and what became of it. Of many, only some are named. */
export interface HistoryFacts {
  /** How many versions of files hold it, and at how many paths. */
  readonly versions: number;
  readonly paths: number;
  /** First and last commit that brought it, and that took it away; `count` is of all. */
  readonly introduced: { readonly count: number; readonly commits: readonly CommitName[] };
  readonly removed: { readonly count: number; readonly commits: readonly CommitName[] };
  readonly atHead: boolean;
  /** Of a range: what its end is called. `atHead` and `exposedSeconds` are then about that end, and nothing is known of refs. */
  readonly end?: string;
  /** How it is reached: from a ref, from the stash, only from a reflog, or from nothing that is left (a forced push); unknown where trees are missing that may lead to it. */
  readonly reach: "ref" | "stash" | "logged" | "unreachable" | "unknown";
  /** Refs whose own tree still has it, and refs in whose history it is. */
  readonly refs: { readonly count: number; readonly names: readonly string[] };
  readonly inHistoryOf: { readonly count: number; readonly names: readonly string[] };
  /** Seconds from the first commit to its removal or to now. */
  readonly exposedSeconds?: number;
}
