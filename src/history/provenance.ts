import { BLOB, COMMIT, ID_SIZE, type ObjectId, TREE } from "../git/object-id.ts";
import type { CommitGraph } from "./commit-graph.ts";
import { droppedByMerges } from "./dropped.ts";
import { type Events, eventsOf, type Happened } from "./events.ts";
import { broughtBy, type Facts, newFacts } from "./facts.ts";
import { Held, type HoldingBlobs, holdingBlobs, NOTHING } from "./held.ts";
import { inHistory, nearer, reachOfCommits } from "./reached.ts";
import { MOST_SHOWN } from "./ref-names.ts";
import { isOfCommits, selectedCommits } from "./selection.ts";
import { StateComparer } from "./state-changes.ts";
import { REACHES, type Reach } from "./tips.ts";
import { treesOf } from "./tree-ids.ts";
import type { Asked, CommitFact, Commits, Listed, PathFacts, Provenance, WhereFrom } from "./where.ts";

const TOLD = "what they brought or removed is told of later ones";
const MOST_PATHS = 50;

/** Says of each secret where it came from, where it went and who still has it. */
export function provenance(asked: Asked): Provenance {
  return new Inquiry(asked).answer();
}

class Inquiry {
  readonly #asked: Asked;
  readonly #graph: CommitGraph;
  readonly #names: readonly string[];
  readonly #blobs: HoldingBlobs;
  readonly #held: Held;
  readonly #comparer: StateComparer;
  readonly #states: Int32Array;
  readonly #tipCommits: readonly number[];
  readonly #reach: Uint8Array;
  /** By commit: 1 where it is selected; undefined where all are. */
  readonly #selected: Uint8Array | undefined;
  #missing = 0;
  /** Whether there are folders that were not read. */
  readonly #lacksFolders: boolean;

  constructor(asked: Asked) {
    this.#asked = asked;
    this.#graph = asked.commits;
    const keys = new Map<string, number>();
    this.#blobs = holdingBlobs(asked, keys);
    this.#names = [...keys.keys()];
    this.#held = new Held(asked.trees, this.#blobs, ID_SIZE[asked.hash]);
    this.#comparer = new StateComparer(this.#held, this.#names.length);
    this.#states = new Int32Array(this.#graph.count);
    this.#findStates();
    this.#lacksFolders = asked.incomplete && (this.#missing > 0 || this.#held.lacksFolders());
    this.#held.dropIds();
    this.#tipCommits = asked.tips.map(({ id, kind }) => (kind === COMMIT ? this.#commitOf(id) : -1));
    this.#reach = reachOfCommits(this.#graph, asked.tips, this.#tipCommits);
    const { selection } = asked;
    if (selection && isOfCommits(selection))
      this.#selected = selectedCommits(this.#graph, selection, this.#counts, (ref) => this.#commitsNamed(ref));
  }

  answer(): Provenance {
    const events = eventsOf(this.#graph, this.#states, this.#counts, this.#comparer);
    const facts = this.#names.map(() => newFacts());
    for (const [place, happened] of events.places) facts[this.#comparer.keyOf(place)]!.places.push([place, happened]);
    for (const [key, { introduced, removed }] of events.keys) {
      const into = facts[key]!;
      into.introduced = introduced;
      into.removed = removed;
      for (const commit of introduced) into.reach = nearer(into.reach, this.#reachOf(commit));
    }
    const { dropped, cut } = droppedByMerges(this.#graph, this.#states, this.#counts, events);
    for (const [key, merges] of dropped) facts[key]!.removed = [...facts[key]!.removed, ...merges];
    this.#enterBlobs(facts);
    this.#enterTips(facts);
    this.#enterHistory(facts);
    const head = this.#asked.head === undefined ? -1 : this.#commitOf(this.#asked.head);
    if (head >= 0) this.#enterHead(head, facts, events);
    const keys = new Map(this.#names.map((name, key) => [name, this.#told(facts[key]!)]));
    const cuts = new Set([this.#held.cut, this.#comparer.cut, events.cut, cut]);
    const gaps = [...cuts].flatMap((why) => (why === undefined ? [] : [{ what: "history", why }]));
    if (this.#missing > 0)
      gaps.push({ what: "history", why: `the trees of ${this.#missing} commits are missing: ${TOLD}` });
    return { keys, selected: isSelectedIn(this.#graph, this.#selected), gaps };
  }

  readonly #counts = (commit: number): boolean =>
    this.#asked.unreachable || this.#reach[commit]! < REACHES.indexOf("unreachable");

  #isSelected(commit: number): boolean {
    return this.#selected === undefined || this.#selected[commit] === 1;
  }

  /** Of a ref, not of its log. */
  #commitsNamed(ref: string): readonly number[] {
    const isIt = ({ name, reach }: Asked["tips"][number]): boolean => name === ref && reach !== "logged";
    return this.#tipCommits.filter((commit, i) => commit >= 0 && isIt(this.#asked.tips[i]!));
  }

  #findStates(): void {
    const { count, starts, parents, tree } = this.#graph;
    const idSize = ID_SIZE[this.#asked.hash];
    const isThere = this.#asked.incomplete ? treesOf(this.#graph, this.#held.treeIds(), idSize) : undefined;
    for (let commit = 0; commit < count; commit++) {
      const [bytes, at] = tree(commit);
      const isMissing = isThere !== undefined && !isThere(bytes, at);
      if (isMissing) this.#missing++;
      const before = starts[commit] === starts[commit + 1] ? -1 : parents[starts[commit]!]!;
      if (!isMissing) this.#states[commit] = this.#held.stateOf(bytes, at);
      else this.#states[commit] = before < 0 ? NOTHING : this.#states[before]!;
    }
  }

  #commitOf(id: ObjectId): number {
    return this.#graph.find(Buffer.from(id, "hex"), 0);
  }

  /** Files' versions that hold a key, and commits that say one themselves. */
  #enterBlobs(facts: readonly Facts[]): void {
    const { tags } = this.#asked;
    for (let blob = 0; blob < this.#blobs.ids.count; blob++) {
      if (tags.size > 0 && tags.has(this.#blobId(blob))) continue;
      const commit = this.#graph.find(this.#blobs.ids.id(blob), 0);
      for (const key of this.#keysOf(blob)) {
        if (commit < 0) facts[key]!.blobs.push(blob);
        else if (this.#counts(commit)) this.#enterSaid(facts[key]!, commit);
      }
    }
  }

  #enterSaid(into: Facts, commit: number): void {
    const reach = this.#reachOf(commit);
    into.said.push(commit);
    into.reach = nearer(into.reach, reach);
    into.stays ||= reach === "ref";
  }

  #reachOf(commit: number): Reach {
    return REACHES[this.#reach[commit]!]!;
  }

  #keysOf(blob: number): Uint32Array {
    return this.#blobs.keys[this.#blobs.holdings[blob]!]!;
  }

  /** Whose own tree has a key. A tag can also name a tree or a blob. */
  #enterTips(facts: readonly Facts[]): void {
    for (const [i, { name, reach, kind, id, tags }] of this.#asked.tips.entries()) {
      for (const tag of tags) this.#enterTag(tag, name, reach, facts);
      if (reach !== "ref" && kind === COMMIT) continue;
      for (const key of this.#keysAt(kind, id, this.#tipCommits[i]!)) {
        const into = facts[key]!;
        into.reach = nearer(into.reach, reach);
        if (reach !== "ref") continue;
        into.names.add(name);
        if (kind !== COMMIT) into.inHistoryOf.add(name);
      }
    }
  }

  /** What an annotated tag says itself. */
  #enterTag(tag: ObjectId, name: string, reach: Reach, facts: readonly Facts[]): void {
    const blob = this.#asked.tags.has(tag) ? this.#blobs.ids.find(Buffer.from(tag, "hex"), 0) : -1;
    for (const key of blob < 0 ? [] : this.#keysOf(blob)) {
      const into = facts[key]!;
      into.reach = nearer(into.reach, reach);
      if (reach !== "ref") continue;
      into.stays = true;
      into.names.add(name);
      into.inHistoryOf.add(name);
    }
  }

  #keysAt(kind: number, id: ObjectId, commit: number): Iterable<number> {
    if (commit >= 0) return this.#comparer.keys(this.#states[commit]!);
    const bytes = Buffer.from(id, "hex");
    if (kind === TREE) return this.#comparer.keys(this.#held.stateOf(bytes, 0));
    const blob = kind === BLOB ? this.#blobs.ids.find(bytes, 0) : -1;
    return blob < 0 ? [] : this.#keysOf(blob);
  }

  #enterHistory(facts: readonly Facts[]): void {
    const names = new Map<number, string[]>();
    for (const [i, { name, reach }] of this.#asked.tips.entries()) {
      const commit = this.#tipCommits[i]!;
      if (reach !== "ref" || commit < 0) continue;
      const others = names.get(commit);
      if (others) others.push(name);
      else names.set(commit, [name]);
    }
    const introduced = new Map(
      facts.flatMap((each, key) => {
        const all = broughtBy(each);
        return all.length > 0 ? [[key, all] as const] : [];
      }),
    );
    inHistory(this.#graph, introduced, [...names.keys()], (key, tip) => {
      for (const name of names.get(tip)!) facts[key]!.inHistoryOf.add(name);
    });
  }

  /** What the default branch has now, and when it lost what it had: along its first parents. */
  #enterHead(head: number, facts: readonly Facts[], events: Events): void {
    const { starts, parents, committed } = this.#graph;
    const names = this.#comparer.paths;
    for (const place of this.#comparer.places(this.#states[head]!)) {
      const path = this.#comparer.pathOf(place);
      const blob = this.#held.blobAt(...this.#graph.tree(head), names.names(path));
      const into = facts[this.#comparer.keyOf(place)]!;
      if (blob >= 0) into.head.push({ path: this.#path(path), blob: this.#blobId(blob) });
    }
    for (let commit = head; commit >= 0; ) {
      const before = starts[commit] === starts[commit + 1] ? -1 : parents[starts[commit]!]!;
      const was = before < 0 ? NOTHING : this.#states[before]!;
      const is = this.#states[commit]!;
      if (was !== is) {
        for (const place of this.#comparer.changes([was], is).removed) {
          const key = this.#comparer.keyOf(place);
          if (facts[key]!.left === undefined && !events.has(is, key)) facts[key]!.left = committed[commit]!;
        }
      }
      commit = before;
    }
  }

  #told(facts: Facts): WhereFrom {
    const introduced = this.#commits(broughtBy(facts));
    const removed = this.#commits(facts.removed);
    const firstOf = ([, happened]: readonly [number, Happened]): number => this.#earliest(happened.introduced);
    const places = facts.places.map((place) => [firstOf(place), place] as const).sort(([a], [b]) => a - b);
    const isWanted = this.#asked.selection?.path;
    const wanted = isWanted
      ? places.filter(([, [place]]) => isWanted(this.#path(this.#comparer.pathOf(place)).toString("utf8")))
      : places;
    const paths = wanted.slice(0, MOST_PATHS).map(([, [place, happened]]) => this.#pathFacts(place, happened));
    const from = introduced.shown[0]?.time;
    const isThere = facts.head.length > 0 || facts.stays || (facts.left === undefined && facts.names.count > 0);
    const until = isThere ? undefined : (facts.left ?? removed.shown.at(-1)?.time);
    return {
      blobs: listed(facts.blobs, (blob) => this.#blobId(blob)),
      paths: { count: places.length, shown: paths },
      introduced,
      removed,
      selected: facts.introduced.some((commit) => this.#isSelected(commit)),
      reach: facts.reach === "unreachable" && facts.blobs.length > 0 && this.#lacksFolders ? "unknown" : facts.reach,
      head: listed(facts.head, (file) => file),
      names: facts.names,
      inHistoryOf: facts.inHistoryOf,
      exposed: { ...(from !== undefined && { from }), ...(until !== undefined && { until }) },
    };
  }

  #pathFacts(place: number, { introduced, removed }: Happened): PathFacts {
    const path = this.#comparer.pathOf(place);
    const first = this.#inTime(introduced)[0];
    const names = this.#comparer.paths.names(path);
    const blob = first === undefined ? -1 : this.#held.blobAt(...this.#graph.tree(first), names);
    return {
      path: this.#path(path),
      introduced: this.#commits(introduced),
      removed: this.#commits(removed),
      ...(blob >= 0 && { blob: this.#blobId(blob) }),
    };
  }

  #earliest(commits: readonly number[]): number {
    return commits.reduce((least, commit) => Math.min(least, this.#time(commit)), Number.POSITIVE_INFINITY);
  }

  #inTime(commits: readonly number[]): readonly number[] {
    return commits.toSorted((a, b) => this.#time(a) - this.#time(b) || a - b);
  }

  /** For sorting: what has no time comes last. */
  #time(commit: number): number {
    const time = this.#graph.committed[commit]!;
    return Number.isNaN(time) ? Number.MAX_SAFE_INTEGER : time;
  }

  #commits(commits: readonly number[]): Commits {
    const sorted = this.#inTime(commits);
    const ends = sorted.length > 1 ? [sorted[0]!, sorted.at(-1)!] : sorted;
    return { count: commits.length, shown: ends.map((commit) => this.#fact(commit)) };
  }

  #fact(commit: number): CommitFact {
    const { starts, parents, committed } = this.#graph;
    const id = Buffer.from(this.#graph.id(commit)).toString("hex") as ObjectId;
    const atCut = parents.subarray(starts[commit], starts[commit + 1]).includes(-1);
    const author = this.#graph.author(commit).toString("utf8");
    return { id, author, time: committed[commit]!, atCut };
  }

  #path(path: number): Buffer {
    const names = this.#comparer.paths.names(path).map((name) => this.#held.name(name));
    return Buffer.from(names.join("/"), "latin1");
  }

  #blobId(blob: number): ObjectId {
    return Buffer.from(this.#blobs.ids.id(blob)).toString("hex") as ObjectId;
  }
}

/** Outlives the inquiry, and holds nothing else of it: trees take much room. */
const isSelectedIn =
  (graph: CommitGraph, selected: Uint8Array | undefined) =>
  (id: ObjectId): boolean =>
    selected === undefined || selected[graph.find(Buffer.from(id, "hex"), 0)] === 1;

function listed<T, U>(all: readonly T[], show: (one: T) => U): Listed<U> {
  return { count: all.length, shown: all.slice(0, MOST_SHOWN).map(show) };
}
