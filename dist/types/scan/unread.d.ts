import type { ObjectId } from "../git/object-id.ts";
import type { Gap } from "../model/index.ts";
import type { UnitResult } from "./raw.ts";
/** A version that could not be read all of: the submodule it is in, if it is in one, and its id. */
export interface Unread {
    readonly submodule?: string;
    readonly id: ObjectId;
}
/** The versions that looking through something left unread. */
export declare class UnreadVersions {
    #private;
    hear({ gaps, blobs }: UnitResult): void;
    of(submodule: string | undefined): readonly ObjectId[];
}
/** Where versions stand, by how gaps name them. */
export type PlacesOfUnread = ReadonlyMap<string, string>;
/** Adds to gaps of versions where those stand. */
export declare const placedGaps: (gaps: readonly Gap[], places?: PlacesOfUnread) => readonly Gap[];
