import { closeSync, constants, fstatSync, openSync, readSync, statSync } from "node:fs";
import { Malformed } from "./malformed.ts";

// Without O_NONBLOCK, opening a FIFO that somebody put there would wait for ever.
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** A file that is open for reading, and its size in bytes. */
export interface OpenFile {
  readonly fd: number;
  readonly size: number;
}

/** Opens a regular file, to be closed by the caller. Anything else is malformed. */
export function openRegular(path: string): OpenFile {
  const fd = openSync(path, FLAGS);
  try {
    const stat = fstatSync(fd);
    if (!stat.isFile()) throw new Malformed("is not a file");
    return { fd, size: stat.size };
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

/** Opens a regular file, does something with it, closes it. */
export function withFile<T>(path: string, work: (file: OpenFile) => T): T {
  const file = openRegular(path);
  try {
    return work(file);
  } finally {
    closeSync(file.fd);
  }
}

/** Fills a buffer from a place of a file; gives how many bytes there were. */
export function readAt({ fd }: OpenFile, into: Uint8Array, at: number): number {
  let filled = 0;
  while (filled < into.length) {
    const count = readSync(fd, into, filled, Math.min(into.length - filled, 1 << 30), at + filled);
    if (count === 0) break;
    filled += count;
  }
  return filled;
}

/** A whole small file; undefined if there is none. One that is larger than `limit` bytes is malformed. */
export function readSmall(path: string, limit: number): Buffer | undefined {
  // Most that are asked for are not there; an error costs a start half a millisecond.
  if (!statSync(path, { throwIfNoEntry: false })) return undefined;
  try {
    return withFile(path, (file) => {
      if (file.size > limit) throw new Malformed(`is larger than ${limit} bytes`);
      const bytes = Buffer.alloc(file.size);
      return bytes.subarray(0, readAt(file, bytes, 0));
    });
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

/** Whether an error says that there is no such file. */
export function isAbsent(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === "ENOENT" || code === "ENOTDIR";
}
