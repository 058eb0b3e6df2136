import type { Parts } from "../kernel/kernel.ts";
import { FLAG_ENCODED, FLAG_ESCAPES, KIND_LITERAL, KIND_MASK, KIND_RUN } from "../kernel/layout.ts";
import { type Effort, look, OTHER, type Placed, type PlacedHit, type Reach, type Settled } from "./look.ts";
import type { Plan } from "./plan.ts";
import { unwrap } from "./unwrap.ts";
import { wideViews } from "./wide.ts";

// A version of a file made from another by a delta: what was found where nothing changed is carried over, and only what
// changed is looked at. docs/architecture.md, "History", says why that finds the same.

/** All candidates of one version, in order. */
export interface Version {
  readonly size: number;
  readonly starts: readonly number[];
  readonly settled: readonly Settled[];
  /** How many of them have hits. */
  readonly hits: number;
  /** Whether it has a zero byte: UTF-16 may stand in it, which is looked for in the whole. */
  readonly zero: boolean;
  /** Hits in UTF-16, at their places in the text. */
  readonly wide?: readonly PlacedHit[];
}

/** What a delta copied: the unpacker says it of the last one. */
export interface Copied {
  /** How many copies there are; undefined when there are too many to tell: then all of the result is new. */
  readonly copyCount: number | undefined;
  /** Three numbers each: place in the result, place in the base, length. In the order of the result, and no two go on in both. */
  readonly copies: Uint32Array;
}

/** Looks at all of a text. */
export function wholeVersion(plan: Plan, text: Placed, effort: Effort): Version {
  const { size } = text;
  const found = sorted(plan.kernel.candidatesAt(text.at, text.at + size));
  return withWide(plan, text, settle(plan, text, found, NOTHING, effort), hasZero(plan, text), effort);
}

const hasZero = ({ kernel }: Plan, { at, size }: Placed): boolean => kernel.hasZero(at, at + size);

/** Adds what stands in a binary text's UTF-16. */
function withWide(plan: Plan, text: Placed, version: Version, zero: boolean, effort: Effort): Version {
  if (!zero) return version;
  const whole = { bytes: text.bytes, length: text.size, path: OTHER };
  const { hits, candidates, cut } = unwrap(plan, wideViews(whole), whole);
  effort.candidates += candidates;
  if (cut) effort.cut = cut;
  return { ...version, zero, wide: hits };
}

/** Looks at what the last delta changed. The answer equals that of {@link wholeVersion}. */
export function nextVersion(plan: Plan, text: Placed, base: Version, copied: Copied, effort: Effort): Version {
  const { copyCount } = copied;
  if (copyCount === undefined) return wholeVersion(plan, text, effort);
  const { size } = text;
  const { found, zero } = plan.kernel.changed(text.at, size, base.size, copyCount);
  if (!found) return wholeVersion(plan, text, effort);
  if (base.starts.length === 0 && found.length === 0 && !base.zero && !zero) return empty(size);
  const carried =
    base.starts.length === 0 ? NOTHING : carriedOver(base, copied.copies, size, plan.kernel.changedParts());
  const version = settle(plan, text, sorted(found), carried, effort);
  return withWide(plan, text, version, zero || (base.zero && hasZero(plan, text)), effort);
}

const empty = (size: number): Version => ({ size, starts: [], settled: [], hits: 0, zero: false });

/** Candidates of a base at their places in the result, ascending. */
interface Carried {
  readonly starts: number[];
  readonly settled: Settled[];
  /** By candidate: whether everything its answer rests on was copied with it, and whether the kernel was asked for it anew. */
  readonly sound: boolean[];
  readonly asked: boolean[];
}

const NOTHING: Carried = { starts: [], settled: [], sound: [], asked: [] };

function carriedOver(base: Version, copies: Uint32Array, size: number, changes: Parts): Carried {
  const carried: Carried = { starts: [], settled: [], sound: [], asked: [] };
  const { starts } = base;
  const [lowest, highest] = [starts[0]!, starts.at(-1)!];
  const isInLiterals = within(changes.literals);
  const isInRuns = within(changes.runs);
  let next = 0;
  for (let i = 0; i < copies.length; i += 3) {
    const to = copies[i]!;
    const from = copies[i + 1]!;
    const length = copies[i + 2]!;
    if (from > highest || from + length <= lowest) continue;
    // A text's ends are neighbours, too: what rests on them goes along only where they do.
    const first = from === 0 && to === 0 ? Number.NEGATIVE_INFINITY : from;
    const last = from + length === base.size && to + length === size ? Number.POSITIVE_INFINITY : from + length;
    // Most copies go on where the last one ended.
    if (!(next < starts.length && starts[next]! >= from && (next === 0 || starts[next - 1]! < from)))
      next = atLeast(starts, from);
    for (let n = next; n < starts.length && starts[n]! < from + length; n++, next++) {
      const settled = base.settled[n]!;
      const start = starts[n]!;
      const place = start - from + to;
      const isLiteral = (settled.kind & KIND_MASK) === KIND_LITERAL;
      carried.starts.push(place);
      carried.settled.push(settled);
      carried.sound.push(start - settled.before >= first && start + settled.after <= last);
      carried.asked.push(isLiteral ? isInLiterals(place) : isInRuns(place));
    }
  }
  return carried;
}

/** Tells of places, which ascend, whether each is in one of some parts. */
function within(parts: Uint32Array): (place: number) => boolean {
  let next = 0;
  return (place) => {
    while (next < parts.length && parts[next + 1]! <= place) next += 2;
    return next < parts.length && parts[next]! <= place;
  };
}

/** The index of the first of these rising numbers that is at least `least`. */
function atLeast(rising: readonly number[], least: number): number {
  let low = 0;
  let high = rising.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rising[middle]! < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Candidates (start, end, kind) in the order of places: what one finds may cover what comes behind it. */
function sorted(list: Uint32Array): Uint32Array {
  const before = (a: number, b: number) =>
    list[a]! - list[b]! || list[a + 1]! - list[b + 1]! || list[a + 2]! - list[b + 2]!;
  let inOrder = true;
  for (let i = 3; i < list.length && inOrder; i += 3) inOrder = before(i - 3, i) <= 0;
  if (inOrder) return list;
  const places = Array.from({ length: list.length / 3 }, (_, i) => 3 * i).sort(before);
  return Uint32Array.from(places.flatMap((at) => [list[at]!, list[at + 1]!, list[at + 2]!]));
}

/** Merges what was carried over with what the kernel found, and looks closely at what no known answer holds for. */
function settle(plan: Plan, text: Placed, found: Uint32Array, carried: Carried, effort: Effort): Version {
  const starts: number[] = [];
  const settled: Settled[] = [];
  let encoded = 0;
  let escaped = 0;
  let hits = 0;
  const add = (start: number, length: number, kind: number, known: Settled | undefined) => {
    const covered = coveredOf(start, kind, encoded, escaped);
    const fits = known && known.covered.encoded === covered.encoded && known.covered.escaped === covered.escaped;
    const now = fits ? known : look(plan, text, { start, length, kind }, covered, effort);
    starts.push(start);
    settled.push(now);
    if (now.hits.length > 0) hits++;
    if (now.covers.encoded > 0) encoded = Math.max(encoded, start + now.covers.encoded);
    if (now.covers.escaped > 0) escaped = start + now.covers.escaped;
  };
  const knownAt = (old: number) => (carried.sound[old] ? carried.settled[old] : undefined);
  let old = 0;
  let next = 0;
  while (old < carried.starts.length || next < found.length) {
    const order = compare(carried, old, found, next);
    if (order < 0) {
      // What the kernel was asked for and did not find again is no candidate any more.
      const { length, kind } = carried.settled[old]!;
      if (!carried.asked[old]) add(carried.starts[old]!, length, kind, knownAt(old));
    } else add(found[next]!, found[next + 1]! - found[next]!, found[next + 2]!, order === 0 ? knownAt(old) : undefined);
    if (order <= 0) old++;
    if (order >= 0) next += 3;
  }
  return { size: text.size, starts, settled, hits, zero: false };
}

/** The order of a carried candidate and a found one, by start, length and kind; where one list has ended the other comes first. */
function compare({ starts, settled }: Carried, old: number, found: Uint32Array, next: number): number {
  if (old === starts.length) return 1;
  if (next === found.length) return -1;
  const { length, kind } = settled[old]!;
  return starts[old]! - found[next]! || length - (found[next + 1]! - found[next]!) || kind - found[next + 2]!;
}

/** How far back a view of escapes looks for the start of its stretch. */
const ESCAPED_BEFORE = 3000;

const UNCOVERED: Reach = { encoded: 0, escaped: 0 };

/** What earlier views cover, counted from a candidate's start, as far as it matters to it. */
function coveredOf(start: number, kind: number, encoded: number, escaped: number): Reach {
  if ((kind & KIND_MASK) !== KIND_RUN || (kind & (FLAG_ENCODED | FLAG_ESCAPES)) === 0) return UNCOVERED;
  return {
    encoded: kind & FLAG_ENCODED ? Math.max(0, encoded - start) : 0,
    escaped: kind & FLAG_ESCAPES ? Math.max(-ESCAPED_BEFORE, escaped - start) : 0,
  };
}

/** The hits of a version at their places in the text. */
export function hitsOf({ starts, settled, wide = [] }: Version): PlacedHit[] {
  const hits: PlacedHit[] = [...wide];
  for (const [i, { hits: own }] of settled.entries()) {
    for (const hit of own) hits.push({ ...hit, start: hit.start + starts[i]!, end: hit.end + starts[i]! });
  }
  return hits;
}
