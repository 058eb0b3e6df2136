import { closeSync, constants, existsSync, fstatSync, openSync, readSync } from "node:fs";
import { ScanError, type ScanErrorCode } from "../model/index.ts";

/** What a file is called in messages, and which kind of mistake it is when it cannot be read. */
export interface Reading {
  readonly name: string;
  readonly code: ScanErrorCode;
  /** Most bytes that are read. */
  readonly limit: number;
}

/** The text of a file without its byte order mark; undefined if there is no such file. */
export function readText(path: string, { name, code, limit }: Reading): string | undefined {
  const fault = (why: string, cause?: unknown) => new ScanError(code, `${name}: ${why}`, { cause });
  // Mostly there is none, and asking this way costs the start of a scan least.
  if (!existsSync(path)) return undefined;
  let file: number;
  try {
    // A pipe of that name in somebody else's repository must not hold the scan up.
    file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code;
    if (reason === "ENOENT" || reason === "ENOTDIR") return undefined;
    throw fault(`cannot be read (${reason}): make it readable, or move it away`, cause);
  }
  try {
    const stat = fstatSync(file);
    if (!stat.isFile()) throw fault("is not a regular file: put a file there, or move it away");
    if (stat.size > limit) throw fault(`has ${stat.size} bytes; at most ${limit} are read`);
    return decodeUtf8(readAll(file, limit));
  } catch (cause) {
    if (cause instanceof ScanError) throw cause;
    throw fault(cause instanceof TypeError ? "is not UTF-8 text: save it as UTF-8" : "cannot be read", cause);
  } finally {
    closeSync(file);
  }
}

/** The size a file claims is not always what it gives: /proc, a file that grows. */
function readAll(file: number, limit: number): Buffer {
  const parts: Buffer[] = [];
  let total = 0;
  while (total < limit) {
    const part = Buffer.allocUnsafe(Math.min(65536, limit - total));
    const got = readSync(file, part, 0, part.length, null);
    if (got === 0) break;
    parts.push(part.subarray(0, got));
    total += got;
  }
  return Buffer.concat(parts);
}

function decodeUtf8(bytes: Buffer): string {
  return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
}
