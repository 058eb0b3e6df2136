import { type HashKind, type ObjectId } from "./object-id.ts";
import { type Numbers } from "./radix-sort.ts";
/**
 * The index of a pack (gitformat-pack(5), "pack-*.idx files"), as arrays that threads can share. An object has a
 * _position_, its place in the order of ids, and a _rank_, its place in the pack.
 */
export interface PackIndex {
    readonly hash: HashKind;
    readonly count: number;
    /** The ids one after the other, ascending. */
    readonly ids: Uint8Array;
    /** How many ids have a first byte of at most the index. */
    readonly fanout: Uint32Array;
    /** By rank: where an object's entry begins in the pack, ascending. */
    readonly offsets: Numbers;
    /** By rank: the position of the id. */
    readonly positions: Uint32Array;
    /** The pack's own checksum, which ends the pack. */
    readonly packChecksum: Uint8Array;
}
/** Reads an index file of version 1 or 2; every count in it is held against the file's size. Of what stands in it the ids are kept. */
export declare function readPackIndex(path: string, hash: HashKind): PackIndex;
/** Reads an index from its bytes. */
export declare function parsePackIndex(bytes: Uint8Array, hash: HashKind): PackIndex;
/** The position of an id that stands at a place of some bytes; -1 if the pack does not have it. */
export declare function findId({ ids, fanout, hash }: PackIndex, bytes: Uint8Array, at?: number): number;
/** The rank of the entry that begins at an offset; -1 if none does. */
export declare function rankAt({ offsets }: PackIndex, offset: number): number;
/** The ranks by position: the inverse of `positions`. */
export declare function ranksOf({ positions, count }: PackIndex): Uint32Array;
/** The bytes of the id of the object of a rank. */
export declare function idBytes({ ids, positions, hash }: PackIndex, rank: number): Uint8Array;
/** The id of the object of a rank. */
export declare function idOfRank({ ids, positions, hash }: PackIndex, rank: number): ObjectId;
