import type { Gap } from "../model/index.ts";
import { type ObjectId } from "./object-id.ts";
import { type Pack } from "./pack.ts";
import type { ShareHeaders } from "./pack-entries.ts";
import type { Repository } from "./repository.ts";
/** All objects of a repository: those in packs, the largest pack first, and those with a file of their own. */
export interface Objects {
    readonly packs: readonly StoredPack[];
    readonly loose: readonly LooseObjects[];
    /** Whether a pack came from a remote that keeps further objects back (a `.promisor` file). */
    readonly partial: boolean;
    readonly gaps: readonly Gap[];
}
/** A pack of a repository. */
export interface StoredPack extends Pack {
    /** By position in the index: 1 where the object is also elsewhere, and counts there. */
    readonly repeated: Uint8Array;
    /** By rank: 1 where neither the object nor anything that is made from it counts. */
    readonly idle?: Uint8Array;
}
/** Whether the object of a rank is also elsewhere, and counts there. */
export declare const countsElsewhere: ({ index, repeated }: StoredPack, rank: number) => boolean;
/** Objects that have files of their own in one folder. */
export interface LooseObjects {
    readonly folder: string;
    /** The ids one after the other, ascending. */
    readonly ids: Uint8Array;
    /** By place in `ids`: 1 where the object is also elsewhere, and counts there. */
    readonly repeated: Uint8Array;
}
/** Lists the objects of a repository, but for packs that are passed over. Packs that are open need not be opened again. */
export declare function listObjects({ objectFolders, hash }: Repository, isPassed?: (path: string) => boolean, open?: readonly Pack[], share?: ShareHeaders): Objects;
/** Where an object is: in a pack by its position there, or in a file of its own in a folder. */
export type Place = {
    readonly pack: StoredPack;
    readonly rank: number;
} | {
    readonly folder: string;
};
/** Finds objects by their ids; gives undefined for those that the repository does not have. */
export declare function finder({ packs, loose }: Objects): (id: ObjectId) => Place | undefined;
