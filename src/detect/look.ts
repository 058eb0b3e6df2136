import type { Answers } from "./answers.ts";
import type { WrappedHit } from "./detector.ts";
import { type Examined, examine } from "./examine.ts";
import type { Text } from "./matcher.ts";
import type { Plan } from "./plan.ts";
import { unwrap } from "./unwrap.ts";

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

/** How far views reach, counted from a candidate's start; 0 for not at all. */
export interface Reach {
  readonly encoded: number;
  readonly escaped: number;
}

/** A text that stands in the kernel's memory at an address, with 64 zeros behind it. */
export interface Placed {
  readonly at: number;
  readonly size: number;
  /** Made when asked for: most texts are never looked at from outside the kernel. */
  readonly bytes: Buffer;
}

/** A candidate of the kernel. */
export interface Candidate {
  readonly start: number;
  readonly length: number;
  readonly kind: number;
}

/** Counts what was looked at closely. */
export interface Effort {
  candidates: number;
  /** Why something was left out, for gaps. */
  cut?: string;
  /** What closer looks came to before; without it, each candidate is looked at. */
  readonly answers?: Answers;
}

/** Paths that stand for the two kinds that detection tells apart. */
const CODE = "x.c";
export const OTHER = "x";

/** Looks closely at a candidate, and notes what its answer rests on. */
export function look(plan: Plan, text: Placed, candidate: Candidate, covered: Reach, effort: Effort): Settled {
  const { bytes } = text;
  const known = effort.answers?.find(text, bytes, candidate, covered);
  if (known) return known;
  const settled = settledAt(plan, bytes, candidate, covered, effort);
  if (effort.cut === undefined) effort.answers?.keep(text, bytes, candidate, settled);
  return settled;
}

function settledAt(
  plan: Plan,
  bytes: Buffer,
  { start, length, kind }: Candidate,
  covered: Reach,
  effort: Effort,
): Settled {
  effort.candidates++;
  const watched = new Watched(bytes, start, start + length);
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
): { hits: readonly PlacedHit[]; covers: Reach } {
  text.read(path);
  const viewed = { encoded: start + covered.encoded, escaped: start + covered.escaped };
  const before = { ...viewed };
  const found = examine(plan, text, start, start + length, kind, viewed);
  return {
    hits: placedHits(plan, text, start, found, effort),
    covers: {
      encoded: viewed.encoded > before.encoded ? viewed.encoded - start : 0,
      escaped: viewed.escaped > before.escaped ? viewed.escaped - start : 0,
    },
  };
}

const NOTHING: readonly PlacedHit[] = [];

function placedHits(
  plan: Plan,
  text: Text,
  start: number,
  { hits, views }: Examined,
  effort: Effort,
): readonly PlacedHit[] {
  if (hits.length + views.length === 0) return NOTHING;
  const inner = unwrap(plan, views, text);
  effort.candidates += inner.candidates;
  if (inner.cut) effort.cut = inner.cut;
  const all = [...hits.map((hit) => ({ ...hit, encodings: [] as string[] })), ...inner.hits];
  return all.map((hit) => ({ ...hit, start: hit.start - start, end: hit.end - start }));
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
