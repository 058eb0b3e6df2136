import { FLAG_ENCODED, FLAG_ESCAPES, KIND_MASK, KIND_RUN } from "../kernel/layout.ts";
import { type Changes, type Copies, changesOf } from "./changes.ts";
import type { WrappedHit } from "./detector.ts";
import { examine } from "./examine.ts";
import type { Text } from "./matcher.ts";
import type { Plan } from "./plan.ts";
import { unwrap } from "./unwrap.ts";

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
}

/** A text that stands in the kernel's memory at an address, with 64 zeros behind it. */
export interface Placed {
  readonly at: number;
  readonly bytes: Buffer;
}

/** Counts what was looked at closely. */
export interface Effort {
  candidates: number;
  /** Why something was left out, for gaps. */
  cut?: string;
}

/** Looks at all of a text. */
export function wholeVersion(plan: Plan, text: Placed, effort: Effort): Version {
  const size = text.bytes.length;
  const found = plan.kernel.candidatesAt(text.at, text.at + size);
  return settle(plan, text, sorted(listed(found)), effort, new Map());
}

/** Looks at what a delta changed. The answer equals that of {@link wholeVersion}. */
export function nextVersion(plan: Plan, text: Placed, base: Version, copies: Copies, effort: Effort): Version {
  const size = text.bytes.length;
  const changes = changesOf(text.bytes, base.size, copies);
  const found = changed(plan, text, changes);
  if (base.starts.length === 0 && found.length === 0) return { ...base, size };
  const carried = copies && base.starts.length > 0 ? carriedOver(base, copies, size) : [];
  const kept = carried.filter(({ start, kind }) => !changes.covers(start, kind));
  const known = new Map<number, Carried[]>();
  for (const each of carried) if (each.sound) known.set(each.start, [...(known.get(each.start) ?? []), each]);
  return settle(plan, text, sorted([...kept, ...found]), effort, known);
}

interface Candidate {
  readonly start: number;
  readonly length: number;
  readonly kind: number;
}

/** A candidate of the base at its place in the result. */
interface Carried extends Candidate {
  readonly settled: Settled;
  /** Everything its answer rests on was copied with it. */
  readonly sound: boolean;
}

function carriedOver(base: Version, copies: Uint32Array, size: number): Carried[] {
  const carried: Carried[] = [];
  for (let i = 0; i < copies.length; i += 3) {
    const [to, from, length] = [copies[i]!, copies[i + 1]!, copies[i + 2]!];
    // A text's ends are neighbours, too: what rests on them goes along only where they do.
    const first = from === 0 && to === 0 ? Number.NEGATIVE_INFINITY : from;
    const last = from + length === base.size && to + length === size ? Number.POSITIVE_INFINITY : from + length;
    for (let n = atLeast(base.starts, from); n < base.starts.length && base.starts[n]! < from + length; n++) {
      const settled = base.settled[n]!;
      const start = base.starts[n]!;
      const sound = start - settled.before >= first && start + settled.after <= last;
      carried.push({ start: start - from + to, length: settled.length, kind: settled.kind, settled, sound });
    }
  }
  return carried;
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

/** The kernel's candidates in the parts that changed. */
function changed(plan: Plan, { at, bytes }: Placed, { runs, literals }: Changes): Candidate[] {
  const found: Candidate[] = [];
  for (let i = 0; i < runs.length; i += 2)
    found.push(...listed(plan.kernel.runsAt(at, at + runs[i]!, at + runs[i + 1]!)));
  for (let i = 0; i < literals.length; i += 2) {
    const list = plan.kernel.literalsAt(at, at + literals[i]!, at + literals[i + 1]!, at + bytes.length);
    found.push(...listed(list).filter(({ start }) => start >= literals[i]! && start < literals[i + 1]!));
  }
  return found;
}

function listed(list: Uint32Array): Candidate[] {
  const candidates: Candidate[] = [];
  for (let i = 0; i < list.length; i += 3)
    candidates.push({ start: list[i]!, length: list[i + 1]! - list[i]!, kind: list[i + 2]! });
  return candidates;
}

/** In the order of places: what one finds may cover what comes behind it. */
function sorted(candidates: Candidate[]): Candidate[] {
  return candidates.sort((a, b) => a.start - b.start || a.length - b.length || a.kind - b.kind);
}

function settle(
  plan: Plan,
  text: Placed,
  candidates: readonly Candidate[],
  effort: Effort,
  known: ReadonlyMap<number, readonly Carried[]>,
): Version {
  const settled: Settled[] = [];
  const starts: number[] = [];
  let covered: Reach = { encoded: 0, escaped: 0 };
  let hits = 0;
  for (const candidate of candidates) {
    const { start, length, kind } = candidate;
    const before = relative(covered, candidate);
    const old = known
      .get(start)
      ?.find((each) => each.kind === kind && each.length === length && same(each.settled.covered, before))?.settled;
    const now = old ?? look(plan, text, candidate, before, effort);
    settled.push(now);
    starts.push(start);
    if (now.hits.length > 0) hits++;
    covered = {
      encoded: Math.max(covered.encoded, start + now.covers.encoded),
      escaped: now.covers.escaped > 0 ? start + now.covers.escaped : covered.escaped,
    };
  }
  return { size: text.bytes.length, starts, settled, hits };
}

/** How far back a view of escapes looks for the start of its stretch. */
const ESCAPED_BEFORE = 3000;

/** What earlier views cover, as far as it matters to a candidate. */
function relative(covered: Reach, { start, kind }: Candidate): Reach {
  const isRun = (kind & KIND_MASK) === KIND_RUN;
  return {
    encoded: isRun && kind & FLAG_ENCODED ? Math.max(0, covered.encoded - start) : 0,
    escaped: isRun && kind & FLAG_ESCAPES ? Math.max(-ESCAPED_BEFORE, covered.escaped - start) : 0,
  };
}

const same = (a: Reach, b: Reach): boolean => a.encoded === b.encoded && a.escaped === b.escaped;

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
