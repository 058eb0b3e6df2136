import type { BlobId, Provenance } from "../model/index.ts";
import type { Opened } from "./unit.ts";
/** Bytes kept in front of the first fresh candidate: what looks back finds its line there. */
export declare const BEHIND: number;
/** Fills `into` and says how many bytes it wrote; 0 at the end. */
export type Read = (into: Buffer) => number | Promise<number>;
/** Where opened text goes. A chunk is valid until the call returns. */
export type Visit = (item: Opened) => void;
/** A text and the room it is put in. */
export interface Target {
    readonly room: Buffer;
    readonly size: number;
    readonly visit: Visit;
}
/** Reads a blob of any length through one room, in overlapping chunks; UTF-16 is turned into UTF-8 on the way. */
export declare function blocks(target: Target, read: Read, blob: BlobId, provenance: Provenance): void | Promise<void>;
/** Goes through a text whose beginning, `filled` bytes, stands in the room already; `whole` says that this is all of it. */
export declare function blocksFrom(target: Target, filled: number, whole: boolean, read: Read, blob: BlobId, provenance: Provenance): void | Promise<void>;
