import type { HashKind } from "../git/object-id.ts";
import type { Objects } from "../git/objects.ts";
import type { Engine } from "./find.ts";
/** What a thread needs to read a repository's objects; large arrays in it are shared memory. */
export interface RepositoryData {
    readonly objects: Objects;
    readonly hash: HashKind;
    /** Where contents in Git LFS are stored. */
    readonly lfs: string;
    /** Of a submodule: its path. */
    readonly submodule?: string;
}
/** What a thread needs to read a history. */
export interface HistoryData {
    /** The repository that was asked for, then its submodules if they were. */
    readonly repositories: readonly [RepositoryData, ...RepositoryData[]];
    readonly engine: Engine;
    /** Gather commits on the way, to say where from. */
    readonly provenance: boolean;
    /** Most bytes that one thread may take for unpacking. */
    readonly memory: number;
    /** Most bytes that the places of what is found may take. */
    readonly places: number;
}
