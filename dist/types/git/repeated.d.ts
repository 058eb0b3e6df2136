/** Ids that are stored together, one after the other. */
export interface IdGroup {
    readonly ids: Uint8Array;
    /** By place in `ids`: 1 where the copy cannot be read. */
    readonly broken?: Uint8Array;
}
/**
 * Marks the copies of objects that are stored more than once. The first copy that can be read counts; a mark of 1, by group
 * and place, stands on each other one.
 */
export declare function markRepeated(groups: readonly IdGroup[], idSize: number): readonly Uint8Array[];
