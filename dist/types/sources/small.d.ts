import type { Unit } from "./unit.ts";
/** What may be scanned in one thread: files, bytes in all but the largest of them, and bytes of that one. */
export interface Smallness {
    readonly files: number;
    readonly bytes: number;
    readonly largest: number;
}
/** Whether sharing units out over threads would bring little; a stream cannot be shared out, nor can a file. */
export declare function isSmall(units: readonly Unit[], most: Smallness): boolean;
