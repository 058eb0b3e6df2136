export type ArchiveKind = "zip" | "gzip" | "zstd" | "tar";

/** Tells archives by their first bytes; `unread` for compressed formats that have no reader here. */
export function archiveKind(head: Buffer, length: number): ArchiveKind | "unread" | undefined {
  if (length < 4) return undefined;
  const magic = head.readUInt32BE(0);
  if (magic === 0x504b0304) return "zip";
  if (magic >>> 16 === 0x1f8b && head[2] === 8) return "gzip";
  if (magic === 0x28b52ffd) return zstd() ? "zstd" : "unread";
  if (length >= 262 && head.toString("latin1", 257, 262) === "ustar") return "tar";
  const unread = magic === 0xfd377a58 || magic === 0x377abcaf || magic === 0x52617221;
  return unread || (length >= 10 && BZIP2.test(head.toString("latin1", 0, 10))) ? "unread" : undefined;
}

/** Bytes of the record that ends a zip archive without a comment (APPNOTE 4.3.16). */
export const ZIP_END = 22;

/**
 * Where a zip archive begins that its file only ends with, behind the script of an executable jar or a zipapp, or the
 * program that unpacks it: 0 if its offsets count from the file's start. `tail` is the last of a file of `size` bytes.
 */
export function zipBehind(tail: Buffer, size: number): number | undefined {
  if (tail.length < ZIP_END || tail.readUInt32BE(0) !== 0x504b0506 || tail.readUInt16LE(20) !== 0) return undefined;
  const from = size - ZIP_END - tail.readUInt32LE(12) - tail.readUInt32LE(16);
  return from >= 0 ? from : undefined;
}

/** A level, then the digits of pi that begin a block, or those of its square root that end an empty file. */
const BZIP2 = /^BZh[1-9](?:1AY&SY|\x17rE8P\x90)/;

/** Node's own reader of Zstandard (RFC 8878), which it has from 22.15 on. */
export function zstd(): (() => NodeJS.ReadWriteStream) | undefined {
  const zlib = process.getBuiltinModule("node:zlib") as { createZstdDecompress?: () => NodeJS.ReadWriteStream };
  return zlib.createZstdDecompress;
}

/** Why a compressed file without a reader is a gap; its bytes are scanned as they stand. */
export const UNREAD =
  "compressed in a format that is not read (bzip2, xz, 7z, rar, or zstd before Node 22.15): unpack it and scan the result, or accept the gap in the settings";
