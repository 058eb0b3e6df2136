import type { Log } from "../logs/log.ts";
import type { BlobId, CommitName, Gap, LogOrigin, Provenance } from "../model/index.ts";
/** A piece of work, named on the main thread and opened in a worker: plain data, a few kilobytes. The bytes never cross threads. */
export type Unit = TextUnit | ObjectsUnit | TreesUnit | ChangesUnit;
/** Texts: files of a folder, or a stream; read as CI logs if `log` says so. */
export type TextUnit = {
    readonly kind: "files";
    /** Absolute folder that `paths` are relative to. */
    readonly root: string;
    readonly paths: readonly string[];
    /** Put before a path in reports: the way from the report's root to `root`. */
    readonly shown: string;
    readonly listed: Listing;
    readonly log?: true;
    /** Of logs that were fetched. */
    readonly origin?: LogOrigin;
} | {
    readonly kind: "stream";
    readonly path: string;
    readonly source: "stdin" | "pipe";
    readonly log?: true;
} | {
    /** Names, of refs: each is a text of its own. */
    readonly kind: "names";
    readonly names: readonly {
        readonly shown: string;
        readonly text: string;
    }[];
};
/** Objects of a repository: those of a pack at some places, or some of those with a file of their own. */
export interface ObjectsUnit {
    readonly kind: "objects";
    /** The number of the repository: 0, or that of a submodule. */
    readonly repository: number;
    /** The number of the pack, or of the folder of loose objects. */
    readonly pack?: number;
    readonly folder?: number;
    /** Ranks in the pack, or places in the folder's list: [from, to). */
    readonly from: number;
    readonly to: number;
    /** Those of them that took too long before, and are passed over; ascending or not. */
    readonly skipped?: readonly number[];
    /** Packed bytes, or a guess. */
    readonly bytes: number;
}
/** Trees of a repository in which blobs are looked for, in the same places as objects. */
export interface TreesUnit extends Omit<ObjectsUnit, "kind" | "bytes"> {
    readonly kind: "trees";
    /** The ids of the blobs one after the other, in memory that threads share. */
    readonly wanted: Uint8Array;
}
/** What commits, or the index, have that what they were made from has not. */
export interface ChangesUnit {
    readonly kind: "changes";
    readonly sets: readonly ChangeSet[];
}
/** What one commit adds; or the index, which has no name. */
export interface ChangeSet {
    readonly commit?: CommitName;
    readonly isMerge?: boolean;
    readonly texts: readonly ChangedText[];
    /** What was at paths that are no more: a secret that stood there has only moved. */
    readonly gone: readonly FileVersion[];
    /** Where versions went that are themselves among those; nothing of them is new. */
    readonly moved: readonly FileVersion[];
}
/** A version of a file at a path, by the id of its object. */
export interface FileVersion {
    readonly path: string;
    readonly object: string;
}
/** A version of a file, or the message of a commit or tag, by the id of its object. */
export interface ChangedText extends FileVersion {
    /** The versions at its path that it was made from: what stands there is not new. Messages are all new. */
    readonly before: readonly string[] | "commit" | "tag";
}
/**
 * Who named a path: our own walk, git's index, or git as untracked. What is not there may be long deleted if the index
 * names it, and was there a moment ago otherwise.
 */
export type Listing = "walk" | "git" | "untracked";
/** What a source says on the main thread: work to do, what it left out, what it could not read. */
export type SourceEvent = {
    readonly type: "unit";
    readonly unit: Unit;
} | {
    readonly type: "gap";
    readonly gap: Gap;
} | {
    readonly type: "skipped";
    readonly reason: string;
    readonly count: number;
} | {
    readonly type: "notice";
    readonly text: string;
};
/** Where units come from. Later sources (history, CI logs) are other makers of units over the same pipeline. */
export interface Source {
    readonly name: string;
    units(signal: AbortSignal): AsyncIterable<SourceEvent>;
}
/** A piece of text in the room a worker reads into; it is valid until the next one is asked for. */
export interface Chunk {
    readonly type: "chunk";
    readonly blob: BlobId;
    readonly provenance: Provenance;
    /** The room's first `length` bytes hold the text. */
    readonly length: number;
    /** Offset of the room's first byte in the blob. */
    readonly offset: number;
    /** Candidates that start in [fresh.start, fresh.end) of the room belong to this chunk; the rest is context. */
    readonly fresh: {
        readonly start: number;
        readonly end: number;
    };
    /** Whether this is the blob's first and its last chunk. */
    readonly first: boolean;
    readonly last: boolean;
    /** A look at the whole lines of a stream that has paused: they come again in a later chunk, with what follows them. */
    readonly early: boolean;
    /** Set if the text is a log: the room holds what is scanned of it. */
    readonly log?: Log;
    /** Whether the room holds something else than the file: UTF-8 that was UTF-16, or what is scanned of a log. */
    readonly decoded: boolean;
    /** The blob's bytes once more from its start, where they can be had while the chunk is valid. */
    readonly again?: () => Iterable<Uint8Array>;
}
/** What opening a unit gives, in order. */
export type Opened = Chunk | {
    readonly type: "opening";
    readonly path: string;
} | {
    readonly type: "gap";
    readonly gap: Gap;
}
/** `inside` an archive; else a file of the unit. */
 | {
    readonly type: "skipped";
    readonly reason: string;
    readonly inside?: true;
} | {
    readonly type: "archive";
};
/** Bounds on what is read; each that cuts something becomes a gap. Sizes are bytes. */
export interface Limits {
    readonly fileSize: number;
    readonly archiveDepth: number;
    readonly archiveEntries: number;
    /** Most bytes taken out of one archive, nested ones included. */
    readonly archiveBytes: number;
    /** Most bytes that one compressed byte may become, once an archive has given more than 16 MiB. */
    readonly archiveRatio: number;
}
export declare const DEFAULT_LIMITS: Limits;
