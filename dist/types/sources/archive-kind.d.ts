export type ArchiveKind = "zip" | "gzip" | "zstd" | "tar";
/** Tells archives by their first bytes; `unread` for compressed formats that have no reader here. */
export declare function archiveKind(head: Buffer, length: number): ArchiveKind | "unread" | undefined;
/** Bytes of the record that ends a zip archive without a comment (APPNOTE 4.3.16). */
export declare const ZIP_END = 22;
/**
 * Where a zip archive begins that its file only ends with, behind the script of an executable jar or a zipapp, or the
 * program that unpacks it: 0 if its offsets count from the file's start. `tail` is the last of a file of `size` bytes.
 */
export declare function zipBehind(tail: Buffer, size: number): number | undefined;
/** Node's own reader of Zstandard (RFC 8878), which it has from 22.15 on. */
export declare function zstd(): (() => NodeJS.ReadWriteStream) | undefined;
/** Why a compressed file without a reader is a gap; its bytes are scanned as they stand. */
export declare const UNREAD = "compressed in a format that is not read (bzip2, xz, 7z, rar, or zstd before Node 22.15): unpack it and scan the result, or accept the gap in the settings";
