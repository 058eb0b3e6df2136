import type { Answers } from "../detect/answers.ts";
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
export declare const LOOKED_AT: ReadonlySet<number>;
/** Looks through the objects of a pack that stand at [from, to) or are made from one that does. */
export declare function findInPack(plan: Plan, samples: Samples, walk: Walk, pack: StoredPack, [from, to]: readonly [number, number], engine: Engine, answers: Answers, listener: Listener): Looked;
/** Looks through one object that is in memory as a whole. */
export declare function findInObject(plan: Plan, samples: Samples, object: Unpacked, looked: Looked): Found[];
