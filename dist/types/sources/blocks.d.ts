import type { Log } from "../logs/log.ts";
import type { BlobId, Provenance } from "../model/index.ts";
import type { Opened } from "./unit.ts";
/** Bytes kept in front of the first fresh candidate: what looks back finds its line there. */
export declare const BEHIND: number;
/** Fills `into` and says how many bytes it wrote; 0 at the end, {@link PAUSE} when what came until now is to be looked at. */
export type Read = (into: Buffer) => number | Promise<number>;
/** Said by a stream that has waited long enough for more; the next read waits until there is some. */
export declare const PAUSE = -1;
/** Where opened text goes. A chunk is valid until the call returns. */
export type Visit = (item: Opened) => void;
/** A text and the room it is put in. */
export interface Target {
    readonly room: Buffer;
    readonly size: number;
    readonly visit: Visit;
    /** Set where texts are read as CI logs. */
    readonly openLog?: ((path: string) => Log) | undefined;
}
/** A text that is being opened. */
export interface Text {
    readonly read: Read;
    readonly blob: BlobId;
    readonly provenance: Provenance;
    /** Bytes of it that stand in the room already. */
    readonly filled?: number;
    /** That those are all of it. */
    readonly whole?: boolean;
    /** Its bytes once more from the start, where they can be had. */
    readonly again?: () => Iterable<Uint8Array>;
}
/** Reads a text of any length through one room, in overlapping chunks; UTF-16 is turned into UTF-8 on the way. */
export declare function blocks(target: Target, text: Text): void | Promise<void>;
