/** A file that is open for reading, and its size in bytes. */
export interface OpenFile {
    readonly fd: number;
    readonly size: number;
}
/** Opens a regular file, to be closed by the caller. Anything else is malformed. */
export declare function openRegular(path: string): OpenFile;
/** Opens a regular file, does something with it, closes it. */
export declare function withFile<T>(path: string, work: (file: OpenFile) => T): T;
/** Fills a buffer from a place of a file; gives how many bytes there were. */
export declare function readAt({ fd }: OpenFile, into: Uint8Array, at: number): number;
/** A whole small file; undefined if there is none. One that is larger than `limit` bytes is malformed. */
export declare function readSmall(path: string, limit: number): Buffer | undefined;
/** Whether an error says that there is no such file. */
export declare function isAbsent(error: unknown): boolean;
