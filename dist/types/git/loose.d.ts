import { type Gaps } from "./malformed.ts";
import { type HashKind, type ObjectId, type ObjectKind } from "./object-id.ts";
/** An object and its content. */
export interface ObjectContent {
    readonly kind: ObjectKind;
    readonly content: Buffer;
}
/** The ids of the objects that have a file of their own in a folder, one after the other, ascending. */
export declare function listLoose(folder: string, hash: HashKind, gaps: Gaps): Uint8Array;
/**
 * Reads an object from its own file and checks it against its id; undefined if there is no such file. One of more than
 * `limit` bytes is `Malformed`, as is one that is not what its name says (gitformat-loose(5)).
 */
export declare function readLoose(folder: string, id: ObjectId, hash: HashKind, limit: number): ObjectContent | undefined;
/**
 * The same for an object that may be of some kind; undefined if it is not. What is too large for that kind mostly is none: its
 * file says so, of which no more is inflated than that takes.
 */
export declare function readLooseOf(kind: ObjectKind, folder: string, id: ObjectId, hash: HashKind, limit: number): ObjectContent | undefined;
