import { objectKernel } from "../kernel/objects.ts";

/** The hash that names a repository's objects (`extensions.objectFormat`). */
export type HashKind = "sha1" | "sha256";

/** The name of an object: 40 or 64 hex digits in lower case. */
export type ObjectId = string & { readonly __brand: "ObjectId" };

/** Bytes of an object id. */
export const ID_SIZE: Readonly<Record<HashKind, number>> = { sha1: 20, sha256: 32 };

/** The kinds of objects, as a pack numbers them (gitformat-pack(5), "Object types"). */
export const COMMIT = 1;
export const TREE = 2;
export const BLOB = 3;
export const TAG = 4;

/** The number of a kind of object. */
export type ObjectKind = typeof COMMIT | typeof TREE | typeof BLOB | typeof TAG;

/** The word for each kind, by its number. */
export const KIND_WORDS = ["unknown", "commit", "tree", "blob", "tag"] as const;

/** The id that stands at a place of some bytes. */
export function idAt(bytes: Uint8Array, at: number, size: number): ObjectId {
  return Buffer.from(bytes.buffer, bytes.byteOffset + at, size).toString("hex") as ObjectId;
}

/** The text as an object id of that hash, or undefined. An id of zeros names nothing and is none. */
export function asObjectId(text: string, hash: HashKind): ObjectId | undefined {
  const wanted = text.length === 2 * ID_SIZE[hash] && /^[0-9a-f]+$/.test(text) && !/^0+$/.test(text);
  return wanted ? (text as ObjectId) : undefined;
}

/** Bytes that are hashed without Node's crypto, which is several times as fast once it is there. */
let few = 1 << 20;

/** The id of an object with this header (`blob 12`) and content. */
export function idOf(hash: HashKind, kind: string, content: Uint8Array): ObjectId {
  const header = Buffer.from(`${kind} ${content.length}\0`, "latin1");
  if (hash === "sha1" && content.length < few) {
    few -= content.length;
    const made = objectKernel().sha1(header, content);
    if (made !== undefined) return made as ObjectId;
  }
  const { createHash, hash: oneShot } = process.getBuiltinModule("node:crypto");
  // At once where that is no large copy: three times as fast.
  if (content.length < 1 << 16) return oneShot(hash, Buffer.concat([header, content]), "hex") as ObjectId;
  return createHash(hash).update(header).update(content).digest("hex") as ObjectId;
}

/** The order of two ids that stand in bytes: negative if the first is the smaller. */
export function compareIds(a: Uint8Array, atA: number, b: Uint8Array, atB: number, size: number): number {
  for (let i = 0; i < size; i++) {
    const difference = a[atA + i]! - b[atB + i]!;
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The place of an id among sorted ones from `low` up to `high`, both included; -1 if it is not there. */
export function searchId(ids: Uint8Array, id: Uint8Array, at: number, size: number, low: number, high: number): number {
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const order = compareIds(ids, middle * size, id, at, size);
    if (order === 0) return middle;
    if (order < 0) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
