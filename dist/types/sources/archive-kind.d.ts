export type ArchiveKind = "zip" | "gzip" | "tar";
/** Tells archives by their first bytes; `unread` for compressed formats that have no reader here. */
export declare function archiveKind(head: Buffer, length: number, path: string): ArchiveKind | "unread" | undefined;
