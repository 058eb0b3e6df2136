import type { Answers } from "../detect/answers.ts";
import { type Judged, judge, type Samples } from "../detect/judge.ts";
import { Locator } from "../detect/locate.ts";
import type { Effort, PlacedHit } from "../detect/look.ts";
import type { Plan } from "../detect/plan.ts";
import { type Copied, hitsOf, nextVersion, type Version, wholeVersion } from "../detect/versions.ts";
import { BLOB, COMMIT, TAG } from "../git/object-id.ts";
import { countsElsewhere, type StoredPack } from "../git/objects.ts";
import type { Region } from "../model/index.ts";
import type { Unpacked, Walk } from "./walk.ts";

/** How versions are looked at: by what deltas changed, or each as a whole, which is slow and finds the same. */
export type Engine = "delta" | "full";

/** A hit that stands in an object, and where. */
export interface Found {
  readonly hit: Judged;
  readonly region: Region;
  /** It stands only if the object's path is one of source code, or only if it is not. */
  readonly only?: "code" | "text";
}

/** What looking through objects came to. */
export interface Looked {
  objects: number;
  bytes: number;
  readonly effort: Effort;
}

/** Who looks on: objects by their rank in the pack. */
export interface Listener {
  /** Given the hits that stand in an object, if there are any. */
  readonly found: (rank: number, found: readonly Found[]) => void;
  /** Asked of every file's version: whether what stands in its own bytes counts. */
  readonly counts?: (rank: number, content: Buffer) => boolean;
  /** Told of every object before it is looked at; false passes it over. */
  readonly at: (rank: number) => boolean;
  /** Told why some of an object was not looked at. */
  readonly cut: (rank: number, why: string) => void;
  /** Given every commit. */
  readonly commit?: (rank: number, content: Buffer) => void;
}

/** Kinds of objects that hold what people wrote: files, and messages of commits and tags. */
export const LOOKED_AT: ReadonlySet<number> = new Set<number>([BLOB, COMMIT, TAG]);

/** What a visit gives of an object: nothing if it was passed over, and then what is made from it is looked at as a whole. */
type Seen = Version | undefined;

/** Looks through the objects of a pack that stand at [from, to) or are made from one that does. */
export function findInPack(
  plan: Plan,
  samples: Samples,
  walk: Walk,
  pack: StoredPack,
  [from, to]: readonly [number, number],
  engine: Engine,
  answers: Answers,
  listener: Listener,
): Looked {
  const looked: Looked = { objects: 0, bytes: 0, effort: { candidates: 0, ...(engine === "delta" && { answers }) } };
  const visit = (rank: number, object: Unpacked, base: Seen, copied: Copied | undefined): Seen => {
    if (!listener.at(rank)) return undefined;
    const version =
      base && copied && engine === "delta"
        ? nextVersion(plan, object, base, copied, looked.effort)
        : wholeVersion(plan, object, looked.effort);
    if (countsElsewhere(pack, rank)) return version;
    looked.objects++;
    looked.bytes += object.size;
    const { cut } = looked.effort;
    if (cut !== undefined) {
      delete looked.effort.cut;
      listener.cut(rank, cut);
    }
    if (pack.kinds[rank] === COMMIT) listener.commit?.(rank, object.bytes);
    if (pack.kinds[rank] === BLOB && listener.counts?.(rank, object.bytes) === false) return version;
    if (version.hits > 0 || version.wide) {
      const found = standing(plan, samples, object, version);
      if (found.length > 0) listener.found(rank, found);
    }
    return version;
  };
  for (const root of walk.roots(from, to, LOOKED_AT)) if (pack.idle?.[root] !== 1) walk.tree<Seen>(root, visit);
  return looked;
}

/** Looks through one object that is in memory as a whole. */
export function findInObject(plan: Plan, samples: Samples, object: Unpacked, looked: Looked): Found[] {
  looked.objects++;
  looked.bytes += object.size;
  const version = wholeVersion(plan, object, looked.effort);
  return version.hits > 0 || version.wide ? standing(plan, samples, object, version) : [];
}

/** The hits that stand, for either kind of path. */
function standing(plan: Plan, samples: Samples, object: Unpacked, version: Version): Found[] {
  const hits = hitsOf(version);
  const locator = new Locator(plan.kernel, { base: object.at, bytes: object.bytes });
  const placed = (hit: Judged) => ({ hit, region: locator.region(hit.start, hit.end) });
  const inText = kept(hits, "code", samples);
  if (hits.every(({ only }) => only === undefined)) return inText.map(placed);
  const inCode = kept(hits, "text", samples);
  return [
    ...inText.map((hit) => (has(inCode, hit) ? placed(hit) : { ...placed(hit), only: "text" as const })),
    ...inCode.filter((hit) => !has(inText, hit)).map((hit) => ({ ...placed(hit), only: "code" as const })),
  ];
}

const kept = (hits: readonly PlacedHit[], without: "code" | "text", samples: Samples): Judged[] =>
  judge(
    hits.filter(({ only }) => only !== without),
    samples,
  ).kept;

const has = (hits: readonly Judged[], wanted: Judged): boolean =>
  hits.some((hit) => hit.matcher === wanted.matcher && hit.start === wanted.start && hit.end === wanted.end);
