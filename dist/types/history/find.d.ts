import { type Judged, type Samples } from "../detect/judge.ts";
import type { Effort } from "../detect/look.ts";
import type { Plan } from "../detect/plan.ts";
import { type StoredPack } from "../git/objects.ts";
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
/** Is given the hits of an object by its rank in the pack. */
export type Report = (rank: number, found: readonly Found[]) => void;
/** Kinds of objects that hold what people wrote: files, and messages of commits and tags. */
export declare const LOOKED_AT: ReadonlySet<number>;
/** Looks through the objects of a pack that stand at [from, to) or are made from one that does. */
export declare function findInPack(plan: Plan, samples: Samples, walk: Walk, pack: StoredPack, [from, to]: readonly [number, number], engine: Engine, report: Report): Looked;
/** Looks through one object that is in memory as a whole. */
export declare function findInObject(plan: Plan, samples: Samples, object: Unpacked, looked: Looked): Found[];
