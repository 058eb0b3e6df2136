import type { ObjectId } from "./object-id.ts";

/**
 * A name for an object: `refs/heads/main`, `HEAD`, `worktrees/NAME/HEAD`, `FETCH_HEAD` (once for each of its lines).
 * `target` is the ref that a symbolic one stands for, `peeled` what a tag leads to, where that is written down.
 */
export interface Ref {
  readonly name: string;
  readonly id?: ObjectId;
  readonly target?: string;
  readonly peeled?: ObjectId;
}

/** The ids that a ref had, and why it changed, each once, as its log tells. */
export interface Reflog {
  readonly name: string;
  readonly ids: readonly ObjectId[];
  readonly messages: readonly string[];
}

/** Refs and logs by name, as they are gathered. A pseudo-ref can have several ids. */
export interface FoundRefs {
  readonly refs: Map<string, readonly Ref[]>;
  readonly reflogs: Reflog[];
}
