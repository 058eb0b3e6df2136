import type { Changes } from "../kernel/kernel.ts";
import { FLAG_ENCODED, FLAG_ESCAPES, KIND_LITERAL, KIND_MASK, KIND_RUN } from "../kernel/layout.ts";
import type { WrappedHit } from "./detector.ts";
import { examine } from "./examine.ts";
import type { Text } from "./matcher.ts";
import type { Plan } from "./plan.ts";
import { unwrap } from "./unwrap.ts";
import { wideViews } from "./wide.ts";

// A version of a file made from another by a delta: what was found where nothing changed is carried over, and only what
// changed is looked at. src/detect/README.md says why that finds the same.

/** A hit whose place counts from its candidate's start. */
export interface PlacedHit extends WrappedHit {
  /** Said of a hit that stands in source code only, or in other text only: the path of a version is known later. */
  readonly only?: "code" | "text";
}

/** A candidate and what came of it. Places count from its start, so that another version can have it as it is. */
export interface Settled {
  readonly kind: number;
  readonly length: number;
  /** The answer rests on the bytes [start - before, start + after), and on nothing else in the text. */
  readonly before: number;
  readonly after: number;
  /** How far views of earlier candidates reached, and how far views reach now. */
  readonly covered: Reach;
  readonly covers: Reach;
  readonly hits: readonly PlacedHit[];
}

interface Reach {
  readonly encoded: number;
  readonly escaped: number;
}

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

/** A text that stands in the kernel's memory at an address, with 64 zeros behind it. */
export interface Placed {
  readonly at: number;
  readonly size: number;
  /** Made when asked for: most texts are never looked at from outside the kernel. */
  readonly bytes: Buffer;
}

/**
 * What a delta copied, three numbers each: place in the result, place in the base, length. In the order of the result, and
 * no two go on in both. Undefined when there are too many to tell: then all of the result is new.
 */
export type Copies = Uint32Array | undefined;

/** A candidate of the kernel. */
interface Candidate {
  readonly start: number;
  readonly length: number;
  readonly kind: number;
}

/** Counts what was looked at closely. */
export interface Effort {
  candidates: number;
  /** Why something was left out, for gaps. */
  cut?: string;
}

/** Looks at all of a text. */
export function wholeVersion(plan: Plan, text: Placed, effort: Effort): Version {
  const { size } = text;
  const found = sorted(plan.kernel.candidatesAt(text.at, text.at + size));
  return withWide(plan, text, settle(plan, text, found, NOTHING, effort), text.bytes.includes(0), effort);
}

/** Adds what stands in a binary text's UTF-16. */
function withWide(plan: Plan, text: Placed, version: Version, zero: boolean, effort: Effort): Version {
  if (!zero) return version;
  const wide = wideViews({ bytes: text.bytes, length: text.bytes.length });
  const { hits, candidates, cut } = unwrap(plan, wide, { bytes: text.bytes, length: text.bytes.length, path: OTHER });
  effort.candidates += candidates;
  if (cut) effort.cut = cut;
  return { ...version, zero, wide: hits };
}

/**
 * Looks at what a delta changed; `copies` are those that the kernel told last. The answer equals that of {@link wholeVersion}.
 */
export function nextVersion(plan: Plan, text: Placed, base: Version, copies: Copies, effort: Effort): Version {
  if (!copies) return wholeVersion(plan, text, effort);
  const { size } = text;
  const changes = plan.kernel.changes(text.at, size, base.size, copies.length / 3);
  const found = plan.kernel.candidatesIn(text.at, text.at + size, changes);
  if (!found) return wholeVersion(plan, text, effort);
  if (base.starts.length === 0 && found.length === 0 && !base.zero && !changes.zero) return { ...base, size };
  const version = settle(plan, text, sorted(found), carriedOver(base, copies, size, changes), effort);
  return withWide(plan, text, version, changes.zero || (base.zero && text.bytes.includes(0)), effort);
}

/** Candidates of a base at their places in the result, ascending. */
interface Carried {
  readonly starts: number[];
  readonly settled: Settled[];
  /** By candidate: whether everything its answer rests on was copied with it, and whether the kernel was asked for it anew. */
  readonly sound: boolean[];
  readonly asked: boolean[];
}

const NOTHING: Carried = { starts: [], settled: [], sound: [], asked: [] };

function carriedOver(base: Version, copies: Uint32Array, size: number, changes: Changes): Carried {
  if (base.starts.length === 0) return NOTHING;
  const carried: Carried = { starts: [], settled: [], sound: [], asked: [] };
  for (let i = 0; i < copies.length; i += 3) {
    const [to, from, length] = [copies[i]!, copies[i + 1]!, copies[i + 2]!];
    // A text's ends are neighbours, too: what rests on them goes along only where they do.
    const first = from === 0 && to === 0 ? Number.NEGATIVE_INFINITY : from;
    const last = from + length === base.size && to + length === size ? Number.POSITIVE_INFINITY : from + length;
    for (let n = atLeast(base.starts, from); n < base.starts.length && base.starts[n]! < from + length; n++) {
      const settled = base.settled[n]!;
      const start = base.starts[n]!;
      const place = start - from + to;
      const isLiteral = (settled.kind & KIND_MASK) === KIND_LITERAL;
      carried.starts.push(place);
      carried.settled.push(settled);
      carried.sound.push(start - settled.before >= first && start + settled.after <= last);
      carried.asked.push(isIn(isLiteral ? changes.literals : changes.runs, place));
    }
  }
  return carried;
}

/** Whether a place is in one of some parts. */
function isIn(parts: Uint32Array, place: number): boolean {
  let low = 0;
  let high = parts.length / 2;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (parts[2 * middle]! <= place) low = middle + 1;
    else high = middle;
  }
  return low > 0 && place < parts[2 * low - 1]!;
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
  let old = 0;
  for (let i = 0; i <= found.length; i += 3) {
    const start = i < found.length ? found[i]! : Number.POSITIVE_INFINITY;
    for (; old < carried.starts.length && carried.starts[old]! < start; old++) {
      const { length, kind } = carried.settled[old]!;
      if (!carried.asked[old])
        add(carried.starts[old]!, length, kind, carried.sound[old] ? carried.settled[old] : undefined);
    }
    if (i === found.length) break;
    const length = found[i + 1]! - start;
    const kind = found[i + 2]!;
    // Candidates of both kinds may start at one place: those that were not asked for keep their turn.
    let known: Settled | undefined;
    for (let at = old; at < carried.starts.length && carried.starts[at] === start; at++) {
      const each = carried.settled[at]!;
      if (carried.asked[at] && carried.sound[at] && each.length === length && each.kind === kind) known = each;
    }
    while (
      old < carried.starts.length &&
      carried.starts[old] === start &&
      isBefore(carried.settled[old]!, length, kind)
    ) {
      const each = carried.settled[old]!;
      if (!carried.asked[old]) add(start, each.length, each.kind, carried.sound[old] ? each : undefined);
      old++;
    }
    add(start, length, kind, known);
  }
  return { size: text.size, starts, settled, hits, zero: false };
}

const isBefore = (one: Settled, length: number, kind: number): boolean =>
  one.length < length || (one.length === length && one.kind < kind);

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

/** Paths that stand for the two kinds that detection tells apart. */
const CODE = "x.c";
const OTHER = "x";

function look(plan: Plan, text: Placed, { start, length, kind }: Candidate, covered: Reach, effort: Effort): Settled {
  effort.candidates++;
  const watched = new Watched(text.bytes, start, start + length);
  const plain = hitsIn(plan, watched, OTHER, { start, length, kind }, covered, effort);
  const isAsked = watched.asked;
  const inCode = isAsked ? hitsIn(plan, watched, CODE, { start, length, kind }, covered, effort).hits : plain.hits;
  return {
    kind,
    length,
    before: start - watched.from,
    after: watched.to - start,
    covered,
    covers: plain.covers,
    hits: isAsked ? merged(plain.hits, inCode) : plain.hits,
  };
}

function hitsIn(
  plan: Plan,
  text: Watched,
  path: string,
  { start, length, kind }: Candidate,
  covered: Reach,
  effort: Effort,
): { hits: PlacedHit[]; covers: Reach } {
  text.read(path);
  const viewed = { encoded: start + covered.encoded, escaped: start + covered.escaped };
  const before = { ...viewed };
  const found = examine(plan, text, start, start + length, kind, viewed);
  const inner = unwrap(plan, found.views, text);
  effort.candidates += inner.candidates;
  if (inner.cut) effort.cut = inner.cut;
  const all = [...found.hits.map((hit) => ({ ...hit, encodings: [] as string[] })), ...inner.hits];
  return {
    hits: all.map((hit) => ({ ...hit, start: hit.start - start, end: hit.end - start })),
    covers: {
      encoded: viewed.encoded > before.encoded ? viewed.encoded - start : 0,
      escaped: viewed.escaped > before.escaped ? viewed.escaped - start : 0,
    },
  };
}

/** Hits that both kinds of paths have, and those that one has alone. */
function merged(plain: readonly PlacedHit[], inCode: readonly PlacedHit[]): PlacedHit[] {
  const twin = (hit: PlacedHit, others: readonly PlacedHit[]) =>
    others.some((other) => other.matcher === hit.matcher && other.start === hit.start && other.end === hit.end);
  return [
    ...plain.map((hit) => (twin(hit, inCode) ? hit : { ...hit, only: "text" as const })),
    ...inCode.filter((hit) => !twin(hit, plain)).map((hit) => ({ ...hit, only: "code" as const })),
  ];
}

/** A text that remembers which of its bytes were read, and whether its path was asked for. */
class Watched implements Text {
  readonly bytes: Buffer;
  readonly length: number;
  from: number;
  to: number;
  asked = false;
  #path = OTHER;

  constructor(bytes: Buffer, from: number, to: number) {
    this.bytes = bytes;
    this.length = bytes.length;
    this.from = from;
    this.to = to;
  }

  get path(): string {
    this.asked = true;
    return this.#path;
  }

  read(path: string): void {
    this.#path = path;
  }

  note(start: number, end: number): void {
    if (start < this.from) this.from = start;
    if (end > this.to) this.to = end;
  }
}

/** The hits of a version at their places in the text. */
export function hitsOf({ starts, settled, wide = [] }: Version): PlacedHit[] {
  const hits: PlacedHit[] = [...wide];
  for (const [i, { hits: own }] of settled.entries()) {
    for (const hit of own) hits.push({ ...hit, start: hit.start + starts[i]!, end: hit.end + starts[i]! });
  }
  return hits;
}
