export type ArchiveKind = "zip" | "gzip" | "zstd" | "tar";
/** Tells archives by their first bytes; `unread` for compressed formats that have no reader here. */
export declare function archiveKind(head: Buffer, length: number): ArchiveKind | "unread" | undefined;
/** Node's own reader of Zstandard (RFC 8878), which it has from 22.15 on. */
export declare function zstd(): (() => NodeJS.ReadWriteStream) | undefined;
/** Why a compressed file without a reader is a gap; its bytes are scanned as they stand. */
export declare const UNREAD = "compressed in a format that is not read (bzip2, xz, 7z, rar, or zstd before Node 22.15): unpack it and scan the result, or accept the gap in the settings";
