/** The hash that names a repository's objects (`extensions.objectFormat`). */
export type HashKind = "sha1" | "sha256";
/** The name of an object: 40 or 64 hex digits in lower case. */
export type ObjectId = string & {
    readonly __brand: "ObjectId";
};
/** Bytes of an object id. */
export declare const ID_SIZE: Readonly<Record<HashKind, number>>;
/** The kinds of objects, as a pack numbers them (gitformat-pack(5), "Object types"). */
export declare const COMMIT = 1;
export declare const TREE = 2;
export declare const BLOB = 3;
export declare const TAG = 4;
/** The number of a kind of object. */
export type ObjectKind = typeof COMMIT | typeof TREE | typeof BLOB | typeof TAG;
/** The word for each kind, by its number. */
export declare const KIND_WORDS: readonly ["unknown", "commit", "tree", "blob", "tag"];
/** The id that stands at a place of some bytes. */
export declare function idAt(bytes: Uint8Array, at: number, size: number): ObjectId;
/** The text as an object id of that hash, or undefined. An id of zeros names nothing and is none. */
export declare function asObjectId(text: string, hash: HashKind): ObjectId | undefined;
/** The id of an object with this header (`blob 12`) and content. */
export declare function idOf(hash: HashKind, kind: string, content: Uint8Array): ObjectId;
/** The order of two ids that stand in bytes: negative if the first is the smaller. */
export declare function compareIds(a: Uint8Array, atA: number, b: Uint8Array, atB: number, size: number): number;
/** The place of an id among sorted ones from `low` up to `high`, both included; -1 if it is not there. */
export declare function searchId(ids: Uint8Array, id: Uint8Array, at: number, size: number, low: number, high: number): number;
