export type ArchiveKind = "zip" | "gzip" | "tar";

/** Tells archives by their first bytes; `unread` for compressed formats that have no reader here. */
export function archiveKind(head: Buffer, length: number, path: string): ArchiveKind | "unread" | undefined {
  if (length < 4) return undefined;
  const magic = head.readUInt32BE(0);
  if (magic === 0x504b0304) return "zip";
  if (magic >>> 16 === 0x1f8b && head[2] === 8) return "gzip";
  if (length >= 262 && head.toString("latin1", 257, 262) === "ustar") return "tar";
  const unread = magic === 0xfd377a58 || magic === 0x28b52ffd || magic === 0x377abcaf || magic === 0x52617221;
  return unread || (head.toString("latin1", 0, 3) === "BZh" && /\.(?:bz2?|tbz2?)$/i.test(path)) ? "unread" : undefined;
}

/** Why a compressed file without a reader is a gap; its bytes are scanned as they stand. */
export const UNREAD =
  "compressed in a format that is not read (bzip2, xz, zstd, 7z, rar): unpack it and scan the result, or accept the gap in the settings";
