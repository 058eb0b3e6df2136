import type { Objects } from "../git/objects.ts";
import type { ObjectsUnit, TreesUnit } from "../sources/unit.ts";
/** How gaps name the object at a rank or place of a unit; of one with a file of its own the kind is not known, and mostly it is a blob. */
export declare function objectAt({ packs, loose }: Objects, { kind, pack, folder }: ObjectsUnit | TreesUnit, number: number): string;
