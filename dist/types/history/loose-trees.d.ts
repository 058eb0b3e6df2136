import { type HashKind } from "../git/object-id.ts";
import type { LooseObjects } from "../git/objects.ts";
import { type Unpacker } from "../kernel/history.ts";
import { type FoundTrees, type TreeListener } from "./trees.ts";
/** The same as `treesIn` for objects that have a file of their own, at the places [from, to) of their list. What is no tree is passed over. */
export declare function looseTreesIn(unpacker: Unpacker, { folder, ids, repeated }: LooseObjects, hash: HashKind, from: number, to: number, wanted: Uint8Array, listener?: TreeListener): FoundTrees;
