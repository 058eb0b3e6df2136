import { type CommitLinks, commitLinks } from "./commit.ts";
import type { Lookup } from "./lookup.ts";
import { Malformed, whyUnread } from "./malformed.ts";
import { COMMIT, type ObjectId } from "./object-id.ts";

/** A commit of a range. */
export interface RangeCommit {
  readonly id: ObjectId;
  readonly tree?: ObjectId;
  readonly parents: readonly ObjectId[];
  /** The trees of its parents, of those that can be read. */
  readonly before: readonly ObjectId[];
  /** When it was committed: seconds since 1970; NaN where that cannot be read. */
  readonly time: number;
  /** Parents of it are not there: what it seems to add may be older. */
  readonly isCut: boolean;
}

/** What a walk is asked for. */
export interface Walk {
  readonly lookup: Lookup;
  /** Commits whose parents a shallow clone has left out. */
  readonly shallow: readonly ObjectId[];
  /** Told of commits in the range that cannot be read. */
  readonly unread: (id: ObjectId, why: string) => void;
}

/** What leads to a commit: a tip of the range, what is left out of it, or both. */
const WANTED = 1;
const HIDDEN = 2;

/** Commits that are looked at behind the last that could matter: dates are what people's clocks said. */
const SLOP = 32;

/** Commits that are read without a pause: a tenth of a second. */
const PAUSE = 2000;

interface Node {
  readonly id: ObjectId;
  readonly commit: CommitLinks | undefined;
  readonly time: number;
  readonly parents: readonly ObjectId[];
  marks: number;
  isDone: boolean;
}

/**
 * The commits that the tips lead to and `hidden` does not, parents first. Walks back by date from both, as `git rev-list`
 * does, until only what is hidden is left: the cost depends on the range. Where clocks were wrong by far, commits
 * may be given that are hidden, but none is ever left out: only what was walked to is hidden. No commit-graph file is
 * read: it would say the same sooner, but a wrong one could hide commits.
 */
export class CommitWalk {
  readonly #walk: Walk;
  readonly #shallow: ReadonlySet<ObjectId>;
  readonly #nodes = new Map<ObjectId, Node>();
  /** Why commits could not be read. */
  readonly #flaws = new Map<ObjectId, string>();
  readonly #open: Node[] = [];
  /** Open commits that are wanted and not hidden. */
  #wanted = 0;

  constructor(walk: Walk) {
    this.#walk = walk;
    this.#shallow = new Set(walk.shallow);
  }

  /** Walks, and gives the range. */
  between(tips: readonly ObjectId[], hidden: readonly ObjectId[]): RangeCommit[] {
    const steps = this.steps(tips, hidden);
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
    }
  }

  /** The same with a pause after some thousand commits, so that a caller may stop. */
  *steps(tips: readonly ObjectId[], hidden: readonly ObjectId[]): Generator<void, RangeCommit[]> {
    for (const id of tips) this.#mark(id, WANTED);
    for (const id of hidden) this.#mark(id, HIDDEN);
    const range: Node[] = [];
    let oldest = Number.POSITIVE_INFINITY;
    let paused = 0;
    for (let slop = SLOP; slop > 0; ) {
      const node = pop(this.#open);
      if (!node) break;
      if (this.#nodes.size >= paused + PAUSE) {
        paused = this.#nodes.size;
        yield;
      }
      node.isDone = true;
      if (node.marks === WANTED) {
        this.#wanted--;
        range.push(node);
        oldest = Math.min(oldest, node.time);
      }
      for (const parent of node.parents) this.#mark(parent, node.marks);
      slop = this.#wanted > 0 || (this.#open[0]?.time ?? oldest) >= oldest ? SLOP : slop - 1;
    }
    return this.#parentsFirst(range.filter(({ marks }) => marks === WANTED));
  }

  /** Whether a tip was seen to lead to a commit, after a walk. */
  leadsTo(id: ObjectId): boolean {
    return ((this.#nodes.get(id)?.marks ?? 0) & WANTED) !== 0;
  }

  /** Marks a commit, and through those that were walked all that they lead to. */
  #mark(first: ObjectId, marks: number): void {
    const open = [first];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      const known = this.#nodes.get(id);
      const node = known ?? this.#node(id);
      if (known && (known.marks | marks) === known.marks) continue;
      const wasWanted = known?.marks === WANTED;
      node.marks |= marks;
      if (node.isDone) open.push(...node.parents);
      else if (known) this.#wanted += Number(node.marks === WANTED) - Number(wasWanted);
      else {
        this.#wanted += Number(node.marks === WANTED);
        push(this.#open, node);
      }
    }
  }

  #node(id: ObjectId): Node {
    const commit = this.#read(id);
    const parents = this.#shallow.has(id) ? [] : (commit?.parents ?? []);
    const node = { id, commit, parents, time: commit?.time ?? 0, marks: 0, isDone: false };
    this.#nodes.set(id, node);
    return node;
  }

  #read(id: ObjectId): CommitLinks | undefined {
    try {
      const { kind, content } = this.#walk.lookup.read(id);
      if (kind !== COMMIT) throw new Malformed("it stands where a commit should be, and is none");
      return commitLinks(content, this.#walk.lookup.hash);
    } catch (error) {
      this.#flaws.set(id, whyUnread(error));
      return undefined;
    }
  }

  #parentsFirst(range: readonly Node[]): RangeCommit[] {
    const left = new Set(range);
    const sorted: RangeCommit[] = [];
    for (const first of [...range].reverse()) {
      const stack: { readonly node: Node; next: number }[] = left.delete(first) ? [{ node: first, next: 0 }] : [];
      for (let top = stack.at(-1); top; top = stack.at(-1)) {
        const parent = top.node.parents[top.next++];
        const node = parent === undefined ? undefined : this.#nodes.get(parent);
        if (node && left.delete(node)) stack.push({ node, next: 0 });
        else if (parent === undefined) {
          stack.pop();
          const commit = this.#given(top.node);
          if (commit) sorted.push(commit);
        }
      }
    }
    return sorted;
  }

  #given({ id, commit, parents }: Node): RangeCommit | undefined {
    if (!commit) {
      this.#walk.unread(id, this.#flaws.get(id)!);
      return undefined;
    }
    for (const flaw of commit.flaws) if (/tree|parent/.test(flaw)) this.#walk.unread(id, flaw);
    const known = parents.map((parent) => this.#nodes.get(parent)?.commit?.tree);
    const before = known.flatMap((tree) => tree ?? []);
    const { tree } = commit;
    const isCut = this.#shallow.has(id) || before.length < parents.length;
    return { id, parents, before, time: commit.time ?? Number.NaN, ...(tree && { tree }), isCut };
  }
}

/** Puts a commit into a heap whose first is the youngest. */
function push(heap: Node[], node: Node): void {
  let at = heap.push(node) - 1;
  for (; at > 0; ) {
    const parent = (at - 1) >> 1;
    if (heap[parent]!.time >= node.time) break;
    heap[at] = heap[parent]!;
    at = parent;
  }
  heap[at] = node;
}

/** Takes the youngest commit out of a heap. */
function pop(heap: Node[]): Node | undefined {
  const [first] = heap;
  const last = heap.pop();
  if (!last || heap.length === 0) return first;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && heap[child + 1]!.time > heap[child]!.time) child++;
    if (heap[child]!.time <= last.time) break;
    heap[at] = heap[child]!;
    at = child;
  }
  heap[at] = last;
  return first;
}
