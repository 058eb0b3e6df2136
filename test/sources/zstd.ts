import * as zlib from "node:zlib";

/** Zstandard, where this Node has it (22.15). */
export const zstdCompressSync = (bytes: Uint8Array): Buffer | undefined =>
  (zlib as { zstdCompressSync?: (bytes: Uint8Array) => Buffer }).zstdCompressSync?.(bytes);
