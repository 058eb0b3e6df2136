import type { Repository } from "./repository.ts";
/** What a file in Git LFS is stood in for by (git-lfs, docs/spec.md, "The Pointer"). */
export interface LfsPointer {
    /** SHA-256 of the content, in hex. */
    readonly oid: string;
    readonly size: number;
}
/** Reads a pointer; undefined if the bytes are none. */
export declare function readPointer(bytes: Buffer): LfsPointer | undefined;
/** Where a repository keeps contents in Git LFS. */
export declare const lfsFolder: ({ commonDir }: Pick<Repository, "commonDir">) => string;
/** Where the content of a pointer is kept below that, if it was fetched. */
export declare const lfsPath: (folder: string, oid: string) => string;
/** Holds a stored content against its pointer; one that does not fit is malformed, one that is not there an `ENOENT`. */
export declare function checkLfs(path: string, { oid, size }: LfsPointer): void;
