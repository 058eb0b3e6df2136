import { Lookup } from "../git/lookup.ts";
import { Gaps } from "../git/malformed.ts";
import type { ObjectId } from "../git/object-id.ts";
import { fileAt } from "../git/path-lookup.ts";
import type { CommitName, Gap, HistoryFacts, Match } from "../model/index.ts";
import { untimed } from "../sources/in-time.ts";
import { onDisk } from "../sources/names.ts";
import type { ChangeSet } from "../sources/unit.ts";
import { openScanner, type ScannerOptions } from "./scanner.ts";
import { keyOf, type StoredFiles, Versions } from "./versions.ts";

/** What is known of a range when all that its commits add was looked at. */
export interface LookedRange {
  readonly stored: StoredFiles;
  readonly scanner: ScannerOptions;
  /** What each commit adds, parents first. */
  readonly sets: readonly ChangeSet[];
  /** The commits that the range ends with, and what they are called. */
  readonly ends: readonly ObjectId[];
  readonly end: string;
  readonly now: number;
}

type HistoryMatch = Match & { readonly provenance: Extract<Match["provenance"], { kind: "history" }> };

/** Something that a commit did at a path: `object` is the version it left there, nothing if the path is no more. */
interface Touch {
  readonly at: number;
  readonly object?: string;
  readonly before: readonly string[];
}

/** What becomes of a secret in the range: where it stands at last, and who took it away. */
interface Fate {
  readonly stands: boolean;
  readonly removed: readonly CommitName[];
}

/** Says of each secret that a range adds which commits brought it, which took it away again, and whether it stands at the end. */
export async function locateRange(
  matches: readonly Match[],
  range: LookedRange,
): Promise<{ matches: Match[]; gaps: readonly Gap[] }> {
  const following = new Following(range, new Versions(await openScanner(range.scanner), range.stored, untimed));
  const located: Match[] = [];
  for (const [key, group] of bySecret(matches)) {
    const placed: HistoryMatch[] = [];
    for (const match of group.filter(isInFile)) placed.push(await following.atEnd(match, key));
    const history = placed.length > 0 ? await factsOf(placed, key, following, range) : undefined;
    const others = group.filter((match) => !isInFile(match));
    located.push(...[...placed, ...others].map((match) => ({ ...match, ...(history && { history }) })));
  }
  return { matches: located, gaps: following.gaps.all() };
}

function bySecret(matches: readonly Match[]): Map<string, Match[]> {
  const groups = new Map<string, Match[]>();
  for (const match of matches) {
    const key = keyOf({ secret: match.secret.reveal(), ...(match.demoted && { demoted: match.demoted }) });
    const known = groups.get(key);
    if (known) known.push(match);
    else groups.set(key, [match]);
  }
  return groups;
}

const isInFile = (match: Match): match is HistoryMatch =>
  match.provenance.kind === "history" && match.provenance.stored === "blob" && match.provenance.commit !== undefined;

async function factsOf(
  places: readonly HistoryMatch[],
  key: string,
  following: Following,
  { sets, end, now }: LookedRange,
): Promise<HistoryFacts> {
  const { stands, removed } = await following.fate(places, key);
  const bringing = new Set(places.map(({ provenance }) => provenance.commit));
  const introduced = sets.flatMap(({ commit }) => (commit && bringing.delete(commit.id) ? [commit] : []));
  const from = Math.min(...introduced.map(({ date }) => Date.parse(date ?? "") / 1000));
  const last = Math.max(...removed.map(({ date }) => Date.parse(date ?? "") / 1000));
  const until = stands || !Number.isFinite(last) ? now : last;
  return {
    versions: new Set(places.map(({ provenance }) => provenance.object)).size,
    paths: new Set(places.map(({ provenance }) => provenance.path)).size,
    introduced: some(introduced),
    removed: some(removed),
    atHead: stands,
    end,
    reach: "ref",
    refs: { count: 0, names: [] },
    inHistoryOf: { count: 0, names: [] },
    ...(Number.isFinite(from) ? { exposedSeconds: Math.max(0, Math.floor(until - from)) } : {}),
  };
}

/** The first and the last of some commits. */
const some = (commits: readonly CommitName[]): HistoryFacts["introduced"] => ({
  count: commits.length,
  commits: commits.length > 1 ? [commits[0]!, commits.at(-1)!] : commits,
});

/** Follows secrets through a range, from where they were added. */
class Following {
  readonly gaps = new Gaps();
  readonly #range: LookedRange;
  readonly #versions: Versions;
  readonly #lookup: Lookup;
  /** What the ends have at a path. */
  readonly #standing = new Map<string, readonly (string | undefined)[]>();
  readonly #touches = new Map<string, Touch[]>();
  readonly #places: ReadonlyMap<string | undefined, number>;

  constructor(range: LookedRange, versions: Versions) {
    this.#range = range;
    this.#versions = versions;
    this.#lookup = new Lookup(range.stored);
    this.#places = new Map(range.sets.map(({ commit }, at) => [commit?.id, at]));
    for (const [at, { texts, gone }] of range.sets.entries()) {
      for (const { path, object, before } of texts)
        if (typeof before !== "string") this.#touch(path, { at, object, before });
      for (const { path, object } of gone) this.#touch(path, { at, before: [object] });
    }
  }

  /** A match, with what has become of it at its path. */
  async atEnd(match: HistoryMatch, key: string): Promise<HistoryMatch> {
    const atEnd = await this.#now(match.provenance.path, key);
    return { ...match, provenance: { ...match.provenance, atEnd } };
  }

  /** What becomes of a secret that was added at some places. Where its file moves, it is followed. */
  async fate(places: readonly HistoryMatch[], key: string): Promise<Fate> {
    const removed = new Set<number>();
    const stood = new Map<string, number>();
    const open: [path: string, since: number][] = [];
    const enter = (path: string, since: number) => {
      if ((stood.get(path) ?? Number.POSITIVE_INFINITY) <= since) return;
      stood.set(path, since);
      open.push([path, since]);
    };
    for (const { provenance } of places) enter(provenance.path, this.#places.get(provenance.commit) ?? 0);
    for (let next = open.pop(); next; next = open.pop()) {
      const [path, since] = next;
      for (const touch of this.#touches.get(path) ?? []) {
        if (touch.at <= since || (await this.#holds(path, touch.object, key))) continue;
        const moved = touch.object === undefined ? await this.#movedTo(touch.at, key) : [];
        for (const other of moved) enter(other, touch.at);
        if (moved.length === 0 && (await this.#hadAll(path, touch, key))) removed.add(touch.at);
      }
    }
    let stands = false;
    for (const path of stood.keys()) stands ||= (await this.#now(path, key)) === "stands";
    const commits = [...removed].sort((a, b) => a - b).flatMap((at) => this.#range.sets[at]!.commit ?? []);
    return { stands, removed: commits };
  }

  #touch(path: string, touch: Touch): void {
    const known = this.#touches.get(path);
    if (known) known.push(touch);
    else this.#touches.set(path, [touch]);
  }

  async #holds(path: string, object: string | undefined, key: string): Promise<boolean> {
    return object !== undefined && (await this.#versions.keys({ path, object })).has(key);
  }

  /** Whether every version it was made from had the secret; a merge that lost a path may follow one of its sides. */
  async #hadAll(path: string, { at, object, before }: Touch, key: string): Promise<boolean> {
    if (object === undefined && this.#range.sets[at]!.isMerge) return false;
    for (const version of before) if (!(await this.#holds(path, version, key))) return false;
    return before.length > 0;
  }

  async #movedTo(at: number, key: string): Promise<string[]> {
    const { texts, moved } = this.#range.sets[at]!;
    const paths: string[] = [];
    for (const { path, object } of [...texts.filter(({ before }) => typeof before !== "string"), ...moved])
      if (await this.#holds(path, object, key)) paths.push(path);
    return paths;
  }

  /** What stands at a path where the range ends; of several ends, the one that still has the secret counts. */
  async #now(path: string, key: string): Promise<"stands" | "changed" | "gone"> {
    let best: "changed" | "gone" = "gone";
    for (const object of this.#atEnds(path)) {
      if (await this.#holds(path, object, key)) return "stands";
      if (object !== undefined) best = "changed";
    }
    return best;
  }

  #atEnds(path: string): readonly (string | undefined)[] {
    const known = this.#standing.get(path);
    if (known) return known;
    const name = onDisk(path);
    const bytes = typeof name === "string" ? Buffer.from(name) : name;
    const found = this.#range.ends.map((end) =>
      this.gaps.try(`what ${end} has at ${path}`, () => fileAt(this.#lookup, end, bytes)),
    );
    this.#standing.set(path, found);
    return found;
  }
}
