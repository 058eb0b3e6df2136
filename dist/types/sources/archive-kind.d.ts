export type ArchiveKind = "zip" | "gzip" | "tar";
/** Tells archives by their first bytes; `unread` for compressed formats that have no reader here. */
export declare function archiveKind(head: Buffer, length: number, path: string): ArchiveKind | "unread" | undefined;
/** Why a compressed file without a reader is a gap; its bytes are scanned as they stand. */
export declare const UNREAD = "compressed in a format that is not read (bzip2, xz, zstd, 7z, rar): unpack it and scan the result, or accept the gap in the settings";
